/** An agent's file as data with places: the front matter of Markdown, or JSON. Pure. */
import { findNodeAtLocation, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { TextRange } from '../../util/textRange';

export type Path = readonly (string | number)[];

export interface ProfileSource {
  readonly data: Readonly<Record<string, unknown>>;
  /** What stands below the front matter; empty for JSON. */
  readonly body: string;
  /** Where a value stands; the beginning of the file where it does not. */
  rangeOf(path: Path): TextRange;
  /** Where the name of a value at the top stands. */
  keyRangeOf(key: string): TextRange;
  lineOf(path: Path): number;
}

export interface Unreadable {
  readonly line: number;
  readonly range: TextRange;
  readonly message: string;
}

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??---[ \t]*(?:\r?\n|$)/;

export function readSource(path: string, text: string): ProfileSource | Unreadable {
  return path.endsWith('.json') ? readJsonSource(text) : readMarkdownSource(text);
}

function readMarkdownSource(text: string): ProfileSource | Unreadable {
  const match = FRONT_MATTER.exec(text);
  if (!match)
    return {
      line: 1,
      range: firstLine(text),
      message: 'An agent begins with front matter: “---”, its name and description, “---”. Add it.',
    };
  const yaml = match[1] ?? '';
  const start = text.indexOf('\n') + 1;
  const document = parseDocument(yaml, { prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const said = error.message.replace(/\.$/, '');
    const range = { start: start + error.pos[0], end: start + error.pos[1] };
    return { line: lineAt(text, range.start), range, message: `The front matter is not YAML: ${said}.` };
  }
  const isRecord = isMap(document.contents);
  if (!isRecord && document.contents !== null && yaml.trim() !== '')
    return {
      line: 2,
      range: { start, end: start + yaml.length },
      message: 'The front matter is no list of keys such as “name: reviewer”.',
    };
  const data: unknown = isRecord ? document.toJS() : {};
  const rangeOf = (path: Path): TextRange => {
    const node = path.length === 0 ? undefined : document.getIn([...path], true);
    const range = isNode(node) ? node.range : undefined;
    return range ? { start: start + range[0], end: start + range[1] } : firstLine(text);
  };
  const keyRangeOf = (key: string): TextRange => {
    const pairs = isMap(document.contents) ? document.contents.items : [];
    const name = pairs.map((pair) => pair.key).find((each) => isScalar(each) && each.value === key);
    return isScalar(name) && name.range
      ? { start: start + name.range[0], end: start + name.range[1] }
      : firstLine(text);
  };
  return {
    data: isObject(data) ? data : {},
    body: text.slice(match[0].length).trim(),
    rangeOf,
    keyRangeOf,
    lineOf: (path) => lineAt(text, rangeOf(path).start),
  };
}

function readJsonSource(text: string): ProfileSource | Unreadable {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const errors: ParseError[] = [];
  const plain = text.slice(mark);
  const root = parseTree(plain, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error || !root) {
    const offset = mark + (error?.offset ?? 0);
    return {
      line: lineAt(text, offset),
      range: { start: offset, end: offset + (error?.length ?? 0) },
      message: `This is not JSON (${error ? printParseErrorCode(error.error) : 'it is empty'}). Mend it.`,
    };
  }
  // What has no error is JSON, whose own reader gives plain objects.
  const data: unknown = JSON.parse(plain);
  if (!isObject(data))
    return {
      line: 1,
      range: firstLine(text),
      message: 'An agent is an object such as {"name": "reviewer", "prompt": "…"}.',
    };
  const rangeOf = (path: Path): TextRange => {
    const node = findNodeAtLocation(root, [...path]);
    return node && path.length > 0
      ? { start: mark + node.offset, end: mark + node.offset + node.length }
      : firstLine(text);
  };
  const keyRangeOf = (key: string): TextRange => {
    const name = findNodeAtLocation(root, [key])?.parent?.children?.[0];
    return name ? { start: mark + name.offset, end: mark + name.offset + name.length } : firstLine(text);
  };
  return { data, body: '', rangeOf, keyRangeOf, lineOf: (path) => lineAt(text, rangeOf(path).start) };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text with nothing left but a part of it, where it was: what reads that part tells lines of the whole. */
export function alone(text: string, { start, end }: TextRange): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const blank = (part: string) => part.replace(/[^\r\n]/g, ' ');
  return (
    blank(text.slice(0, lineStart)) +
    ' '.repeat(start - lineStart) +
    text.slice(start, end).replaceAll('\t', ' ')
  );
}

/** What is about the whole file is said there. */
function firstLine(text: string): TextRange {
  return { start: 0, end: /^[^\r\n]*/.exec(text)?.[0].length ?? 0 };
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
