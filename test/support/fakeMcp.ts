/** Servers of tools without processes: what they have and how they fail is the test's. */
import type { McpResource, ServerConfig } from '../../src/core/mcp/model';
import type { McpConnection, McpConnector, McpHost } from '../../src/core/mcp/ports';
import type { AbortSignal } from '../../src/core/util/abort';

type ListedTool = Awaited<ReturnType<McpConnection['tools']>>[number];

export interface FakeServer {
  tools?: readonly (string | Partial<ListedTool>)[];
  /** Addresses of what can be read. */
  resources?: readonly string[];
  /** What a call comes to; without it, its name and input. */
  call?: (
    tool: string,
    input: unknown,
    signal: AbortSignal,
    onProgress: (text: string) => void,
  ) => Promise<string>;
  /** Instead of a connection. */
  connect?: (signal: AbortSignal, host: McpHost) => Promise<void>;
  list?: () => Promise<void>;
}

export interface FakeMcp extends McpConnector {
  /** Configurations as they were started with, in order. */
  readonly started: readonly ServerConfig[];
  readonly closed: readonly string[];
  readonly signedOut: readonly string[];
  /** The host that the latest connection of a server was given. */
  hostOf(name: string): McpHost;
}

export function createFakeMcp(
  servers: Readonly<Record<string, FakeServer>>,
  variables: Readonly<Record<string, string>> = {},
): FakeMcp {
  const started: ServerConfig[] = [];
  const closed: string[] = [];
  const signedOut: string[] = [];
  const hosts = new Map<string, McpHost>();
  return {
    started,
    closed,
    signedOut,
    hostOf(name) {
      const host = hosts.get(name);
      if (!host) throw new Error(`${name} was never started.`);
      return host;
    },
    variable: (name) => variables[name],
    async connect(config, host, signal) {
      const server = servers[config.name] ?? {};
      started.push(config);
      hosts.set(config.name, host);
      await server.connect?.(signal, host);
      return {
        about: `${config.name} 1.0`,
        async tools() {
          await server.list?.();
          return (server.tools ?? []).map(toTool);
        },
        prompts: async () => [],
        resources: async () => (server.resources ?? []).map(toResource),
        async call(tool, input, each, onProgress) {
          const text = await server.call?.(tool, input, each, onProgress);
          return { ok: true, text: text ?? `${tool} ${JSON.stringify(input)}` };
        },
        readResource: async (uri) => `text of ${uri}`,
        prompt: async (name) => `words of ${name}`,
        async close() {
          closed.push(config.name);
        },
      };
    },
    async signOut({ name }) {
      signedOut.push(name);
    },
  };
}

function toResource(uri: string): McpResource {
  return { uri, name: `name of ${uri}`, description: '', mimeType: undefined, template: uri.includes('{') };
}

function toTool(tool: string | Partial<ListedTool>): ListedTool {
  const given = typeof tool === 'string' ? { name: tool } : tool;
  return {
    name: 'tool',
    title: undefined,
    description: '',
    inputSchema: { type: 'object' },
    saysReadOnly: false,
    ...given,
  };
}
