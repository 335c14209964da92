/** What servers have to read, for the agent: found by words, read by `@server:uri`, each asked for as `server/uri`. */
import * as z from 'zod';
import type { PermissionGate } from '../agent/permissions';
import { defineTool, reading, type Tool, ToolRefusal } from '../agent/tool';
import { errorMessage } from '../util/errorMessage';
import type { Ready } from './createServers';
import { framed, questionAbout, whoseOf } from './serverTool';

/** Rows of a list. */
const MOST_LISTED = 100;

export function resourceTools(ready: readonly Ready[], gate: PermissionGate): readonly Tool[] {
  const having = ready.filter(({ life }) => life.resources.length > 0);
  if (having.length === 0) return [];
  const names = having.map(({ server }) => server.config.name).sort();
  const list = defineTool({
    name: 'list_resources',
    description: `Lists what these servers have to read, ${MOST_LISTED} at most: ${names.join(', ')}. The query is a part of a name, an address or a description.`,
    input: z.object({ query: z.string().max(500).default('') }),
    reads: true,
    prepare: async ({ query }) => reading(async () => listed(having, query)),
  });
  const read = defineTool({
    name: 'read_resource',
    description:
      'Reads a resource of a server, @server:uri, as list_resources names it. Fill in what stands in {braces}.',
    input: z.object({ resource: z.string().min(1).max(4_000) }),
    async prepare({ resource }) {
      const [, name = '', uri = ''] = /^@?([^:]+):(.+)$/s.exec(resource) ?? [];
      const found = having.find(({ server }) => server.config.name === name);
      if (!found || uri === '')
        throw new ToolRefusal(`Write @server:uri, with one of these servers: ${names.join(', ')}.`);
      const whose = whoseOf(found.server);
      const question = { ...questionAbout(whose, uri), why: 'It is read' };
      if ((await gate.judge(question)).decision === 'deny')
        throw new ToolRefusal(`A rule forbids to read ${uri} of “${name}”.`);
      return {
        question,
        async perform(signal) {
          try {
            const text = await found.life.use(
              (connection, each) => connection.readResource(uri, each),
              signal,
            );
            return { ok: true, output: framed(name, uri, text) };
          } catch (error) {
            if (signal.aborted) throw error;
            return { ok: false, output: `The server “${name}” failed: ${errorMessage(error)}` };
          }
        },
      };
    },
  });
  return [list, read];
}

function listed(having: readonly Ready[], query: string): string {
  const wanted = query.trim().toLowerCase();
  const rows = having.flatMap(({ server, life }) =>
    life.resources.map(({ uri, name, description, mimeType }) => {
      const about = [name, mimeType, description.split('\n')[0]?.slice(0, 200)];
      return [`@${server.config.name}:${uri}`, ...about.filter((part) => part)].join(' · ');
    }),
  );
  const fitting = rows.filter((row) => row.toLowerCase().includes(wanted));
  if (fitting.length === 0) return `Nothing fits “${query}”; without a query all ${rows.length} are listed.`;
  const more = fitting.length - MOST_LISTED;
  const text = fitting.slice(0, MOST_LISTED).join('\n');
  return framed('servers', 'resources', more > 0 ? `${text}\n[${more} more; ask with a query]` : text);
}
