/** What each workspace says about its rules, and what is wrong with how it says so. */
import { join } from 'node:path';
import { DEFAULT_LINT, LINT_CONFIG_FILE, type LintConfig, mergeLint } from '../../core/lint/config';
import { lineStarts, positionAt } from '../../core/util/textRange';
import type { CheckFinding } from './checkSpecs';

export interface Configs {
  of(root: string): LintConfig;
  /** With the native path of the file that each is about. */
  readonly findings: readonly CheckFinding[];
}

/** What the workspaces say, by their roots; those that say nothing are left out. */
export type ConfigTexts = ReadonlyMap<string, string>;

/** @param flags Over what the workspaces say. */
export async function readConfigs(texts: ConfigTexts, flags: Partial<LintConfig>): Promise<Configs> {
  const configs = new Map<string, LintConfig>();
  const findings: CheckFinding[] = [];
  for (const [root, text] of texts) {
    const read = await readConfig(join(root, LINT_CONFIG_FILE), text);
    configs.set(root, mergeLint(DEFAULT_LINT, read.config, flags));
    findings.push(...read.findings);
  }
  const common = mergeLint(DEFAULT_LINT, flags);
  return { of: (root) => configs.get(root) ?? common, findings };
}

async function readConfig(file: string, text: string) {
  // It knows the names of all rules; where no workspace has such a file, nothing of that is loaded.
  const { parseLintConfig } = await import('../../core/lint/configFile');
  const { readApproverRules } = await import('../../core/workflow/approvals/approverRules');
  const { config, findings: ofRules } = parseLintConfig(text.trim() === '' ? '{}' : text);
  const findings = [...ofRules, ...readApproverRules(text).findings];
  const starts = lineStarts(text);
  return {
    config,
    findings: findings.map(({ message, range }): CheckFinding => {
      const from = positionAt(starts, range.start);
      const to = positionAt(starts, range.end);
      return {
        rule: 'malformed-settings',
        code: 'D11',
        severity: 'error',
        message,
        file,
        line: from.line + 1,
        column: from.character + 1,
        endLine: to.line + 1,
        endColumn: to.character + 1,
        fixable: false,
      };
    }),
  };
}
