/** `.kiro/settings/earshot.json`: what a workspace says about its rules, for the editor and CI alike. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { TextRange } from '../util/textRange';
import { DIALECTS, LEVELS, type LintConfig, RULE_SETS } from './config';
import { nearest } from './nearest';
import type { Level } from './rule';
import { ruleById, rules } from './rules';

export interface ConfigFinding {
  readonly message: string;
  readonly range: TextRange;
}

/** What the file says; what cannot be read is left out and told. Comments are allowed. */
export function parseLintConfig(text: string): {
  readonly config: Partial<LintConfig>;
  readonly findings: readonly ConfigFinding[];
} {
  const findings: ConfigFinding[] = [];
  const errors: ParseError[] = [];
  const json = text.replace(/^\uFEFF/, ' ');
  const root = nestingOf(json) > 1000 ? undefined : parseTree(json, errors, { allowTrailingComma: true });
  for (const { error, offset, length } of errors.slice(0, 1))
    findings.push({
      message: `Not valid JSON (${words(printParseErrorCode(error))}). What can be read counts, the rest does not.`,
      range: { start: offset, end: Math.min(offset + Math.max(length, 1), text.length) },
    });
  const lint = root === undefined ? undefined : child(root, 'lint');
  if (root !== undefined && root.type !== 'object')
    findings.push({
      message: 'This should be an object such as {"lint": {"rules": "recommended"}}.',
      range: rangeOf(root),
    });
  if (lint === undefined) return { config: {}, findings };
  const dialect = oneOf(lint, 'dialect', DIALECTS, findings);
  const set = oneOf(lint, 'rules', RULE_SETS, findings);
  const severities = readSeverities(lint, findings);
  unknownKeys(lint, ['dialect', 'rules', 'severities'], findings);
  return {
    config: {
      ...(dialect === undefined ? {} : { dialect }),
      ...(set === undefined ? {} : { rules: set }),
      ...(severities === undefined ? {} : { severities }),
    },
    findings,
  };
}

/** Levels by rule from a value that may be anything: a setting of the editor. */
export function severitiesOf(value: unknown): LintConfig['severities'] {
  if (typeof value !== 'object' || value === null) return {};
  const levels: Record<string, Level> = {};
  for (const [name, level] of Object.entries(value)) {
    const known = LEVELS.find((candidate) => candidate === level);
    if (known !== undefined) levels[name] = known;
  }
  return levels;
}

function readSeverities(lint: Node, findings: ConfigFinding[]): LintConfig['severities'] | undefined {
  const node = child(lint, 'severities');
  if (node === undefined) return undefined;
  if (node.type !== 'object') {
    findings.push({
      message: '“severities” should be an object: {"vague-term": "off"}.',
      range: rangeOf(node),
    });
    return undefined;
  }
  const levels: Record<string, Level> = {};
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    const level = LEVELS.find((candidate) => candidate === value.value);
    if (!isRule(name)) findings.push({ message: unknownRule(name), range: rangeOf(key) });
    if (level === undefined)
      findings.push({ message: `A level is one of ${LEVELS.join(', ')}.`, range: rangeOf(value) });
    else levels[name] = level;
  }
  return levels;
}

function isRule(name: string): boolean {
  return ruleById(name) !== undefined || rules.some(({ code }) => code === name);
}

function unknownRule(name: string): string {
  const near = nearest(
    name,
    rules.map(({ id }) => id),
  );
  return `There is no rule “${name}”. ${near === undefined ? '“earshot explain” lists them all.' : `Is it “${near}”?`}`;
}

function oneOf<T extends string>(
  lint: Node,
  key: string,
  allowed: readonly T[],
  findings: ConfigFinding[],
): T | undefined {
  const node = child(lint, key);
  if (node === undefined) return undefined;
  const value = allowed.find((candidate) => candidate === node.value);
  if (value === undefined)
    findings.push({ message: `“${key}” is one of ${allowed.join(', ')}.`, range: rangeOf(node) });
  return value;
}

function unknownKeys(lint: Node, known: readonly string[], findings: ConfigFinding[]): void {
  for (const property of lint.children ?? []) {
    const key = property.children?.[0];
    if (key === undefined || known.includes(String(key.value))) continue;
    findings.push({
      message: `“${key.value}” means nothing here. Known are ${known.join(', ')}.`,
      range: rangeOf(key),
    });
  }
}

function child(node: Node, key: string): Node | undefined {
  if (node.type !== 'object') return undefined;
  return node.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
}

function rangeOf({ offset, length }: Node): TextRange {
  return { start: offset, end: offset + length };
}

function words(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** The parser recurses; brackets without end would exhaust the stack. */
function nestingOf(json: string): number {
  return json.replace(/[^[{]+/g, '').length;
}
