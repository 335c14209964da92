/** What can stand at a place of a file of permission rules. By lines: while somebody types it is seldom valid YAML. */
import type { TextRange } from '../../util/textRange';
import { CAPABILITIES, EFFECTS } from './model';
import { PRESETS } from './presets';

export interface RuleCompletion {
  readonly label: string;
  readonly detail: string;
  /** As a snippet: `$1` is where the cursor stops. */
  readonly insert: string;
  /** What it takes the place of. */
  readonly range: TextRange;
}

const ABOUT: Readonly<Record<string, string>> = {
  fs_read: 'Reading files, by path',
  fs_write: 'Writing, moving and deleting files, by path',
  filesystem: 'Reading and writing files',
  shell: 'Commands, each part of a line by itself',
  web_fetch: 'Web pages, by host',
  all: 'Everything',
  builtin: 'Everything that comes with the agent',
  deny: 'Never, whatever else allows it',
  ask: 'Each time, and never remembered',
  allow: 'Without a question, unless another rule denies or asks',
  'read-only': 'Reads without asking',
  'edit-workspace': 'Reads and writes in the workspace without asking',
  'dev-shell': 'And looks around, tests and builds',
  autopilot: 'Everything in the workspace',
};

const RULE = `capability: \${1:shell}\n    effect: \${2:allow}\n    match: ["\${3:npm test *}"]`;

const KEYS: readonly Omit<RuleCompletion, 'range'>[] = [
  { label: 'effect', detail: 'deny, ask or allow', insert: 'effect: ' },
  { label: 'match', detail: 'Any of these patterns', insert: 'match: ["$1"]' },
  { label: 'exclude', detail: 'And none of these', insert: 'exclude: ["$1"]' },
];

const TOP: readonly Omit<RuleCompletion, 'range'>[] = [
  { label: 'rules', detail: 'What is allowed, asked or denied', insert: `rules:\n  - ${RULE}` },
  { label: 'policies', detail: `Sets of rules: ${PRESETS.join(', ')}`, insert: 'policies: [$1]' },
];

export function completeRules(text: string, offset: number): readonly RuleCompletion[] {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  const word = /[\w-]*$/.exec(line)?.[0] ?? '';
  const range = { start: offset - word.length, end: offset };
  const before = line.slice(0, line.length - word.length);
  return offersAt(text.slice(0, lineStart), before).map((offer) => ({ ...offer, range }));
}

function offersAt(above: string, before: string): readonly Omit<RuleCompletion, 'range'>[] {
  if (/(?:^|[-\s{,])capability:\s*["']?$/.test(before)) return CAPABILITIES.map(value);
  if (/(?:^|[-\s{,])effect:\s*["']?$/.test(before)) return EFFECTS.map(value);
  const list = /^\s*policies:\s*(?:\[[^\]]*)?["']?$/.test(before);
  const section = above.match(/^(\w+):/gm)?.at(-1);
  if (list || (section === 'policies:' && /^\s*-\s+["']?$/.test(before))) return PRESETS.map(value);
  if (before === '') return TOP;
  if (section !== 'rules:') return [];
  if (/^\s*-\s+$/.test(before)) return [{ label: 'capability', detail: 'A new rule', insert: RULE }];
  return /^\s+$/.test(before) ? KEYS : [];
}

function value(label: string): Omit<RuleCompletion, 'range'> {
  return { label, detail: ABOUT[label] ?? '', insert: label };
}
