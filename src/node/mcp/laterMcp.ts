import type { McpConnector } from '../../core/mcp/ports';

/** Where tokens are kept: the editor's secrets, or this process' memory. Never a file, never a log. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  /** Undefined: forgets it. */
  set(key: string, value: string | undefined): Promise<void>;
}

export interface McpOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the person's own servers run, as the core writes paths. */
  readonly homeFolder: string;
  readonly secrets: SecretStore;
  /** Undefined: nobody can sign in. */
  readonly openBrowser: ((url: string) => Promise<void>) | undefined;
  readonly version: string;
}

/** Loaded with the first server: most windows have none. */
export function laterMcp(options: McpOptions): McpConnector {
  let made: Promise<Omit<McpConnector, 'variable'>> | undefined;
  const connector = () => {
    made ??= import('./connector').then(({ createConnector }) => createConnector(options));
    return made;
  };
  return {
    variable: (name) => options.environment[name],
    connect: async (config, host, signal) => (await connector()).connect(config, host, signal),
    signOut: async (config) => (await connector()).signOut(config),
  };
}

/** For as long as the process lives. */
export function memorySecrets(): SecretStore {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key),
    async set(key, value) {
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
    },
  };
}
