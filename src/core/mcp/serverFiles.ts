/** The `mcp.json` files of the person and of the open workspace folders, as they stand on the disk. */
import type { Ports } from '../ports';
import { concernsPowers, dataNamedIn, powerFolders, withPlaceIn } from '../powers/powerPlaces';
import { errorMessage } from '../util/errorMessage';
import { joinPath } from '../util/path';
import { fromRegistry, type Registry } from './fromRegistry';
import type { McpProblem, ServerConfig } from './model';
import { parseServers, type ServerFile } from './parseServers';

/** Also as plugins of Claude Code have it. */
const POWER_FILES = ['mcp.json', '.mcp.json'];

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

/** While somebody types, the last that could be read goes on. */
function goingOn(now: ServerFile, before: ServerFile | undefined): ServerFile {
  return now.broken ? { ...now, servers: before?.servers ?? [] } : now;
}

export function createServerFiles(
  { files, log }: Pick<Ports, 'files' | 'log'>,
  kiroHome: string | undefined,
  roots: readonly string[],
  registry: Registry = () => undefined,
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
      const scope = root === undefined ? 'user' : 'workspace';
      const meant = (value: unknown, name: string) => fromRegistry(value, name, registry);
      return [path, parseServers(text, { path, root, scope, meant })];
    } catch (error) {
      log.warn(`Could not read ${path}`, error);
      const message = `This file cannot be read: ${errorMessage(error)}. Its servers stay as they were.`;
      const range = { start: 0, end: 0 };
      return [path, { servers: [], problems: [{ path, severity: 'error', message, range }], broken: true }];
    }
  }

  /** Those of powers, by the folder that they lie below. */
  const brought = new Map<string | undefined, ReadonlyMap<string, ServerFile>>();

  async function readPowers(root: string | undefined): Promise<readonly (readonly [string, ServerFile])[]> {
    const base = root === undefined ? kiroHome : joinPath(root, '.kiro');
    if (base === undefined) return [];
    const all = (await powerFolders(files, base)).map(async (power) => {
      for (const name of POWER_FILES) {
        const path = joinPath(power, name);
        const text = await files.readText(path).catch(() => undefined);
        if (text === undefined) continue;
        const meant = (value: unknown) => withPlaceIn(value, power);
        const needs = (value: unknown) => dataNamedIn(value, power);
        return [path, parseServers(text, { path, root, scope: 'power', meant, needs })] as const;
      }
      return undefined;
    });
    return (await Promise.all(all)).filter((each) => each !== undefined);
  }

  function serversOf(root: string | undefined): readonly ServerConfig[] {
    const path = pathOf(root);
    return (path !== undefined && found.get(path)?.servers) || [];
  }

  function of(root: string | undefined): readonly ServerConfig[] {
    const here = root === undefined ? [] : serversOf(root);
    const powers = new Set([root, undefined]);
    const others = [...powers].flatMap((each) =>
      [...(brought.get(each)?.values() ?? [])].flatMap(({ servers }) => servers),
    );
    // The first of a name counts: what a person or a workspace writes is before what a power brings.
    const byName = new Map<string, ServerConfig>();
    for (const config of [...here, ...serversOf(undefined), ...others])
      if (!byName.has(config.name)) byName.set(config.name, config);
    return [...byName.values()];
  }

  return {
    of,
    pathOf,
    get all() {
      const all = [...(roots.length === 0 ? [undefined] : roots)].flatMap(of);
      return [...new Map(all.map((config) => [idOf(config), config])).values()];
    },
    get problems() {
      const every = [...found.values(), ...[...brought.values()].flatMap((each) => [...each.values()])];
      return every.flatMap(({ problems }) => problems);
    },
    concerns: (path) =>
      [undefined, ...roots].some((root) => {
        const file = pathOf(root);
        const base = root === undefined ? kiroHome : joinPath(root, '.kiro');
        if (base !== undefined && concernsPowers(base, path)) return true;
        return file !== undefined && (file === path || file.startsWith(`${path}/`));
      }),
    async load() {
      const reading = ++readings;
      const places = [undefined, ...roots];
      const [all, powers] = await Promise.all([
        Promise.all(places.map(read)),
        Promise.all(places.map(readPowers)),
      ]);
      // One that began earlier may end later, and is out of date then.
      if (reading !== readings) return;
      for (const entry of all) if (entry) found.set(entry[0], goingOn(entry[1], found.get(entry[0])));
      for (const [index, root] of places.entries()) {
        const before = new Map(brought.get(root));
        const now = (powers[index] ?? []).map(
          ([path, file]) => [path, goingOn(file, before.get(path))] as const,
        );
        brought.set(root, new Map(now));
      }
    },
  };
}
