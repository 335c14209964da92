import { DIALECTS, RULE_SETS } from '../../core/lint/config';
import { runCheck } from '../check/runCheck';
import { type Arguments, type Command, EXIT, UsageError } from '../command';

export const FORMATS = ['text', 'json', 'sarif', 'junit', 'markdown'] as const;

/** Options that say by which rules is judged. */
export const LINT: Command['options'] = {
  dialect: { value: 'NAME', help: `How strictly criteria follow EARS: ${DIALECTS.join(', ')}.` },
  rules: { value: 'SET', help: `Which rules speak: ${RULE_SETS.join(' or ')}.` },
};

export const check: Command = {
  name: 'check',
  operands: '[paths…]',
  arity: [0, Number.POSITIVE_INFINITY],
  summary: 'Check specs: their form, their words, their links.',
  details: `A path is a spec document, a spec's folder, a workspace, or any folder that holds some; none means the
workspace here. Nothing leaves the machine, and no model is asked.

Rules, dialect and levels come from the options, else from .kiro/settings/earshot.json of the workspace
that a spec belongs to:
  {"lint": {"dialect": "kiro", "rules": "recommended", "severities": {"vague-term": "off"}}}

Exit codes: 0 clean (infos and hints are), 1 an error, or more warnings than --max-warnings (default 0),
2 the command line is wrong, or a path that it names holds no spec.

--format json prints {version, findings: [{rule, code, severity, message, file, line, column, endLine,
endColumn, fixable}], suppressed, summary}; lines and columns count from 1.`,
  options: {
    format: { value: 'NAME', help: `${FORMATS.join(', ')} (default text).` },
    ...LINT,
    'max-warnings': { value: 'N', help: 'So many warnings are no failure (default 0).' },
    'no-cache': { help: 'Judge everything anew.' },
    cwd: { value: 'DIR', help: 'Start in this folder instead of the current one.' },
  },
  async run(args, terminal) {
    const format = chosen(args, 'format', FORMATS) ?? 'text';
    const allowed = wholeNumber(args, 'max-warnings') ?? 0;
    const { text, summary } = await runCheck(args.operands, format, flagsOf(args), args, terminal);
    terminal.out.write(text);
    return summary.errors > 0 || summary.warnings > allowed ? EXIT.failed : EXIT.done;
  },
};

export function flagsOf(args: Arguments) {
  const dialect = chosen(args, 'dialect', DIALECTS);
  const rules = chosen(args, 'rules', RULE_SETS);
  return { ...(dialect === undefined ? {} : { dialect }), ...(rules === undefined ? {} : { rules }) };
}

export function chosen<T extends string>(
  args: Arguments,
  option: string,
  allowed: readonly T[],
): T | undefined {
  const value = args.value(option);
  if (value === undefined) return undefined;
  const known = allowed.find((candidate) => candidate === value);
  if (known === undefined) throw new UsageError(`--${option} is one of ${allowed.join(', ')}.`);
  return known;
}

function wholeNumber(args: Arguments, option: string): number | undefined {
  const value = args.value(option);
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--${option} is a whole number.`);
  return Number(value);
}
