/** Puts a task into a wave of the dependency graph, in each form in which waves are written. */
import type { Node } from 'jsonc-parser';
import type { TextEdit, TextRange } from '../../util/textRange';
import type { TasksDocument, Wave } from '../model';
import { ARROW, waveNodes } from '../tasks/waves';
import { takeOut } from './takeOut';

/**
 * Out of the wave that it is in, and into the one at a position; behind the last one, into a new one. No edit where it
 * would leave a wave without a task.
 */
export function putInWave(
  { text, blocks, waves }: TasksDocument,
  id: string,
  index: number,
): readonly TextEdit[] {
  const own = waves.find(({ tasks }) => tasks.some(({ ids }) => ids[0] === id));
  const old = own?.tasks.find(({ ids }) => ids[0] === id);
  const last = waves.at(-1);
  const place = last?.tasks.at(-1)?.range;
  if (last === undefined || place === undefined || own?.tasks.length === 1) return [];
  const out = old === undefined ? [] : [takeOut(text, old.range)];
  const target = waves.find((wave) => wave.index >= index);
  if (target !== undefined) {
    const into = joining(text, target, id);
    return target === own || into === undefined ? [] : [...out, into];
  }
  const fence = blocks.find(
    (block) => block.kind === 'fence' && block.range.start <= place.start && place.end <= block.range.end,
  );
  const body = fence?.kind === 'fence' ? fence.body : undefined;
  const nodes = body === undefined ? [] : waveNodes(text.slice(body.start, body.end));
  const added =
    body === undefined || nodes.length === 0
      ? afterArrow(text, waves, place, id)
      : newEntry(text, body.start, nodes, id);
  return added === undefined ? [] : [...out, added];
}

/** Behind the last task of a wave, written like it. */
function joining(text: string, { tasks }: Wave, id: string): TextEdit | undefined {
  const range = tasks.at(-1)?.range;
  if (range === undefined) return undefined;
  const quoted = text.charAt(range.end) === '"';
  const at = range.end + (quoted ? 1 : 0);
  return { range: { start: at, end: at }, newText: quoted ? `, "${id}"` : `, ${id}` };
}

function afterArrow(
  text: string,
  waves: readonly Wave[],
  { end }: TextRange,
  id: string,
): TextEdit | undefined {
  const before = waves.at(-2)?.tasks.at(-1)?.range.end;
  const first = waves.at(-1)?.tasks[0]?.range.start;
  if (before === undefined || first === undefined) return undefined;
  const arrow = ARROW.exec(text.slice(before, first))?.[0];
  return arrow === undefined ? undefined : { range: { start: end, end }, newText: arrow + id };
}

/** One more entry behind the last one of the list, of the same shape. */
function newEntry(text: string, offset: number, nodes: readonly Node[], id: string): TextEdit | undefined {
  const last = nodes.at(-1);
  const previous = nodes.at(-2);
  if (last === undefined) return undefined;
  const end = offset + last.offset + last.length;
  const between =
    previous === undefined
      ? ', '
      : text.slice(offset + previous.offset + previous.length, offset + last.offset);
  const numbered = last.children?.find(({ children }) => children?.[0]?.value === 'id')?.children?.[1]?.value;
  const key = typeof numbered === 'number' ? `"id": ${numbered + 1}, ` : '';
  const entry = last.type === 'array' ? `["${id}"]` : `{${key}"tasks": ["${id}"]}`;
  return { range: { start: end, end }, newText: between + entry };
}
