/** Real servers from npm, over a real wire. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerConfig } from '../../../../src/core/mcp/model';
import type { Elicitation, McpConnection } from '../../../../src/core/mcp/ports';
import { createAbort } from '../../../../src/core/util/abort';
import { laterMcp, memorySecrets } from '../../../../src/node/mcp/laterMcp';
import { commandServer, EVERYTHING, FILESYSTEM, MEMORY, quietHost } from '../../../support/realServers';

const forever = createAbort().signal;

const connector = laterMcp({
  environment: process.env,
  homeFolder: tmpdir(),
  secrets: memorySecrets(),
  openBrowser: undefined,
  version: '0',
});

describe('Real servers over standard input and output', () => {
  let folder: string;
  const open: McpConnection[] = [];
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-mcp-')));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });

  async function connect(config: ServerConfig, host = quietHost()): Promise<McpConnection> {
    const connection = await connector.connect(config, host, forever);
    open.push(connection);
    return connection;
  }

  it('lists and calls tools, prompts and resources of the server that has everything', async () => {
    const asked: Elicitation[] = [];
    const host = quietHost({
      canAsk: true,
      roots: [folder],
      async elicit(request) {
        asked.push(request);
        const several = request.type === 'form' && request.fields.find(({ type }) => type === 'choices');
        const chosen = several ? several.choices.slice(0, 2).map(({ value }) => value) : [];
        return { action: 'accept', content: { name: 'Ada', ...(several && { [several.name]: chosen }) } };
      },
      sample: async ({ messages }) => ({ model: 'scripted', text: `heard ${messages.length}` }),
    });
    const server = await connect(commandServer('everything', [EVERYTHING]), host);
    assert.match(server.about, /\d/);
    const [tools, prompts, resources] = await Promise.all([
      server.tools(forever),
      server.prompts(forever),
      server.resources(forever),
    ]);
    const names = tools.map(({ name }) => name);
    assert.ok(names.includes('echo'));
    const call = (name: string, input: unknown, onProgress = (_: string) => {}) =>
      server.call(name, input, forever, onProgress);
    assert.deepEqual(await call('echo', { message: 'hello' }), { ok: true, text: 'Echo: hello' });
    assert.equal((await call('echo', { nothing: 1 })).ok, false);
    assert.ok(prompts.some(({ name }) => name === 'args-prompt'));
    assert.ok(resources.some(({ template }) => template) && resources.some(({ template }) => !template));
    const [first] = resources.filter(({ template }) => !template);
    assert.match(await server.readResource(first?.uri ?? '', forever), /^\[resource demo:/);
    assert.match(await server.prompt('args-prompt', { city: 'Graz' }, forever), /Graz/);
    assert.match(
      (await call('get-tiny-image', {})).text,
      /\[image, image\/png, \d+ (?:bytes|KB); not shown\]/,
    );
    assert.match((await call('get-roots-list', {})).text, /earshot-mcp-/);
    assert.match((await call('trigger-sampling-request', { prompt: 'hi' })).text, /heard 1/);
    const elicited = await call('trigger-elicitation-request', {});
    const [form] = asked;
    assert.ok(form?.type === 'form');
    const several = form.fields.find(({ type }) => type === 'choices');
    assert.deepEqual([several?.minimum, several?.maximum, Array.isArray(several?.default)], [1, 3, true]);
    // Several of a list go back as a list.
    const [one, two] = several?.choices ?? [];
    assert.match(elicited.text.replace(/\s/g, ''), new RegExp(`\\["${one?.value}","${two?.value}"\\]`));
    const progress: string[] = [];
    const long = { duration: 0.2, steps: 2 };
    await call('trigger-long-running-operation', long, (text) => progress.push(text));
    assert.equal(progress[0], '1 of 2');
  });

  it('reads files where the server may, and is told when it may not', async () => {
    writeFileSync(join(folder, 'a.txt'), 'in the folder');
    const server = await connect(commandServer('files', [FILESYSTEM, folder]));
    const read = (path: string) => server.call('read_text_file', { path }, forever, () => {});
    assert.match((await read(join(folder, 'a.txt'))).text, /in the folder/);
    const outside = await read('/etc/hostname');
    assert.equal(outside.ok, false);
    assert.match(outside.text, /denied|outside/i);
  });

  it('gives a server the variables of its configuration', async () => {
    const env = { MEMORY_FILE_PATH: join(folder, 'memory.json') };
    const server = await connect(commandServer('memory', [MEMORY], { env }));
    const entities = [{ name: 'Ada', entityType: 'person', observations: ['counts'] }];
    await server.call('create_entities', { entities }, forever, () => {});
    const found = await server.call('search_nodes', { query: 'counts' }, forever, () => {});
    assert.match(found.text, /Ada/);
  });
}).timeout(60_000);
