/** The `mcp.json` files of the person and of the open workspace folders, as they stand on the disk. */
import type { Ports } from '../ports';
import { errorMessage } from '../util/errorMessage';
import { joinPath } from '../util/path';
import type { McpProblem, ServerConfig } from './model';
import { parseServers, type ServerFile } from './parseServers';

const BELOW = 'settings/mcp.json';

/** A server's id: a name is unique in its file. */
export function idOf({ path, name }: Pick<ServerConfig, 'path' | 'name'>): string {
  return `${path}#${name}`;
}

export interface ServerFiles {
  readonly problems: readonly McpProblem[];
  /** Of a workspace folder, the folder's over the person's. */
  of(root: string | undefined): readonly ServerConfig[];
  /** Each that counts somewhere. */
  readonly all: readonly ServerConfig[];
  /** Where the servers of a workspace folder, or the person's own, are written. Undefined: the person has no folder. */
  pathOf(root: string | undefined): string | undefined;
  concerns(path: string): boolean;
  /** Reads all of them again. */
  load(): Promise<void>;
}

export function createServerFiles(
  { files, log }: Pick<Ports, 'files' | 'log'>,
  kiroHome: string | undefined,
  roots: readonly string[],
): ServerFiles {
  const found = new Map<string, ServerFile>();
  let readings = 0;

  function pathOf(root: string | undefined): string | undefined {
    if (root !== undefined) return joinPath(root, '.kiro', BELOW);
    return kiroHome === undefined ? undefined : joinPath(kiroHome, BELOW);
  }

  async function read(root: string | undefined): Promise<readonly [string, ServerFile] | undefined> {
    const path = pathOf(root);
    if (path === undefined) return undefined;
    try {
      const text = (await files.readText(path)) ?? '';
      return [path, parseServers(text, { path, root, scope: root === undefined ? 'user' : 'workspace' })];
    } catch (error) {
      log.warn(`Could not read ${path}`, error);
      const message = `This file cannot be read: ${errorMessage(error)}. Its servers stay as they were.`;
      const range = { start: 0, end: 0 };
      return [path, { servers: [], problems: [{ path, severity: 'error', message, range }], broken: true }];
    }
  }

  function serversOf(root: string | undefined): readonly ServerConfig[] {
    const path = pathOf(root);
    return (path !== undefined && found.get(path)?.servers) || [];
  }

  function of(root: string | undefined): readonly ServerConfig[] {
    const own = root === undefined ? [] : serversOf(root);
    const names = new Set(own.map(({ name }) => name));
    return [...own, ...serversOf(undefined).filter(({ name }) => !names.has(name))];
  }

  return {
    of,
    pathOf,
    get all() {
      const all = [...(roots.length === 0 ? [undefined] : roots)].flatMap(of);
      return [...new Map(all.map((config) => [idOf(config), config])).values()];
    },
    get problems() {
      return [...found.values()].flatMap(({ problems }) => problems);
    },
    concerns: (path) =>
      [undefined, ...roots].some((root) => {
        const file = pathOf(root);
        return file !== undefined && (file === path || file.startsWith(`${path}/`));
      }),
    async load() {
      const reading = ++readings;
      const all = await Promise.all([undefined, ...roots].map(read));
      // One that began earlier may end later, and is out of date then.
      if (reading !== readings) return;
      for (const entry of all) {
        if (!entry) continue;
        const [path, now] = entry;
        // While somebody types, the last that could be read goes on.
        const servers = now.broken ? (found.get(path)?.servers ?? []) : now.servers;
        found.set(path, { ...now, servers });
      }
    },
  };
}
