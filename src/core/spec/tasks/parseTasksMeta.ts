/** `tasks.meta.json` beside tasks.md: what Kiro remembers of the property tests that it ran. Read leniently, never written. */
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { TextRange } from '../../util/textRange';
import type { Finding, TasksDocument } from '../model';
import { flattenTasks } from './taskTree';

export const TASKS_META_NAME = 'tasks.meta.json';

export interface PropertyTestResult {
  readonly status: 'passed' | 'failed' | 'unexpected_pass';
  readonly failingExample: string | undefined;
  /** As written. */
  readonly lastRun: string | undefined;
}

export interface TasksMeta {
  /** By task id; empty for a text that says nothing of the kind. */
  readonly results: ReadonlyMap<string, PropertyTestResult>;
  /** Where the tasks with a result are named, quotation marks included. */
  readonly names: readonly { readonly id: string; readonly range: TextRange }[];
  readonly findings: readonly Finding[];
}

const STATUSES = ['passed', 'failed', 'unexpected_pass'] as const;
/** The parser recurses; brackets without end would exhaust the stack. */
const DEEPEST = 1000;

export function parseTasksMeta(text: string): TasksMeta {
  const errors: ParseError[] = [];
  const json = text.replace(/^\uFEFF/, ' ');
  const isDeep = json.replace(/[^[{]+/g, '').length > DEEPEST;
  const root = isDeep ? undefined : parseTree(json, errors, { disallowComments: true });
  const findings = isDeep
    ? [malformed('too deeply nested', { start: 0, end: text.length })]
    : problems(text, errors);
  const results = new Map<string, PropertyTestResult>();
  const names: { id: string; range: TextRange }[] = [];
  for (const [key, value] of entriesOf(child(root, 'pbtResults'))) {
    const id = String(getNodeValue(key));
    const status = STATUSES.find((known) => known === wordsOf(child(value, 'status')));
    names.push({ id, range: { start: key.offset, end: key.offset + key.length } });
    if (status === undefined) continue;
    const failingExample = wordsOf(child(value, 'failingExample'));
    results.set(id, { status, failingExample, lastRun: wordsOf(child(value, 'lastRunTimestamp')) });
  }
  return { results, names, findings };
}

/** What is wrong with what is remembered, by itself and beside tasks.md. */
export function findingsOfMeta(meta: TasksMeta, tasks: TasksDocument | undefined): readonly Finding[] {
  return [...meta.findings, ...(tasks === undefined ? [] : unknownResults(meta, tasks))];
}

/** Results of tasks that are not there: of a task that was removed, or has another number now. */
export function unknownResults({ names }: TasksMeta, { tasks }: TasksDocument): readonly Finding[] {
  const known = new Set(flattenTasks(tasks).map(({ id }) => id));
  return names
    .filter(({ id }) => !known.has(id))
    .map(({ id, range }) => ({
      rule: 'unknown-test-result',
      message: `tasks.md has no task ${id}, so nothing shows this result. Run the property test again, or take the entry out.`,
      range,
    }));
}

function problems(text: string, [error]: readonly ParseError[]): readonly Finding[] {
  // An empty file is one that nothing was written to yet.
  if (error === undefined || text.trim() === '') return [];
  const what = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const start = Math.min(error.offset, text.length);
  return [malformed(what, { start, end: Math.min(start + Math.max(error.length, 1), text.length) })];
}

function malformed(what: string, range: TextRange): Finding {
  const message = `${TASKS_META_NAME} is not valid JSON (${what}). Results that cannot be read are not shown; delete the file, and the next test run writes it anew.`;
  return { rule: 'malformed-tasks-meta', message, range };
}

function entriesOf(node: Node | undefined): readonly (readonly [key: Node, value: Node])[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [[key, value] as const],
  );
}

function child(node: Node | undefined, name: string): Node | undefined {
  return entriesOf(node).find(([key]) => getNodeValue(key) === name)?.[1];
}

function wordsOf(node: Node | undefined): string | undefined {
  const value: unknown = node && getNodeValue(node);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
