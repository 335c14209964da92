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
      ['A client secret does not belong in a file. It is not used.'],
    );
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
