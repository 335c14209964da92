/** Where guidance lies: `.kiro/steering`, `.kiro/skills`, the same below `~/.kiro`, and AGENTS.md. */
import type { FileSystem } from '../ports';
import { powerFolders } from '../powers/powerPlaces';
import { basename, dirname, isInside, joinPath } from '../util/path';
import type { Guidance, ReadGuidance } from './model';
import { parseGuidance, type Where } from './parseGuidance';

export interface GuidancePlaces {
  readonly files: FileSystem;
  /** The workspace folder. */
  readonly root: string;
  /** `~/.kiro`; undefined where there is none. */
  readonly kiroHome?: string | undefined;
}

const MAX_FOLDERS = 200;
const MAX_DOCUMENTS = 500;
/** Characters; a larger file is no advice. */
const LARGEST = 1_000_000;

/** AGENTS.md of the folder first, then the workspace’s by path, then the person’s own. Those that are not there are no error. */
export async function findGuidance({
  files,
  root,
  kiroHome,
}: GuidancePlaces): Promise<readonly ReadGuidance[]> {
  const found: (ReadGuidance | undefined)[] = [await agentsIn(files, root, '')];
  for (const scope of ['workspace', 'home'] as const) {
    const base = scope === 'workspace' ? joinPath(root, '.kiro') : kiroHome;
    if (base === undefined) continue;
    const shown = scope === 'workspace' ? '.kiro' : '~/.kiro';
    for (const [name, path] of await steeringPaths(files, joinPath(base, 'steering'))) {
      const label = `${shown}/steering/${name}`;
      found.push(
        await read(files, { kind: 'steering', scope, path, label, name: name.replace(/\.md$/, '') }),
      );
    }
    for (const [name, path] of await skillPaths(files, joinPath(base, 'skills')))
      found.push(
        await read(files, { kind: 'skill', scope, path, label: `${shown}/skills/${name}/SKILL.md`, name }),
      );
    for (const where of await skillsOfPowers(files, scope, base, shown)) found.push(await read(files, where));
  }
  return found.filter((each) => each !== undefined);
}

async function skillsOfPowers(
  files: FileSystem,
  scope: Where['scope'],
  base: string,
  shown: string,
): Promise<readonly Where[]> {
  const all = (await powerFolders(files, base)).map(async (folder) => {
    const power = basename(folder);
    const skills = await skillPaths(files, joinPath(folder, 'skills'));
    return skills.map(([name, path]) => {
      const label = `${shown}/powers/${power}/skills/${name}/SKILL.md`;
      return { kind: 'skill', scope, path, label, name, power } as const;
    });
  });
  return (await Promise.all(all)).flat();
}

/** One that cannot be read must not keep the agent from working. */
async function read(files: FileSystem, where: Where): Promise<ReadGuidance | undefined> {
  try {
    const text = await files.readText(where.path);
    if (text === undefined) return undefined;
    if (text.length <= LARGEST) return parseGuidance(where, text);
    return unreadable(where, 'it is far too large');
  } catch {
    return unreadable(where, 'the system does not let it be read');
  }
}

function unreadable(where: Where, why: string): ReadGuidance {
  const message = `This document is in no request: ${why}.`;
  const range = { start: 0, end: 0 };
  return {
    guidance: { ...where, inclusion: undefined, patterns: [], body: '' },
    text: '',
    problems: [{ path: where.path, rule: 'unreadable', severity: 'error', message, range }],
  };
}

type Found = readonly (readonly [name: string, path: string])[];

/** Level by level, in order of name. */
async function steeringPaths(files: FileSystem, base: string): Promise<Found> {
  const found: (readonly [string, string])[] = [];
  const folders = [''];
  for (let i = 0; i < folders.length && i < MAX_FOLDERS; i++) {
    const folder = folders[i] as string;
    for (const { name, kind } of await files.list(joinPath(base, folder)).catch(() => [])) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder') folders.push(path);
      if (kind === 'file' && name.endsWith('.md') && found.length < MAX_DOCUMENTS)
        found.push([path, joinPath(base, path)]);
    }
  }
  return found;
}

async function skillPaths(files: FileSystem, base: string): Promise<Found> {
  const folders = await files.list(base).catch(() => []);
  const names = folders.filter(({ kind }) => kind === 'folder').map(({ name }) => name);
  return names.slice(0, MAX_DOCUMENTS).map((name) => [name, joinPath(base, name, 'SKILL.md')] as const);
}

/** @param folder Relative; '' for the workspace folder, whose AGENTS.md is always included. */
export async function agentsIn(
  files: FileSystem,
  root: string,
  folder: string,
): Promise<ReadGuidance | undefined> {
  const label = folder === '' ? 'AGENTS.md' : `${folder}/AGENTS.md`;
  const where = {
    kind: 'agents',
    scope: 'workspace',
    path: joinPath(root, label),
    label,
    name: label,
  } as const;
  // It is often a link to another file of the project; one that leads out of it is no word of the project's.
  const [real, place] = await Promise.all([files.realPath(where.path), files.realPath(root)]).catch(() => [
    '',
    '/',
  ]);
  if (!isInside(place, real)) return undefined;
  const found = await read(files, folder === '' ? where : { ...where, below: folder });
  return found?.problems.length === 0 ? found : undefined;
}

const DEEPEST = 40;

/** Those on the way to a file, outermost first; the workspace folder's own is not among them. */
export async function agentsAbove(
  files: FileSystem,
  root: string,
  path: string,
): Promise<readonly Guidance[]> {
  const found: Guidance[] = [];
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== '/' && folder.length < path.length; folder = dirname(folder)) {
    if (folders.unshift(folder) === DEEPEST) break;
  }
  for (const folder of folders) {
    const read = await agentsIn(files, root, folder);
    if (read) found.push(read.guidance);
  }
  return found;
}

/** What calls it names it: by its path, its own name, or its file's name where no other has that. */
export function named(all: readonly Guidance[], name: string): Guidance | undefined {
  const wanted = name.toLowerCase();
  const file = (each: Guidance) => each.name.slice(each.name.lastIndexOf('/') + 1).toLowerCase();
  const same = all.filter((each) => file(each) === wanted);
  return (
    all.find((each) => each.name === name) ??
    all.find((each) => each.alias?.toLowerCase() === wanted) ??
    (same.length === 1 ? same[0] : undefined)
  );
}

/** Without those of the home that a document of the workspace with the same name takes the place of. */
export function effective(all: readonly Guidance[]): readonly Guidance[] {
  return all.filter((each) => replacing(all, each) === undefined);
}

export function replacing(all: readonly Guidance[], { scope, kind, name }: Guidance): Guidance | undefined {
  if (scope === 'workspace') return undefined;
  return all.find((each) => each.scope === 'workspace' && each.kind === kind && each.name === name);
}
