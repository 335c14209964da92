/** What an agent's `resources` bring, as advice: files as they are, skills by their description. */
import { parse } from 'yaml';
import type { FileSystem, Ports } from '../../ports';
import { createAbort } from '../../util/abort';
import { attribute, paragraphs, tagged } from '../../workflow/prompts/material';
import type { Permissions } from '../permissions';
import { confine } from '../places/confine';
import { pathPattern } from '../places/pathPattern';
import { visibleFiles } from '../places/visibleFiles';
import type { Surround } from '../surroundings/model';

const MOST_FILES = 50;
/** Characters of all files together: they go with each request. */
const MOST = 100_000;

export function profileAround({ files }: Pick<Ports, 'files'>, permissions: Permissions): Surround {
  return async ({ profile, root, place }) => {
    if (!profile || profile.resources.length === 0) return {};
    const reading = permissions.gate(root, false, place, profile.rules).reading(files);
    const advice: string[] = [];
    let left = MOST;
    for (const { kind, path } of await named(files, place, profile.resources)) {
      const text = await readFrom(reading, place, path);
      const part = text === undefined ? '' : partOf(kind, path, text);
      if (part === '' || part.length > left) continue;
      left -= part.length;
      advice.push(part);
    }
    return advice.length === 0 ? {} : { advice: [paragraphs('# Resources of the agent', ...advice)] };
  };
}

type Named = { readonly kind: string; readonly path: string };

async function named(
  files: FileSystem,
  root: string,
  resources: readonly string[],
): Promise<readonly Named[]> {
  const all: Named[] = [];
  for (const resource of resources) {
    const [, kind, pattern] = /^(file|skill):\/\/(.+)$/.exec(resource) ?? [];
    if (kind === undefined || pattern === undefined) continue;
    for (const path of await matching(files, root, pattern)) all.push({ kind, path });
  }
  return all;
}

/** Undefined for what is outside the workspace, not there, or kept from being read. */
async function readFrom(files: FileSystem, root: string, path: string): Promise<string | undefined> {
  try {
    return await files.readText(await confine(files, root, path));
  } catch {
    return undefined;
  }
}

function partOf(kind: string, path: string, text: string): string {
  return kind === 'skill' ? skillLine(path, text) : tagged('document', text.trim(), path);
}

async function matching(files: FileSystem, root: string, pattern: string): Promise<readonly string[]> {
  const plain = pattern.replace(/^\.\//, '');
  if (!/[*?[\]{}]/.test(plain)) return [plain];
  const { folder, matches } = pathPattern(root, plain);
  const found: string[] = [];
  for await (const path of visibleFiles(files, root, folder, createAbort().signal)) {
    if (matches(path)) found.push(path);
    if (found.length === MOST_FILES) break;
  }
  return found;
}

/** Its text is read when it is needed. */
function skillLine(path: string, text: string): string {
  const yaml = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '';
  let data: { readonly name?: unknown; readonly description?: unknown } | null = null;
  try {
    data = parse(yaml);
  } catch {
    // What it is for is not known: its place still is.
  }
  const name = typeof data?.name === 'string' ? data.name : path;
  const description = typeof data?.description === 'string' ? data.description : '';
  return `Skill ${attribute(name)}: ${attribute(description)} Read ${path} before you do what it is about.`;
}
