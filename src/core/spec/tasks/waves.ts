/**
 * Reads the waves of `## Task Dependency Graph`: `{"waves": [{"id": 0, "tasks": ["1.1"]}]}` as Kiro writes it, and what is
 * found beside it: bare arrays, a wave an object, other keys, arrows in plain text (`1.1, 1.2 → 2.1`).
 */
import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Block, FenceBlock } from '../../markdown/blocks';
import type { TextRange } from '../../util/textRange';
import type { Finding, Reference, Section, Wave } from '../model';

const TITLE = /\bdependenc(?:y|ies)\b|\bwaves?\b|\bexecution\s+order\b/i;
const ID = /^\d{1,6}(?:\.\d{1,6}){0,4}$/;
export const ARROW = /\s*(?:→|->|=>|⇒)\s*/;

export function readWaves(
  text: string,
  blocks: readonly Block[],
  sections: readonly Section[],
): { readonly waves: readonly Wave[]; readonly findings: readonly Finding[] } {
  const places = sections.filter(({ title }) => TITLE.test(title)).map(({ range }) => range);
  const inside = blocks.filter(({ range }) =>
    places.some(({ start, end }) => start <= range.start && range.start < end),
  );
  const findings: Finding[] = [];
  for (const block of inside) {
    const waves = block.kind === 'fence' ? wavesOfFence(text, block, findings) : wavesOfLine(text, block);
    if (waves.length > 0) return { waves, findings: [...findings, ...repeated(waves)] };
  }
  return { waves: [], findings };
}

function wavesOfFence(text: string, { body, info }: FenceBlock, findings: Finding[]): readonly Wave[] {
  const content = text.slice(body.start, body.end);
  if (!/^\s*[[{]/.test(content)) return arrowLines(content, body.start);
  const errors: ParseError[] = [];
  const root =
    content.replace(/[^[{]+/g, '').length > 1000
      ? undefined
      : parseTree(content, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined && /json/i.test(info)) {
    const start = body.start + error.offset;
    const message =
      'This dependency graph is not valid JSON. Write {"waves": [{"id": 0, "tasks": ["1.1"]}]}.';
    findings.push({
      rule: 'unreadable-waves',
      message,
      range: { start, end: Math.min(start + Math.max(error.length, 1), body.end) },
    });
  }
  return entriesOf(root).flatMap((entry, index): readonly Wave[] => {
    const tasks = idsIn(entry.type === 'array' ? entry : child(entry, 'tasks'), body.start);
    const name = child(entry, 'name') ?? child(entry, 'description');
    const words = typeof name?.value === 'string' ? name.value : undefined;
    return tasks.length === 0 ? [] : [{ index, name: words, tasks }];
  });
}

function entriesOf(root: Node | undefined): readonly Node[] {
  const list = root?.type === 'array' ? root : child(root, 'waves');
  if (list?.type === 'array') return list.children ?? [];
  return root?.type === 'object' && child(root, 'tasks') ? [root] : [];
}

/** The waves of a graph that is valid JSON and lists them, each as it is written. */
export function waveNodes(content: string): readonly Node[] {
  if (!/^\s*[[{]/.test(content) || content.replace(/[^[{]+/g, '').length > 1000) return [];
  const errors: ParseError[] = [];
  const root = parseTree(content, errors, { allowTrailingComma: true });
  const entries = entriesOf(root);
  return errors.length > 0 || entries[0] === root ? [] : entries;
}

function child(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
}

function idsIn(node: Node | undefined, offset: number): readonly Reference[] {
  return (node?.children ?? []).flatMap((item) => {
    const id = String(item.value);
    if (!ID.test(id)) return [];
    // A string's quotes are no part of the id.
    const start = offset + item.offset + (item.type === 'string' ? 1 : 0);
    return [reference(id, { start, end: start + id.length })];
  });
}

function wavesOfLine(text: string, block: Block): readonly Wave[] {
  if (block.kind !== 'paragraph' && block.kind !== 'listItem') return [];
  const range = block.kind === 'listItem' ? block.content : block.range;
  return arrowLines(text.slice(range.start, range.end), range.start);
}

/** The first line with arrows: what is between two of them may run side by side. */
function arrowLines(content: string, offset: number): readonly Wave[] {
  for (const line of content.matchAll(/[^\r\n]+/g)) {
    const pieces = line[0].split(ARROW);
    if (pieces.length < 2) continue;
    let at = offset + line.index;
    const waves = pieces.map((piece, index): Wave => {
      const start = content.indexOf(piece, at - offset) + offset;
      at = start + piece.length;
      const ids = [...piece.matchAll(/(?<![\w.])\d{1,6}(?:\.\d{1,6}){0,4}(?![\w.])/g)];
      return {
        index,
        name: undefined,
        tasks: ids.map(({ index: from, 0: id }) =>
          reference(id, { start: start + from, end: start + from + id.length }),
        ),
      };
    });
    if (waves.every(({ tasks }) => tasks.length > 0)) return waves;
  }
  return [];
}

function reference(id: string, range: TextRange): Reference {
  return { range, ids: [id], tokens: [{ id, range }] };
}

function repeated(waves: readonly Wave[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return waves.flatMap(({ index, tasks }) =>
    tasks.flatMap(({ ids: [id = ''], range }): readonly Finding[] => {
      const earlier = seen.get(id);
      if (earlier === undefined) {
        seen.set(id, index);
        return [];
      }
      return [
        {
          rule: 'task-in-two-waves',
          message: `Task ${id} is in wave ${earlier} already. A task runs once.`,
          range,
        },
      ];
    }),
  );
}
