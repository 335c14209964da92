/** What the names mean that runners print: a test, by its title, or a whole file. Pure. */
import { basename, dirname } from '../../util/path';
import type { LinkedTest } from './linkedTests';

type Named = Pick<LinkedTest, 'path' | 'titles' | 'others'>;

/** This very test, and no other of its file or of another one. */
export function meansTest(printed: string, { path, titles, others = [] }: Named): boolean {
  const name = printed.replaceAll('\\', '/');
  const fits = [
    ...others.map((title) => ({ title, start: titleAt(name, title, path, literally) })),
    ...titles.map((title) => ({ title, start: titleAt(name, title, path) })),
  ].flatMap(({ title, start }) => (start === undefined ? [] : [{ title, start }]));
  // “never expires” is not “expires”.
  const [longest] = fits.sort((a, b) => a.start - b.start);
  if (longest === undefined || !titles.includes(longest.title)) return false;
  const isOwn = filesIn(name.slice(0, longest.start), path).every((file) => isSame(file, path));
  return isOwn && isOfModule(name, path);
}

/** All of its file: by its path, its class or its package. */
export function meansFile(printed: string, { path, titles }: Named): boolean {
  const name = printed.replaceAll('\\', '/');
  // Cargo names files of which it runs nothing.
  if (path.endsWith('.rs')) return false;
  if (filesIn(name, path).some((file) => isSame(file, path)))
    return titles.length === 0 || !isTestOfFile(name);
  if (/^[\w$]+(?:\.[\w$]+)+$/.test(name) && name.split('.').at(-1) === stemOf(path)) return true;
  return path.endsWith('_test.go') && path.includes('/') && name.endsWith(`/${dirname(path)}`);
}

/** For what fails: rather once too often. */
export function mayMean(printed: string, { path, titles }: Named): boolean {
  const name = printed.replaceAll('\\', '/');
  if (titles.some((title) => titleAt(name, title, path) !== undefined)) return true;
  if (name.includes(basename(path)))
    return titles.length === 0 || !isTestOfFile(name) || titles.some((title) => name.includes(title));
  return meansFile(printed, { path, titles });
}

/** Is the path a word of the command? */
export function namesPath(command: string, path: string): boolean {
  return command.split(/[\s'"=]+/).some((word) => word.replace(/^(?:\.\/)+/, '') === path);
}

const literally = (title: string): string => title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Undefined: nothing but what is put in. */
function asTable(title: string): string | undefined {
  const parts = title.split(PLACEHOLDER);
  const isTold = parts.length === 1 || parts.join('').replace(/\W/g, '').length > 2;
  return isTold ? parts.map(literally).join('.+?') : undefined;
}

/** Where a title begins that a name ends with. */
function titleAt(
  name: string,
  title: string,
  path: string,
  read: (title: string) => string | undefined = asTable,
): number | undefined {
  const words = title === '' ? undefined : read(title);
  if (words === undefined) return undefined;
  const tail = TAILS.find(([files]) => files.test(path))?.[1] ?? '';
  const match = new RegExp(`(?:^|\\s|::)(${words})${tail}$`).exec(name);
  return match ? match.index + match[0].indexOf(match[1] ?? '') : undefined;
}

/** Of a table: what is put in there is not known. */
const PLACEHOLDER = /%[sdifjo#]|\$\{[^}]*\}|\$[a-z][\w.]*/i;

/** What runners print behind a title. */
const TAILS: readonly (readonly [files: RegExp, tail: string])[] = [
  [/\.pyi?$/, String.raw`(?:\[.*\])?(?: \([\w.]+\))?`],
  [/\.(?:java|kt|kts|groovy)$/, String.raw`(?:\(.*\))?(?:\[.*\])?`],
];

/** `test_expires (test_links.Links)`: of unittest, which says the module there. */
function isOfModule(name: string, path: string): boolean {
  const module = path.endsWith('.py') ? / \(([\w.]+)\)$/.exec(name)?.[1] : undefined;
  return (
    module === undefined || module.split('.').some((part) => part === stemOf(path) || part === '__main__')
  );
}

/** Paths in a name, of the kind of this one. */
function filesIn(name: string, path: string): readonly string[] {
  const kind = path.slice(path.lastIndexOf('.'));
  return (name.match(/[^\s:()[\]]+/g) ?? []).filter((word) => word.endsWith(kind) && word !== kind);
}

/** One may be told from another folder than the other. */
function isSame(printed: string, path: string): boolean {
  const file = printed.replace(/^(?:\.\/)+/, '');
  return file === path || file.endsWith(`/${path}`) || path.endsWith(`/${file}`);
}

/** `a.py::test_x`, `a.test.ts > suite > title`: one test of a file, not all of it. */
function isTestOfFile(name: string): boolean {
  return name.includes('::') || name.includes(' > ') || name.includes(' › ');
}

function stemOf(path: string): string {
  return basename(path).replace(/\.\w+$/, '');
}
