/** What an agent's `resources` come to: the files that it is told of, and which are left out and why. */
import type { FileSystem } from '../../ports';
import { readFrontMatter } from '../../steering/frontMatter';
import { createAbort } from '../../util/abort';
import { attribute, tagged } from '../../workflow/prompts/material';
import { confine } from '../places/confine';
import { pathPattern } from '../places/pathPattern';
import { visibleFiles } from '../places/visibleFiles';

export interface LeftOut {
  /** Index in `resources`. */
  readonly at: number;
  /** A sentence. */
  readonly why: string;
  /** There is nothing to leave out, as somebody may mean it who writes one agent for many workspaces. */
  readonly isAbsent?: true;
}

export interface ReadResources {
  /** Parts of the prompt. */
  readonly parts: readonly string[];
  readonly left: readonly LeftOut[];
}

const MOST_FILES = 50;
/** Characters of all files together: they go with each request. */
const MOST = 100_000;

const RESOURCE = /^(file|skill):\/\/(?:\.\/)*(.+)$/;
const WILDCARD = /[*?[\]{}]/;

/** @param reading Files as the agent may read them */
export async function readResources(
  { files, reading = files }: { readonly files: FileSystem; readonly reading?: FileSystem },
  place: string,
  resources: readonly string[],
): Promise<ReadResources> {
  const parts: string[] = [];
  const left: LeftOut[] = [];
  let room = MOST;
  for (const [at, resource] of resources.entries())
    for (const named of await namedBy(files, place, resource)) {
      const read = 'path' in named ? await partFrom(reading, place, named) : named;
      const why = 'part' in read && read.part.length > room ? { why: tooMuch(read.path) } : read;
      if ('part' in why) {
        parts.push(why.part);
        room -= why.part.length;
      } else left.push({ at, ...why });
    }
  return { parts, left };
}

type Why = Omit<LeftOut, 'at'>;
interface Named {
  readonly kind: string;
  readonly path: string;
}

/** Its files, and what of it is left out before they are read. */
async function namedBy(files: FileSystem, root: string, resource: string): Promise<readonly (Named | Why)[]> {
  const [, kind, pattern] = RESOURCE.exec(resource) ?? [];
  if (kind === undefined || pattern === undefined)
    return [{ why: `“${resource}” is no resource. Write file://… or skill://… with a path.` }];
  if (!WILDCARD.test(pattern)) return [{ kind, path: pattern }];
  const { folder, matches } = pathPattern(root, pattern);
  const found: Named[] = [];
  for await (const path of visibleFiles(files, root, folder, createAbort().signal)) {
    if (!matches(path)) continue;
    if (found.length === MOST_FILES) return [...found, { why: tooMany(pattern) }];
    found.push({ kind, path });
  }
  return found.length > 0 ? found : [{ why: `No file of the workspace fits “${pattern}”.`, isAbsent: true }];
}

async function partFrom(
  files: FileSystem,
  root: string,
  { kind, path }: Named,
): Promise<Why | { readonly path: string; readonly part: string }> {
  let real: string;
  try {
    real = await confine(files, root, path);
  } catch {
    return { why: `${path} is left out: it is outside the workspace.` };
  }
  try {
    const text = await files.readText(real);
    if (text === undefined) return { why: `There is no file ${path}.`, isAbsent: true };
    return { path, part: kind === 'skill' ? skillLine(path, text) : tagged('document', text.trim(), path) };
  } catch {
    return { why: `${path} is left out: your rules, .kiroignore or the system keep it from being read.` };
  }
}

function tooMany(pattern: string): string {
  return `More than ${MOST_FILES} files fit “${pattern}”. The agent is told of the first ${MOST_FILES}.`;
}

function tooMuch(path: string): string {
  return `${path} is left out: all files of an agent go with each request, and may have ${MOST / 1000},000 characters together. Name it as skill://… to have it read when it is needed.`;
}

/** May a change of this path change what the resources come to? */
export function concernsResources(place: string, path: string, resources: readonly string[]): boolean {
  return resources.some((resource) => {
    const pattern = RESOURCE.exec(resource)?.[2];
    return pattern !== undefined && pathPattern(place, pattern).matches(path.slice(place.length + 1));
  });
}

/** Its text is read when it is needed. */
function skillLine(path: string, text: string): string {
  const entry = (key: string) => readFrontMatter(text)?.entries.get(key)?.value;
  const [name, description] = [entry('name'), entry('description')];
  const words = typeof description === 'string' ? description : '';
  return `Skill ${attribute(typeof name === 'string' ? name : path)}: ${attribute(words)} Read ${path} before you do what it is about.`;
}
