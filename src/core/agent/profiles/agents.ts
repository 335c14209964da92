/** The custom agents of a workspace folder and of the person, read when they are asked for. */
import { ActError } from '../../actError';
import type { Consents } from '../../consents';
import type { Ports } from '../../ports';
import type { AbortSignal } from '../../util/abort';
import { joinPath, relativePath } from '../../util/path';
import { BUILT_IN_AGENTS } from './builtIn';
import type { AgentProfile } from './model';
import type { ProfileProblem } from './readProfile';
import { type AgentList, readProfiles } from './readProfiles';

export interface Agents {
  /** The workspace's before the person's own of the same id. Of a workspace that is not trusted there are none. */
  list(root: string): Promise<AgentList>;
  /** One to work as, also one that is built in: a workspace's is asked for by its exact content. Rejects with an `ActError`. */
  use(root: string, id: string, signal?: AbortSignal): Promise<AgentProfile>;
  /** Names the content of an agent in logs. */
  hashOf(profile: AgentProfile): string;
}

export function createAgents(
  { files, trust, hasher }: Pick<Ports, 'files' | 'trust' | 'hasher'>,
  consents: Consents,
  kiroHome: string | undefined,
): Agents {
  const NONE: AgentList = { profiles: [], problems: [] };
  const home = kiroHome === undefined ? undefined : joinPath(kiroHome, 'agents');

  async function list(root: string): Promise<AgentList> {
    const [here, own] = await Promise.all([
      trust.trusted ? readProfiles(files, folderOf(root), root) : NONE,
      home === undefined ? NONE : readProfiles(files, home, undefined),
    ]);
    // One that cannot be read is no other one: its own may hold it to less.
    const unread = here.problems.filter(({ severity }) => severity === 'error');
    const taken = new Set([
      ...here.profiles.map(({ id }) => id),
      ...unread.map(({ path }) => idIn(folderOf(root), path)),
    ]);
    return {
      profiles: [...here.profiles, ...own.profiles.filter(({ id }) => !taken.has(id))],
      problems: [...here.problems, ...own.problems],
    };
  }

  return {
    list,
    async use(root, id, signal) {
      const { profiles, problems } = await list(root);
      const all = [...profiles, ...BUILT_IN_AGENTS];
      const found = all.find((each) => each.id === id) ?? all.find((each) => each.name === id);
      const wrong = problems.find(
        ({ severity, path }) =>
          severity === 'error' && [folderOf(root), home ?? ''].some((folder) => idIn(folder, path) === id),
      );
      if (!found && wrong) throw new ActError('invalid', whyUnread(root, id, wrong));
      if (!found) throw new ActError('notFound', `There is no agent “${id}”. ${known(all)}`);
      if (found.root === undefined) return found;
      const yes = await consents.obtain('agent', root, found.content, questionOf(found, found.root), signal);
      if (!yes)
        throw new ActError(
          'refused',
          `The agent “${found.name}” is not used: nobody has agreed to what it says.`,
        );
      return found;
    },
    hashOf: ({ content, prompt }) => hasher.sha256(JSON.stringify([content, prompt])),
  };
}

function folderOf(root: string): string {
  return joinPath(root, '.kiro/agents');
}

/** What an agent is called by, from where its file lies. */
function idIn(folder: string, path: string): string | undefined {
  return relativePath(folder, path)?.replace(/\.(?:md|json)$/, '');
}

function whyUnread(root: string, id: string, { path, line, message }: ProfileProblem): string {
  return `The agent “${id}” cannot be used. ${relativePath(root, path) ?? path}, line ${line}: ${message}`;
}

function known(all: readonly AgentProfile[]): string {
  return `There are ${all.map(({ id }) => id).join(', ')}.`;
}

/** Characters of the prompt that are shown: the file has the rest. */
const SHOWN = 600;

function questionOf(profile: AgentProfile, root: string) {
  const { name, path, tools = [], model, rules, hooks, mcpServers, resources } = profile;
  const prompt = profile.prompt.length > SHOWN ? `${profile.prompt.slice(0, SHOWN)}…` : profile.prompt;
  const servers = Object.entries(mcpServers).map(
    ([server, config]) => `${server}: ${JSON.stringify(config)}`,
  );
  const lines = [
    `${relativePath(root, path) ?? path} comes with this workspace. It leads the agent with these words:`,
    `\n${prompt}\n`,
    `Tools: ${tools.join(', ') || 'none'}. Each still asks as your rules say${rules.length > 0 ? ', and as its own stricter ones do' : ''}.`,
    model === undefined ? '' : `Model: ${model}.`,
    resources.length === 0 ? '' : `It reads: ${resources.join(', ')}.`,
    ...servers.map((server) => `Server of tools, asked for by itself before it starts: ${server}`),
    hooks === undefined || hooks === null ? '' : `Hooks: ${JSON.stringify(hooks)}`,
  ];
  return {
    title: `Work with the agent “${name}” of this workspace?`,
    detail: lines.filter(Boolean).join('\n'),
    answers: [{ id: 'use', label: 'Use It' }],
  };
}
