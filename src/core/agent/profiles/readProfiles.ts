/** All agents that a folder brings, and what is wrong with them. Links are not followed. */
import type { FileSystem } from '../../ports';
import { errorMessage } from '../../util/errorMessage';
import { dirname, joinPath, normalizePath } from '../../util/path';
import { confine } from '../places/confine';
import type { AgentProfile } from './model';
import { type ProfileProblem, type ReadProfile, readProfile } from './readProfile';

export interface AgentList {
  /** By id. */
  readonly profiles: readonly AgentProfile[];
  readonly problems: readonly ProfileProblem[];
  /** By id: where each of its resources stands. */
  readonly resourcesAt?: ReadonlyMap<string, NonNullable<ReadProfile['resourcesAt']>>;
}

const MOST_FOLDERS = 200;
const MOST_BYTES = 1_000_000;

/** @param folder `…/agents` @param root The workspace folder; undefined: the person's own */
export async function readProfiles(
  files: FileSystem,
  folder: string,
  root: string | undefined,
): Promise<AgentList> {
  const profiles = new Map<string, AgentProfile>();
  const problems: ProfileProblem[] = [];
  const resourcesAt = new Map<string, NonNullable<ReadProfile['resourcesAt']>>();
  for (const name of await agentFiles(files, folder)) {
    const path = joinPath(folder, name);
    let at: Pick<ProfileProblem, 'line' | 'range'> = { line: 1, range: { start: 0, end: 0 } };
    const say = (message: string) => void problems.push({ path, ...at, severity: 'error', message });
    try {
      if (((await files.stat(path))?.size ?? 0) > MOST_BYTES) {
        say('This file is too long for an agent. It is left out.');
        continue;
      }
      const text = await files.readText(path);
      if (text === undefined) continue;
      const id = name.replace(/\.(?:md|json)$/, '');
      const read = readProfile({ path, id, root, text });
      problems.push(...read.problems);
      const first = profiles.get(id);
      if (first)
        say(`It is hidden by ${first.path.slice(folder.length + 1)}, which has the same name. Remove one.`);
      else if (read.profile) {
        // What can still be wrong is the file of its prompt.
        at = read.promptAt ?? at;
        profiles.set(id, await withPrompt(files, read.profile));
        resourcesAt.set(id, read.resourcesAt ?? []);
      }
    } catch (error) {
      say(`It cannot be used: ${errorMessage(error)}`);
    }
  }
  const sorted = [...profiles.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    profiles: sorted,
    resourcesAt,
    problems: problems.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line)),
  };
}

/** Relative paths; Markdown before JSON, so that it is first where both have one name. */
async function agentFiles(files: FileSystem, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [''];
  for (let index = 0; index < folders.length && index < MOST_FOLDERS; index++) {
    const base = folders[index] ?? '';
    for (const { name, kind } of await files.list(joinPath(folder, base)).catch(() => [])) {
      const path = base === '' ? name : `${base}/${name}`;
      if (kind === 'folder') folders.push(path);
      else if (kind === 'file' && /\.(?:md|json)$/.test(name) && !/^readme\.md$/i.test(name))
        found.push(path);
    }
  }
  const isJson = (path: string) => path.endsWith('.json');
  return found.sort((a, b) => Number(isJson(a)) - Number(isJson(b)) || (a < b ? -1 : 1));
}

/** A prompt in a file of its own is part of what consent is bound to. */
async function withPrompt(files: FileSystem, profile: AgentProfile): Promise<AgentProfile> {
  const named = /^file:\/\/(.+)$/.exec(profile.prompt.trim())?.[1];
  if (named === undefined) return profile;
  const isAbsolute = named.startsWith('/') || /^[a-z]:[\\/]/i.test(named);
  const path = isAbsolute ? normalizePath(named) : joinPath(dirname(profile.path), named);
  // A repository's agent brings words of that repository, and no others of this machine.
  const real = profile.root === undefined ? path : await confine(files, profile.root, path);
  const prompt = await files.readText(real);
  if (prompt === undefined) throw new Error(`there is no file ${named} with its prompt.`);
  return { ...profile, prompt: prompt.trim(), content: JSON.stringify([profile.content, prompt]) };
}
