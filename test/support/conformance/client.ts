/**
 * Our client as `@modelcontextprotocol/conformance` drives it: `tsx client.ts <url>`, the scenario in the
 * environment. It does what a session does, and signs in as a person would who agrees to everything.
 */
import { tmpdir } from 'node:os';
import type { OAuthSettings } from '../../../src/core/mcp/model';
import { createServerLife, type LifeOptions } from '../../../src/core/mcp/serverLife';
import { createAbort } from '../../../src/core/util/abort';
import { laterMcp, memorySecrets } from '../../../src/node/mcp/laterMcp';
import { nodeClock } from '../../../src/node/nodePorts';
import { remoteServer } from '../realServers';

const { signal } = createAbort();

async function main(url: string): Promise<void> {
  const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
  const context: unknown = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
  const connector = laterMcp({
    environment: process.env,
    homeFolder: tmpdir(),
    secrets: memorySecrets(),
    // The server signs in whoever comes, and sends the browser back.
    async openBrowser(page) {
      const answer = await fetch(page, { redirect: 'manual' });
      const back = answer.headers.get('location');
      if (back === null) throw new Error(`No way back from ${page}: ${answer.status}`);
      await fetch(back);
    },
    version: '0',
  });
  const log = (text: string, why?: unknown) => console.error(text, why ?? '');
  const asked: LifeOptions['asked'] = {
    roots: [],
    canAsk: true,
    elicit: async () => ({ action: 'accept', content: {} }),
    sample: async () => ({ model: 'none', text: 'nothing' }),
    signIn: async () => true,
  };
  const oauth = {
    ...(scenario === 'auth/basic-cimd'
      ? { clientMetadataUrl: 'https://conformance-test.local/client-metadata.json' }
      : {}),
    ...clientOf(context),
  };
  const config = remoteServer('conformance', url, { oauth });
  const shared = { clock: nodeClock, log: { warn: log }, onChange: () => {} };
  const server = createServerLife(config, { ...shared, connector, asked });
  try {
    await server.open(true);
    for (const { name, inputSchema } of server.tools) {
      const answer = await server.use(
        (connection, each) => connection.call(name, sampleOf(inputSchema), each, () => {}),
        signal,
      );
      console.error(`${name}: ${answer.text.slice(0, 200)}`);
    }
  } finally {
    for (const { text } of server.log) console.error(text);
    await server.close();
  }
}

/** As the person gives it: the secret from their environment, never from a file. */
function clientOf(context: unknown): OAuthSettings {
  const { client_id, client_secret } = context as Readonly<Record<string, unknown>>;
  return {
    ...(typeof client_id === 'string' ? { clientId: client_id } : {}),
    ...(typeof client_secret === 'string' ? { clientSecret: client_secret } : {}),
  };
}

/** Numbers for numbers, words for words. */
function sampleOf({ properties = {} }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const of = (schema: unknown) => {
    const { type } = schema as { readonly type?: unknown };
    return type === 'number' || type === 'integer' ? 2 : type === 'boolean' ? true : 'text';
  };
  return Object.fromEntries(Object.entries(properties ?? {}).map(([name, schema]) => [name, of(schema)]));
}

main(process.argv.at(-1) ?? '').then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
