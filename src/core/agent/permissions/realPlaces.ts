/** Where the paths of a command really lead: links that leave the workspace, or come to what is protected. */
import type { FileSystem } from '../../ports';
import { errorMessage } from '../../util/errorMessage';
import { matchSegment } from '../../util/glob';
import { isInside, joinPath, relativePath } from '../../util/path';
import { protectedPart } from '../places/protectedPlaces';
import { personsPlaces } from './personsPlaces';
import type { Places } from './places';

/** Of files that wildcards stand for, and of folders that `cd` may lead to: beyond it nobody can tell. */
const MAX_PLACES = 400;
const MAX_MOVES = 5;

export interface RealPlaces {
  /** Relative to the workspace folder: what links lead to and wildcards stand for. */
  readonly paths: readonly string[];
  /** Those of what is named that nothing has the name of. */
  readonly absent: ReadonlySet<string>;
  /** Why the command may at most be asked for; undefined when all its places are the agent’s. */
  readonly guarded: string | undefined;
}

export async function realPlaces(files: FileSystem, root: string, places: Places): Promise<RealPlaces> {
  const paths: string[] = [];
  const absent = new Set<string>();
  if (places.paths.length === 0 && places.moves.length === 0) return { paths, absent, guarded: undefined };
  const isAbsent = async (place: string) => (await files.stat(place)) === undefined;
  let guarded: string | undefined;
  try {
    const { all, option } = await everyPlace(files, root, places);
    guarded =
      option && `${option} is a file here, which a program takes for an option. Put ./ before the wildcard.`;
    if (!all) return { paths, absent, guarded: 'It names too many places to be checked.' };
    const look = await createGuard(files, root);
    for (const place of all) {
      const { inside, why } = await look(place);
      guarded ??= why;
      if (inside) paths.push(inside);
      if (await isAbsent(place)) absent.add(relativePath(root, place) ?? place).add(inside ?? place);
    }
  } catch (error) {
    guarded ??= `The places that it names cannot be checked: ${errorMessage(error)}.`;
  }
  return { paths, absent, guarded };
}

interface Looked {
  /** Where it really is, relative to the workspace folder. */
  readonly inside?: string;
  readonly why: string | undefined;
}

async function createGuard(files: FileSystem, root: string): Promise<(path: string) => Promise<Looked>> {
  const realRoot = await files.realPath(root);
  const persons = await personsPlaces(files, root);
  return async (path) => {
    const inside = relativePath(realRoot, await files.realPath(path));
    const name = relativePath(root, path) ?? path;
    if (inside === undefined) return { why: `${name} leads outside the workspace folder.` };
    return { inside, why: await whyGuarded(name, path, inside) };
  };

  async function whyGuarded(name: string, path: string, inside: string): Promise<string | undefined> {
    const hit = protectedPart(inside);
    if (hit) return `${name} leads to ${hit}, which only you change.`;
    if (!/(?:^|\/)node_modules\//.test(inside) && (await files.stat(path))?.names)
      return `${name} has other names (hard links), which may lie outside the workspace folder.`;
    const isPersons = persons.some((folder) => isInside(folder, joinPath(root, inside)));
    return isPersons ? `${name} belongs to what .kiro links to, which only you change.` : undefined;
  }
}

interface Every {
  /** Undefined: too many. */
  readonly all: ReadonlySet<string> | undefined;
  /** What a wildcard stands for and a program takes for an option. */
  readonly option: string | undefined;
}

async function everyPlace(files: FileSystem, root: string, { paths, moves }: Places): Promise<Every> {
  let option: string | undefined;
  const bases = basesOf(root, moves);
  const all = new Set(bases);
  for (const { path, glob } of paths) {
    for (const base of bases) {
      const found = glob ? await expand(files, base, path) : [joinPath(base, path)];
      for (const place of found) all.add(place);
      option ??= optionIn(found, base, { path, glob });
      if (all.size > MAX_PLACES) return { all: undefined, option };
    }
  }
  return { all: moves.length > MAX_MOVES ? undefined : all, option };
}

/** Whether a `cd` takes place is not known: each path is looked at from every folder that it may be in. */
function basesOf(root: string, moves: readonly string[]): readonly string[] {
  let bases = [root];
  for (const move of moves.slice(0, MAX_MOVES))
    bases = [...bases, ...bases.map((base) => joinPath(base, move))];
  return bases;
}

/** A wildcard that begins a word may stand for what begins with a dash. */
function optionIn(
  found: readonly string[],
  base: string,
  { path, glob }: Places['paths'][number],
): string | undefined {
  if (!glob || /^\.?\//.test(path)) return undefined;
  return found.map((place) => relativePath(base, place) ?? '').find((name) => name.startsWith('-'));
}

/** The files that wildcards stand for, as a shell finds them; a few too many where there are too many. */
async function expand(files: FileSystem, base: string, pattern: string): Promise<readonly string[]> {
  let found = [base];
  for (const part of pattern.split('/').filter((segment) => segment !== '' && segment !== '.')) {
    const next: string[] = [];
    for (const folder of found) {
      if (!/[*?[]/.test(part)) next.push(joinPath(folder, part));
      else {
        const entries = await files.list(folder).catch(() => []);
        next.push(
          ...entries.filter(({ name }) => matchSegment(part, name)).map(({ name }) => joinPath(folder, name)),
        );
      }
      if (next.length > MAX_PLACES) return next;
    }
    found = next;
  }
  return found;
}
