/** The front matter of a document: keys with their places. It counts only as the very first content. */
import { isMap, isScalar, parseDocument } from 'yaml';
import type { TextRange } from '../util/textRange';

export interface FrontMatterEntry {
  readonly value: unknown;
  readonly key: TextRange;
  /** Of the value; of the key where there is none. */
  readonly range: TextRange;
}

export interface FrontMatter {
  /** Of the YAML between the rules. */
  readonly range: TextRange;
  /** Where the document's own text begins. */
  readonly bodyStart: number;
  readonly entries: ReadonlyMap<string, FrontMatterEntry>;
  /** Why it cannot be read. */
  readonly error?: { readonly message: string; readonly range: TextRange };
  /** Values that begin with `*` and stand in no quotes: they are read as they were meant. */
  readonly unquoted: readonly TextRange[];
}

const HEAD = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??---[ \t]*(?:\r?\n|$)/;
/** A value that begins with a star, where YAML expects the name of an anchor. */
const STAR = /(:[ \t]+|-[ \t]+|[[,][ \t]*)\*(?=[*/.{\w])/g;
/** Stands for that star, so that places stay what they are. */
const STAND_IN = '\uE000';

/** Undefined where there is none: prose between two rules is none, either. */
export function readFrontMatter(text: string): FrontMatter | undefined {
  const match = HEAD.exec(text);
  if (!match) return undefined;
  const yaml = match[1] ?? '';
  const start = yaml === '' ? match[0].indexOf('\n') + 1 : match[0].indexOf(yaml);
  const frame = { range: { start, end: start + yaml.length }, bodyStart: match[0].length };
  const read = readYaml(yaml, start);
  if (read !== 'broken') return read && { ...frame, ...read, unquoted: [] };
  const unquoted = [...yaml.matchAll(STAR)].map(({ 0: whole, index }) => starAt(start + index, whole.length));
  const mended = unquoted.length === 0 ? 'broken' : readYaml(yaml.replace(STAR, `$1${STAND_IN}`), start);
  if (typeof mended === 'object') return { ...frame, ...mended, unquoted };
  return { ...frame, entries: new Map(), unquoted: [], error: errorIn(yaml, start) };
}

const starAt = (index: number, length: number): TextRange => ({
  start: index + length - 1,
  end: index + length,
});

/** Undefined for what is no list of keys. */
function readYaml(yaml: string, offset: number): Pick<FrontMatter, 'entries'> | 'broken' | undefined {
  const document = parseDocument(yaml, { uniqueKeys: false });
  if (document.errors.length > 0) return 'broken';
  const { contents } = document;
  const entries = new Map<string, FrontMatterEntry>();
  if (contents === null || (isScalar(contents) && contents.value === null)) return { entries };
  if (!isMap(contents)) return undefined;
  try {
    for (const { key, value } of contents.items) {
      if (!isScalar(key)) continue;
      const at = placed(key.range, offset);
      const data = restored((value as { toJS?: (of: typeof document) => unknown } | null)?.toJS?.(document));
      const own = (value as { range?: readonly [number, number, number] | null } | null)?.range;
      const range = own && own[1] > own[0] ? placed(own, offset) : at;
      entries.set(String(key.value), { value: data ?? null, key: at, range });
    }
  } catch {
    // An alias of nothing, or of too much.
    return 'broken';
  }
  return { entries };
}

function placed(range: readonly [number, number, number] | null | undefined, offset: number): TextRange {
  return { start: (range?.[0] ?? 0) + offset, end: (range?.[1] ?? 0) + offset };
}

function restored(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(STAND_IN, '*');
  return Array.isArray(value) ? value.map(restored) : value;
}

function errorIn(yaml: string, offset: number): { message: string; range: TextRange } {
  const [error] = parseDocument(yaml, { uniqueKeys: false }).errors;
  const [start, end] = error?.pos ?? [0, yaml.length];
  const message = (error?.message ?? 'It refers to what is not there.').split(/ at line |\n/)[0] ?? '';
  const from = Math.min(start, yaml.length);
  return {
    message,
    range: { start: from + offset, end: Math.min(Math.max(end, from), yaml.length) + offset },
  };
}
