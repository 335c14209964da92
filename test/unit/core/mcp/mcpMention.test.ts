import { strict as assert } from 'node:assert';
import { mcpMention } from '../../../../src/core/mcp/mcpMention';
import type { McpServer, ServerState } from '../../../../src/core/mcp/model';
import { createAbort } from '../../../../src/core/util/abort';
import { createMemoryFiles } from '../../../support/memoryFiles';

function server(name: string, state: ServerState): McpServer {
  return {
    id: name,
    config: {
      ...{ name, scope: 'user', root: undefined, path: '/h/mcp.json', range: { start: 0, end: 0 } },
      ...{ disabled: false, autoApprove: [], disabledTools: [], timeout: 1, requestTimeout: 1, content: '' },
      ...{ transport: 'stdio', command: 'x', args: [], env: {}, cwd: undefined },
    },
    ...{ state, message: undefined, about: undefined, prompts: [] },
    tools: [
      {
        ...{ name: 'search', title: undefined, description: 'Finds notes\nand more', inputSchema: {} },
        ...{ saysReadOnly: true, tokens: 9, enabled: true, autoApproved: false },
      },
    ],
    resources: [
      { uri: 'notes://today', name: 'Today', description: '', mimeType: undefined, template: false },
      { uri: 'notes://{day}', name: 'A day', description: '', mimeType: undefined, template: true },
    ],
  };
}

const CONTEXT = {
  ...{ root: '/w', specs: () => [], isReadable: async () => true, readableDiff: async () => '' },
  ...{ files: createMemoryFiles(), reading: async () => createMemoryFiles() },
};

describe('#mcp', () => {
  const read: string[] = [];
  const kind = mcpMention({
    all: [server('notes', 'running'), server('other', 'unapproved')],
    ready: Promise.resolve(),
    readResource: async (id, uri) => {
      read.push(`${id} ${uri}`);
      return 'Buy milk';
    },
  });
  const { signal } = createAbort();
  const context = CONTEXT;

  it('offers servers and their resources, but none that may not run', async () => {
    const choices = await kind.choices?.('', context, signal);
    assert.deepEqual(choices?.map(({ argument }) => argument).sort(), ['notes', 'notes:notes://today']);
  });

  it('stands for what is in the resource, or for what the server can do', async () => {
    assert.equal(await kind.resolve('notes:notes://today', context, signal), 'Buy milk');
    assert.deepEqual(read, ['notes notes://today']);
    assert.match((await kind.resolve('notes', context, signal)) ?? '', /- search: Finds notes\n/);
    assert.equal(await kind.resolve('nobody', context, signal), undefined);
    await assert.rejects(kind.resolve('other', context, signal), /“other” is off/);
  });
});
