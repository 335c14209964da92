/** The lint configuration of each workspace folder: its file, over the editor's settings, over the defaults. */

import { later } from '../later';
import type { FileSystem, Logger, Settings } from '../ports';
import { Emitter, type Event } from '../util/event';
import { joinPath } from '../util/path';
import { type ApproverRules, NO_RULES } from '../workflow/approvals/needs';
import { DEFAULT_LINT, LINT_CONFIG_FILE, type LintConfig, mergeLint } from './config';
import { type ConfigFinding, parseLintConfig } from './configFile';

export interface LintConfigFile {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly ConfigFinding[];
}

export interface LintConfigs {
  of(root: string): LintConfig;
  /** Whose approvals a folder asks for. */
  approversOf(root: string): ApproverRules;
  /** The files that are there, with what is wrong in them. */
  readonly files: readonly LintConfigFile[];
  /** Reads a folder's file again. */
  load(root: string): Promise<void>;
  /** Some configuration is another one now: what was judged by it is out of date. */
  readonly onDidChange: Event<void>;
  dispose(): void;
}

export function createLintConfigs({
  files,
  settings,
  log,
}: {
  readonly files: FileSystem;
  readonly settings: Settings;
  readonly log: Logger;
}): LintConfigs {
  const changed = new Emitter<void>((error) =>
    log.error('A listener of the lint configuration failed', error),
  );
  const loaded = new Map<
    string,
    LintConfigFile & { readonly config: Partial<LintConfig>; readonly approvers: ApproverRules }
  >();
  /** Kept, so that what hangs on a configuration can be remembered by it. */
  const merged = new Map<string, LintConfig>();
  let shown = JSON.stringify(settings.get().lint);
  const listener = settings.onDidChange(() => {
    const now = JSON.stringify(settings.get().lint);
    if (now === shown) return;
    shown = now;
    merged.clear();
    changed.fire();
  });
  return {
    of(root) {
      let config = merged.get(root);
      if (config === undefined) {
        config = mergeLint(DEFAULT_LINT, settings.get().lint, loaded.get(root)?.config ?? {});
        merged.set(root, config);
      }
      return config;
    },
    approversOf: (root) => loaded.get(root)?.approvers ?? NO_RULES,
    get files() {
      return [...loaded.values()];
    },
    async load(root) {
      const path = joinPath(root, LINT_CONFIG_FILE);
      const text = await files.readText(path).catch((error: unknown) => {
        log.error(`Could not read ${path}`, error);
        return undefined;
      });
      if (loaded.get(root)?.text === text) return;
      if (text === undefined) loaded.delete(root);
      else {
        const { config, findings } = parseLintConfig(text);
        const approvals = text.includes('"approvals"')
          ? (await later.approverRules()).readApproverRules(text)
          : { rules: NO_RULES, findings: [] };
        const all = [...findings, ...approvals.findings];
        loaded.set(root, { path, text, config, findings: all, approvers: approvals.rules });
      }
      merged.delete(root);
      changed.fire();
    },
    onDidChange: changed.event,
    dispose() {
      listener.dispose();
      changed.dispose();
    },
  };
}
