/** Random workspaces and what happens to them: as data, so that a failing round can be told. */
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describeFolder } from './describeFolder';
import { type Place, personGit } from './place';

export type Operation =
  | { readonly do: 'write'; readonly path: string; readonly content: string; readonly program: boolean }
  | { readonly do: 'delete'; readonly path: string }
  | { readonly do: 'link'; readonly path: string; readonly target: string }
  | { readonly do: 'mode'; readonly path: string; readonly program: boolean }
  | { readonly do: 'move'; readonly path: string; readonly to: string }
  | { readonly do: 'ignore'; readonly patterns: readonly string[] }
  /** A repository of its own, with or without a commit. */
  | { readonly do: 'nest'; readonly name: string; readonly committed: boolean }
  /** Another commit of the submodule. */
  | { readonly do: 'checkout'; readonly commit: (typeof COMMITS)[number] };

export interface Round {
  readonly repository: 'none' | 'empty' | 'committed' | 'staged';
  /** Of the person's git. */
  readonly filters: boolean;
  readonly submodule: boolean;
  readonly first: readonly Operation[];
  readonly second: readonly Operation[];
}

const COMMITS = ['one', 'two'] as const;
const SUBMODULE = 'sub';
/** In its commits. */
const IN_SUBMODULE = ['in.txt', 'a', 'a/b'];

/** A name is now a file, now a folder. */
const NAMES = ['a', 'b', 'src', 'é.txt', 'two words', '-dash', 'c.log', 'build', ':colon', '*star*'];
const name = fc.constantFrom(...NAMES);
const path = fc
  .tuple(
    fc.option(fc.constantFrom('', 'r0', 'r1', SUBMODULE), { freq: 5, nil: '' }),
    fc.array(name, { minLength: 1, maxLength: 3 }),
  )
  .map(([repository, names]) => [...(repository ? [repository] : []), ...names].join('/'));
const content = fc.constantFrom(
  '',
  'one\n',
  'one\r\ntwo\r\n',
  '\0\x01binary',
  '$Id$\n',
  'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n',
  'caf\u00e9\n',
  'x'.repeat(5000),
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('write' as const), path, content, program: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), path }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('link' as const),
      path,
      target: fc.constantFrom('a', '../a', 'nowhere', '/etc/hosts', '..'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('mode' as const), path, program: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), path, to: path }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('ignore' as const),
      patterns: fc.subarray(['*.log', 'build', 'src/', '!c.log', '/r1/']),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('nest' as const),
      name: fc.constantFrom('r0', 'r1'),
      committed: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('checkout' as const), commit: fc.constantFrom(...COMMITS) }),
  },
);

export const round: fc.Arbitrary<Round> = fc.record({
  repository: fc.constantFrom('none', 'empty', 'committed', 'staged'),
  filters: fc.boolean(),
  submodule: fc.option(fc.constant(true), { freq: 4, nil: false }),
  first: fc.array(operation, { maxLength: 14 }),
  second: fc.array(operation, { maxLength: 14 }),
});

export async function prepare(place: Place, { repository, filters, submodule, first }: Round): Promise<void> {
  if (repository !== 'none') await place.git('init', '-q');
  if (filters && repository !== 'none') {
    await place.git('config', 'core.autocrlf', 'true');
    await place.git('config', 'filter.turn.clean', "tr 'a-z' 'n-za-m'");
    await place.git('config', 'filter.turn.smudge', "tr 'a-z' 'n-za-m'");
    await writeFile(join(place.folder, '.gitattributes'), 'a filter=turn\nsrc ident\n');
  }
  if (submodule && repository !== 'none') await addSubmodule(place);
  for (const each of first) await carryOut(place, each);
  if (repository === 'committed' || repository === 'staged') {
    // Where a repository without commits lies in it, git itself refuses: then nothing is staged.
    await place.git('add', '-A').catch(() => {});
    if (repository === 'committed') await place.git('commit', '-q', '--allow-empty', '-m', 'first');
  }
}

async function addSubmodule(place: Place): Promise<void> {
  const other = join(place.base, 'other');
  await mkdir(other);
  await personGit(other, 'init', '-q');
  const commit = async (name: string) => {
    await personGit(other, 'add', '-A');
    await personGit(other, 'commit', '-q', '-m', name);
    await personGit(other, 'tag', name);
  };
  await writeFile(join(other, 'in.txt'), 'in\r\n');
  await writeFile(join(other, 'a'), 'a\n', { mode: 0o755 });
  await commit('one');
  await writeFile(join(other, 'in.txt'), 'in two\n');
  await rm(join(other, 'a'));
  await mkdir(join(other, 'a'));
  await symlink('../in.txt', join(other, 'a/b'));
  await commit('two');
  await place.git('-c', 'protocol.file.allow=always', 'submodule', '-q', 'add', other, SUBMODULE);
}

/** What cannot be done is left undone. */
export async function carryOut(place: Place, operation: Operation): Promise<void> {
  try {
    await act(place, operation);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

async function act({ folder }: Place, operation: Operation): Promise<void> {
  if (operation.do === 'ignore')
    return writeFile(join(folder, '.gitignore'), `${operation.patterns.join('\n')}\n`);
  if (operation.do === 'nest') return nest(folder, operation);
  if (operation.do === 'checkout') return checkout(join(folder, SUBMODULE), operation.commit);
  const at = join(folder, operation.path);
  if (await leadsThroughLink(folder, operation.path)) return;
  if (operation.do === 'delete') return rm(at, { recursive: true });
  if (operation.do === 'mode')
    return (await lstat(at)).isFile() ? chmod(at, operation.program ? 0o755 : 0o644) : undefined;
  if (operation.do === 'move') {
    if (await leadsThroughLink(folder, operation.to)) return;
    if (existsSync(join(folder, operation.to))) return;
    await mkdir(dirname(join(folder, operation.to)), { recursive: true });
    return rename(at, join(folder, operation.to));
  }
  await rm(at, { recursive: true, force: true });
  await makeFolder(folder, dirname(operation.path));
  if (operation.do === 'link') return symlink(operation.target, at);
  await writeFile(at, operation.content);
  await chmod(at, operation.program ? 0o755 : 0o644);
}

/** In place of files that are in its way. */
async function makeFolder(folder: string, path: string): Promise<void> {
  let at = folder;
  for (const part of path === '.' ? [] : path.split('/')) {
    at = join(at, part);
    const found = await lstat(at).catch(() => undefined);
    if (found && !found.isDirectory()) await rm(at);
    await mkdir(at, { recursive: true });
  }
}

async function leadsThroughLink(folder: string, path: string): Promise<boolean> {
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent))
    if ((await lstat(join(folder, parent)).catch(() => undefined))?.isSymbolicLink()) return true;
  return false;
}

async function nest(folder: string, { name, committed }: Extract<Operation, { do: 'nest' }>): Promise<void> {
  const at = join(folder, name);
  await mkdir(at, { recursive: true });
  if (existsSync(join(at, '.git'))) return;
  await personGit(at, 'init', '-q');
  await writeFile(join(at, 'own.txt'), 'own\n');
  if (!committed) return;
  await personGit(at, 'add', '-A');
  await personGit(at, 'commit', '-q', '-m', 'nested');
}

async function checkout(folder: string, commit: string): Promise<void> {
  // Without it git would find the repository around it.
  if (existsSync(join(folder, '.git'))) await personGit(folder, 'checkout', '-q', '-f', commit);
}

/** What a tool that does this would name: the paths, and all that lies below them now. */
export function touchedBy({ folder }: Place, operations: readonly Operation[]): readonly string[] {
  const known = new Set(Object.keys(describeFolder(folder)));
  const touched = new Set<string>();
  // One after the other: a folder that is moved takes along what was written in it before.
  for (const each of operations)
    for (const path of namedBy(each)) {
      // A folder has its files with it, and a file makes way for a folder.
      const below = [...known].filter((other) => other.startsWith(`${path}/`));
      const above = [...known].filter((other) => path.startsWith(`${other}/`));
      const moved =
        each.do === 'move' && path === each.path
          ? below.map((other) => each.to + other.slice(path.length))
          : [];
      for (const other of [path, ...below, ...above, ...moved]) touched.add(other);
      for (const other of [path, ...moved]) known.add(other);
    }
  return [...touched].filter((each) => !each.split('/').includes('.git'));
}

function namedBy(operation: Operation): readonly string[] {
  if (operation.do === 'ignore') return [];
  if (operation.do === 'nest') return [`${operation.name}/own.txt`];
  if (operation.do === 'checkout') return IN_SUBMODULE.map((name) => `${SUBMODULE}/${name}`);
  return operation.do === 'move' ? [operation.path, operation.to] : [operation.path];
}
