// Feature: mcp-engine, Property 1: A file is read as far as it can be
// Verifies: mcp-engine#1.2-1.4
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseServers } from '../../../../src/core/mcp/parseServers';
import { startOf } from '../../../../src/core/mcp/readConfig';
import { fillVariables, variablesOf } from '../../../../src/core/mcp/variables';
import { corpusRoot } from '../../../support/corpus';
import { runs } from '../../../support/soak';

const FILE = { path: '/project/.kiro/settings/mcp.json', root: '/project', scope: 'workspace' } as const;
const parse = (value: unknown) =>
  parseServers(typeof value === 'string' ? value : JSON.stringify(value, null, 2), FILE);
const parseOne = (server: unknown) => parse({ mcpServers: { one: server } });

/** Each problem with the words that it stands at. */
function told(text: string): readonly string[] {
  return parseServers(text, FILE).problems.map(
    ({ severity, message, range }) => `${severity} ${text.slice(range.start, range.end)}: ${message}`,
  );
}

describe('An mcp.json', () => {
  it('says what runs, who is told what, and what the person approved', () => {
    const { servers, problems } = parse({
      mcpServers: {
        here: { command: 'npx', args: ['-y', 'a'], env: { KEY: `\${KEY}` }, cwd: '/x', disabledTools: ['b'] },
        there: {
          url: 'https://example.org/mcp',
          headers: { Authorization: `Bearer \${TOKEN}` },
          oauth: { clientId: 'c', oauthScopes: ['read'] },
          autoApprove: ['*'],
          disabled: true,
          timeout: 5,
        },
      },
    });
    assert.deepEqual(problems, []);
    const [here, there] = servers;
    assert.ok(here?.transport === 'stdio' && there?.transport === 'http');
    assert.deepEqual(
      [here.command, here.args, here.cwd, here.disabledTools],
      ['npx', ['-y', 'a'], '/x', ['b']],
    );
    assert.deepEqual([here.timeout, here.requestTimeout], [60_000, 120_000]);
    assert.deepEqual([there.disabled, there.autoApprove, there.timeout], [true, ['*'], 5]);
    assert.deepEqual(there.oauth, { clientId: 'c', scopes: ['read'] });
    assert.deepEqual(variablesOf(here), ['KEY']);
    assert.deepEqual(variablesOf(there), ['TOKEN']);
  });

  it('names the place of each mistake, and loses no other server for it', () => {
    const text = `{ "mcpServers": {
      "fine": { "command": "a" },
      "none": { },
      "plain": { "url": "http://example.org/mcp" },
      "local": { "url": "http://127.0.0.1:3000/mcp" },
      "wrong": { "command": "b", "args": "c", "alwaysAllow": ["d"], "colour": 1 }
    } }`;
    assert.deepEqual(
      parseServers(text, FILE).servers.map(({ name }) => name),
      ['fine', 'local', 'wrong'],
    );
    assert.deepEqual(told(text), [
      'error "none": It has neither a command nor a url, so this server does not start.',
      'error "http://example.org/mcp": Only servers on this machine may be reached by http. Write https:// here.',
      'warning ["d"]: “alwaysAllow” is not known here. Kiro and Earshot read “autoApprove”.',
      'hint 1: “colour” is not known here, so nothing comes of it.',
      'warning "c": “args” is no list of texts, so it does not count.',
    ]);
  });

  it('reaches nobody by http who only looks like this machine', () => {
    for (const url of [
      'http://localhost.example.org/',
      'http://localhost@example.org/',
      'http://127.0.0.1.example.org/',
      'http://[::2]/',
      'ftp://localhost/',
      'javascript:alert(1)',
    ])
      assert.equal(parseOne({ url }).servers.length, 0, url);
    for (const url of [
      'http://localhost:1/',
      'http://[::1]:1/',
      'http://user@127.0.0.1/',
      'HTTPS://example.org',
    ])
      assert.equal(parseOne({ url }).servers.length, 1, url);
  });

  it('keeps a secret out of the file, and says so', () => {
    const { problems } = parseOne({ url: 'https://example.org', oauth: { clientSecret: 's' } });
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        `A secret does not belong in a file, so it is not used. Write \${MY_SECRET} here and set MY_SECRET in the environment.`,
      ],
    );
    const named = { clientId: 'c', clientSecret: `\${MY_SECRET}` };
    const { servers, problems: none } = parseOne({ url: 'https://example.org', oauth: named });
    assert.deepEqual([servers[0]?.transport === 'http' && servers[0].oauth, none], [named, []]);
    const { clientSecret } = named;
    const alone = parseOne({ url: 'https://example.org', oauth: { clientSecret } });
    assert.match(alone.problems[0]?.message ?? '', /needs a clientId/);
  });

  it('names what to do where a server is one of a registry, and takes what is waited for', () => {
    assert.deepEqual(told('{"mcpServers": {"a": {"type": "registry"}}}'), [
      'warning "registry": No registry of your organisation has this server, so it does not start. Write its “command” or “url” here instead of “type”; “Earshot: Add MCP Server” takes them from a registry file.',
    ]);
    const [waits] = parseOne({ command: 'a', waitForReady: true }).servers;
    assert.equal(waits?.waitForReady, true);
  });

  it('that is half typed is known to be broken, and an empty one is not', () => {
    assert.equal(parse('{ "mcpServers": { "a": { "command": ').broken, true);
    assert.equal(parse('').broken, false);
    assert.equal(parse('[]').problems[0]?.severity, 'error');
  });

  it('of another program is told apart', () => {
    assert.match(parse({ servers: { a: { command: 'b' } } }).problems[0]?.message ?? '', /"mcpServers"/);
  });

  it('asks again when anything changes that decides what runs, and restarts for no approval', () => {
    const of = (more: object) => parseOne({ command: 'a', ...more }).servers[0];
    const before = of({});
    for (const more of [{ command: 'b' }, { args: ['c'] }, { env: { D: 'e' } }, { cwd: '/f' }]) {
      const after = of(more);
      assert.ok(before && after && startOf(before) !== startOf(after) && before.content !== after.content);
    }
    const remote = (more: object) => parseOne({ url: 'https://a.example/mcp', ...more }).servers[0];
    const far = remote({});
    for (const more of [
      { url: 'https://b.example/mcp' },
      { headers: { A: 'b' } },
      { oauth: { clientId: 'c' } },
    ]) {
      const after = remote(more);
      assert.ok(far && after && startOf(far) !== startOf(after) && far.content !== after.content);
    }
    assert.notEqual(far?.content, remote({ autoApprove: ['*'] })?.content);
    const approved = of({ autoApprove: ['*'] });
    assert.ok(before && approved && startOf(before) === startOf(approved));
    assert.notEqual(before.content, approved.content);
    assert.equal(of({ disabledTools: ['x'] })?.content, before.content);
  });

  it('fills in variables only when it starts, and refuses one that is not set', () => {
    const [server] = parseOne({ command: 'a', args: [`\${A}`], env: { B: `x\${env:A}` } }).servers;
    assert.ok(server);
    const { config, secrets } = fillVariables(server, () => 'secret');
    assert.ok(config.transport === 'stdio');
    assert.deepEqual([config.args, config.env, secrets], [['secret'], { B: 'xsecret' }, ['secret']]);
    assert.throws(() => fillVariables(server, () => undefined), /\$\{A\} is not set/);
  });

  it('has variables in every text that decides what runs and who is asked, each known by its place', () => {
    const text = JSON.stringify({
      mcpServers: {
        a: { command: `\${A}/bin`, args: ['-x', `\${B}`], env: { K: `\${C}` }, cwd: `\${D}` },
        b: { url: `\${E}/mcp`, headers: { H: `x \${F}` }, oauth: { clientId: `\${G}` } },
      },
    });
    const { servers, problems } = parseServers(text, FILE);
    assert.deepEqual(problems, []);
    const places = servers.flatMap(({ variables = [] }) =>
      variables.map(({ name, range }) => `${name} ${text.slice(range.start, range.end)}`),
    );
    assert.deepEqual(places, [
      ...[`A "\${A}/bin"`, `B "\${B}"`, `C "\${C}"`, `D "\${D}"`],
      ...[`E "\${E}/mcp"`, `F "x \${F}"`, `G "\${G}"`],
    ]);
    const filled = servers.map(
      (server) => fillVariables(server, (name) => `https://${name.toLowerCase()}`).config,
    );
    const [first, second] = filled;
    assert.ok(first?.transport === 'stdio' && second?.transport === 'http');
    const { command, args, env, cwd } = first;
    const { url, headers, oauth } = second;
    assert.deepEqual(
      [
        { command, args, env, cwd },
        { url, headers, oauth },
      ],
      [
        { command: 'https://a/bin', args: ['-x', 'https://b'], env: { K: 'https://c' }, cwd: 'https://d' },
        { url: 'https://e/mcp', headers: { H: 'x https://f' }, oauth: { clientId: 'https://g' } },
      ],
    );
  });

  it('reaches nobody by http by way of a variable', () => {
    for (const [url, value, may] of [
      [`\${X}/mcp`, 'https://example.org', true],
      [`\${X}/mcp`, 'http://127.0.0.1:1', true],
      [`\${X}/mcp`, 'http://example.org', false],
      [`\${X}/mcp`, 'example.org', false],
      [`\${X}/mcp`, `http://\${X`, false],
      [`http://localhost\${X}/`, '.example.org', false],
      [`http://\${X}/`, 'localhost', true],
      [`https://\${X}/`, 'example.org', true],
    ] as const) {
      const [server] = parseOne({ url }).servers;
      assert.ok(server, url);
      const fill = () => fillVariables(server, () => value);
      if (may) fill();
      else
        assert.throws(fill, (error: Error) => error.message.includes(url) && !error.message.includes('.org'));
    }
  });

  it('is read whatever it holds, with problems inside of it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"mcpServers":{"a":${json}}}`),
        ),
        (text) => {
          for (const { range } of parseServers(text, FILE).problems)
            assert.ok(range.start >= 0 && range.end <= Math.max(1, text.length) && range.start <= range.end);
        },
      ),
      runs(200),
    );
  });
});

describe('The corpus of real mcp.json files', () => {
  before(function () {
    if (corpusRoot() === undefined) this.skip();
  });

  it('loads with the problems that a reviewed list has, and no others', () => {
    const root = corpusRoot() ?? '';
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.replaceAll('\\', '/').endsWith('settings/mcp.json'))
      .sort()
      .map((name) => {
        const { servers, problems } = parseServers(readFileSync(join(root, name), 'utf8'), FILE);
        const lines = problems.map(({ severity, message }) => `${severity}: ${message}`);
        return [name.split(/[\\/]/)[0], servers.length, ...lines];
      });
    const golden: unknown = JSON.parse(
      readFileSync(join(__dirname, '../../../golden/mcp-corpus.json'), 'utf8'),
    );
    assert.deepEqual(found, golden);
  });
});
