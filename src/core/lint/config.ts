import type { Dialect, Level, Rule, RuleSet } from './rule';

export const DIALECTS = ['strict', 'kiro', 'auto'] as const;
export const RULE_SETS = ['recommended', 'incose-full'] as const;
export const LEVELS = ['error', 'warning', 'info', 'hint', 'off'] as const;

/** Which rules speak, and how loudly. */
export interface LintConfig {
  readonly dialect: Dialect;
  readonly rules: RuleSet;
  /** By rule id or code; before everything else. */
  readonly severities: Readonly<Record<string, Level>>;
}

/** Where a workspace says so for itself. */
export const LINT_CONFIG_FILE = '.kiro/settings/earshot.json';

export const DEFAULT_LINT: LintConfig = { dialect: 'kiro', rules: 'recommended', severities: {} };

/** How much a rule matters under a configuration. */
export function levelOf(rule: Rule, { dialect, rules, severities }: LintConfig): Level {
  const own = severities[rule.id] ?? severities[rule.code];
  const byDialect = dialect === 'kiro' ? undefined : rule.levels[dialect];
  return own ?? byDialect ?? rule.levels[rules];
}

/** Later ones win; severities add up. */
export function mergeLint(base: LintConfig, ...over: readonly Partial<LintConfig>[]): LintConfig {
  return over.reduce<LintConfig>(
    (merged, next) => ({
      dialect: next.dialect ?? merged.dialect,
      rules: next.rules ?? merged.rules,
      severities: { ...merged.severities, ...next.severities },
    }),
    base,
  );
}
