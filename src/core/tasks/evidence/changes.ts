/** What a task changed, file by file. Pure. */
import { diffLines } from 'diff';
import { compileGlob } from '../../util/glob';
import { basename, dirname } from '../../util/path';
import type { TouchedFile } from './model';

/** Undefined: there is none. `binary`: not both of its texts are known. Paths lie below the workspace folder. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly binary?: true;
}

/** Files of the spec itself are ours: the box that a run marks is no work of the agent. */
const OURS = /^\.kiro\/(?:specs|archive)\//;

/** Written by installing, building and checking: nobody's work, and no trespass. */
const MADE =
  /(?:^|\/)(?:node_modules|htmlcov|\.nyc_output|\.(?:pytest|mypy|ruff|hypothesis|gradle|turbo|dart_tool)(?:_cache)?|__pycache__|playwright-report|\.venv)\/|^(?!(?:.*\/)?(?:src|lib|app|test|tests)\/)(?:.*\/)?(?:coverage|target|test-results)\/|(?:^|\/)(?:\.coverage|\.eslintcache|\.DS_Store)$|\.(?:tsbuildinfo|pyc|lcov)$/;

export function isMade(path: string): boolean {
  return MADE.test(path);
}

/** Those that the agent's work is in: what differs, is no file of a spec, and was not made by a tool. */
export function workIn(changes: readonly ChangedFile[]): readonly ChangedFile[] {
  return changes.filter(
    ({ path, before, after, binary }) => !OURS.test(path) && !isMade(path) && (binary || before !== after),
  );
}

/** Where lines stand says what they belong to. */
const BY_INDENTATION = /\.(?:pyi?|ya?ml|haml|pug|sass|coffee|hs|fsx?|nim)$/i;

/** Is there more to it than blanks? */
export function isWork({ path, before, after, binary }: ChangedFile): boolean {
  const blanks = BY_INDENTATION.test(path) ? /(?<=\S)[^\S\n]+|\n\s*(?=\n|$)|^\s*\n/g : /\s+/g;
  const bare = (text: string | undefined) => text?.replace(blanks, '');
  return binary === true || bare(before) !== bare(after);
}

export function touchedFiles(
  changes: readonly ChangedFile[],
  boundary: readonly string[],
): readonly TouchedFile[] {
  const isInside = boundaryOf(boundary);
  const paths = new Set(changes.map(({ path }) => path));
  return changes.map(({ path, before, after, binary }) => {
    const change =
      before === undefined && !binary ? 'added' : after === undefined && !binary ? 'deleted' : 'changed';
    const isOutside = !isInside(path) && !followsManifest(path, paths, isInside);
    const lines = binary ? { added: 0, removed: 0 } : countLines(before, after);
    return { path, change, ...lines, ...(isOutside && { outside: true as const }) };
  });
}

function countLines(before = '', after = ''): Pick<TouchedFile, 'added' | 'removed'> {
  let [added, removed] = [0, 0];
  for (const part of diffLines(before, after)) {
    if (part.added) added += part.count;
    else if (part.removed) removed += part.count;
  }
  return { added, removed };
}

/** A folder stands for all that is in it; `!src/x` takes out. Without any, everything is inside. */
export function boundaryOf(globs: readonly string[]): (path: string) => boolean {
  const clean = globs
    .map((glob) => glob.trim().replace(/^(!?)(?:\.?\/)+/, '$1'))
    .filter((glob) => glob !== '');
  const matcher = (glob: string) => {
    const bare = glob.replace(/\/+$/, '');
    return compileGlob(`${bare}/**`) ?? (() => false);
  };
  const takenOut = clean.filter((glob) => glob.startsWith('!')).map((glob) => matcher(glob.slice(1)));
  const allowed = clean.filter((glob) => !glob.startsWith('!')).map(matcher);
  return (path) =>
    (allowed.length === 0 || allowed.some((matches) => matches(path))) &&
    !takenOut.some((matches) => matches(path));
}

const LOCKS: Readonly<Record<string, readonly string[]>> = {
  'package.json': [
    'package-lock.json',
    'npm-shrinkwrap.json',
    'pnpm-lock.yaml',
    'yarn.lock',
    'bun.lock',
    'bun.lockb',
  ],
  'Cargo.toml': ['Cargo.lock'],
  'go.mod': ['go.sum'],
  'pyproject.toml': ['uv.lock', 'poetry.lock', 'pdm.lock'],
  Gemfile: ['Gemfile.lock'],
  'composer.json': ['composer.lock'],
  'pubspec.yaml': ['pubspec.lock'],
  'mix.exs': ['mix.lock'],
};

/** A lock file that was written because its manifest, which may be touched, was. */
function followsManifest(
  path: string,
  changed: ReadonlySet<string>,
  isInside: (path: string) => boolean,
): boolean {
  const folder = path.includes('/') ? `${dirname(path)}/` : '';
  const manifests = Object.entries(LOCKS).flatMap(([manifest, locks]) =>
    locks.includes(basename(path)) ? [`${folder}${manifest}`] : [],
  );
  return manifests.some((manifest) => changed.has(manifest) && isInside(manifest));
}
