/** New tasks and properties, put after the last of their kind and numbered on from it. */
import { joinParts, type Part, partsOfText } from '../../spec/merge/parts';
import type { DocumentKind } from '../../spec/model';
import { parseDocument } from '../../spec/parseDocument';

/** Undefined where the words are no task (property) and nothing else. */
export function addPart(
  kind: DocumentKind,
  parts: readonly Part[],
  words: string,
): readonly Part[] | undefined {
  const text = words.replace(/\r\n?/g, '\n').trim();
  if (kind === 'tasks') return addTask(parts, text);
  return kind === 'design' ? addProperty(parts, text) : undefined;
}

const TOP_TASK = /^[-*+][ \t]+\[.\]/;

function addTask(parts: readonly Part[], text: string): readonly Part[] | undefined {
  const document = parseDocument('tasks', joinParts(parts, '\n'));
  const tasks = document.kind === 'tasks' ? document.tasks : [];
  const next = 1 + Math.max(0, ...tasks.map(({ id }) => Number(id?.split('.')[0] ?? 0) || 0));
  const counted = tasks.length === 0 || tasks.some(({ id }) => id !== undefined);
  const dotless = tasks.some(
    ({ id, headRange }) => id !== undefined && !hasDot(document.text, headRange.start, id),
  );
  const words = numbered(text, counted ? next : undefined, dotless ? '' : '.');
  return insertAfter('tasks', parts, lastTask(parts), words, roomIn(parts));
}

/** What stands between two tasks of the top level: a blank line, or none. */
function roomIn(parts: readonly Part[]): string {
  const last = parts.findLastIndex(({ number, words }) => TOP_TASK.test(number + words));
  const before = parts[last - 1];
  return before !== undefined && isTask(before) && before.gap !== '' ? before.gap : '\n\n';
}

function hasDot(text: string, start: number, id: string): boolean {
  return text.slice(start).split('\n')[0]?.includes(`${id}.`) === true;
}

/** Open, and counted on: whatever numbers and states the model gave them. */
function numbered(text: string, first: number | undefined, dot: string): string {
  let current = (first ?? 1) - 1;
  return text
    .split('\n')
    .map((line) => {
      const open = line.replace(/^(\s*[-*+][ \t]+\[)[^\]](\])/, '$1 $2');
      if (first === undefined) return open;
      if (!TOP_TASK.test(open))
        return open.replace(SUB_NUMBER, (_, head: string, rest: string) => `${head}${current}${rest}`);
      current++;
      return open.replace(TOP_NUMBER, (_, head: string) => `${head}${current}${dot} `);
    })
    .join('\n');
}

const TOP_NUMBER = /^([-*+][ \t]+\[ \]\*?[ \t]+)(?:\d+\.?[ \t]+)?/;
const SUB_NUMBER = /^(\s+[-*+][ \t]+\[ \]\*?[ \t]+)\d+(\.\d)/;

/** Of all parts that are tasks, the last; undefined where there is none. */
function lastTask(parts: readonly Part[]): number | undefined {
  const index = parts.findLastIndex(isTask);
  return index === -1 ? undefined : index;
}

function addProperty(parts: readonly Part[], text: string): readonly Part[] | undefined {
  const numbers = parts.flatMap(({ id }) => /^Property (\d+)$/.exec(id)?.[1] ?? []);
  const last = parts.findLastIndex(({ id }) => id.startsWith('Property '));
  if (last === -1) return undefined;
  const next = 1 + Math.max(0, ...numbers.map(Number));
  return insertAfter('design', parts, last, text.replace(/^(#+ Property )\d+/, `$1${next}`), '\n\n');
}

/** The new part goes after one, with so much room between them. */
function insertAfter(
  kind: DocumentKind,
  parts: readonly Part[],
  after: number | undefined,
  text: string,
  room: string,
): readonly Part[] | undefined {
  const at = after ?? parts.findIndex(({ id }) => id === '## Tasks');
  const place = at === -1 ? parts.length - 1 : at;
  const before = parts[place];
  if (before === undefined) return undefined;
  const added: Part = { id: 'new', number: '', words: text, gap: before.gap === '' ? '\n' : before.gap };
  const next = [...parts.slice(0, place), { ...before, gap: room }, added, ...parts.slice(place + 1)];
  const read = partsOfText(kind, joinParts(next, '\n'));
  const more = read.length - parts.length;
  const isAlone = more > 0 && sameIds(read.slice(0, place + 1), parts.slice(0, place + 1));
  const rest = sameIds(read.slice(place + 1 + more), parts.slice(place + 1));
  const own = read.slice(place + 1, place + 1 + more);
  const fits = kind === 'tasks' ? isTask : ({ id }: Part) => id.startsWith('Property ');
  return isAlone && rest && own.every(fits) ? read : undefined;
}

function isTask({ number, words }: Part): boolean {
  return /^\s*[-*+][ \t]+\[.\]/.test(number + words);
}

function sameIds(some: readonly Part[], others: readonly Part[]): boolean {
  return some.length === others.length && some.every(({ id }, index) => id === others[index]?.id);
}

/** Tasks that meet criteria in the simplest words: what somebody without a model starts from. */
export function skeletonTask(id: string, text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  const title = words.length > 90 ? `${words.slice(0, 89).trimEnd()}…` : words;
  return `- [ ] Meet ${id}: ${title}\n  - _Requirements: ${id}_`;
}
