// Feature: mcp-engine, Property 2: What is shown is what runs
// Verifies: mcp-engine#1.5
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { offerOfCommandLine } from '../../../../src/core/mcp/adding/commandLine';
import { freeName, whatRuns } from '../../../../src/core/mcp/adding/offer';
import { readOffers } from '../../../../src/core/mcp/adding/readOffers';
import { runs } from '../../../support/soak';

/** As a configuration writes it. */
const variable = (name: string) => `\${${name}}`;

function only(text: string) {
  const [offer, ...more] = readOffers(text);
  assert.ok(offer && more.length === 0, text);
  return offer;
}

describe('a server that somebody wants to add', () => {
  it('is read from a command line as a shell reads it, and gets a short name', () => {
    const table: readonly [line: string, name: string, config: object][] = [
      [
        'npx -y @modelcontextprotocol/server-memory',
        'memory',
        { command: 'npx', args: ['-y', '@modelcontextprotocol/server-memory'] },
      ],
      [
        `API_KEY=$TOKEN MODE='read only' uvx mcp-server-git --repository "a b"`,
        'git',
        {
          command: 'uvx',
          args: ['mcp-server-git', '--repository', 'a b'],
          env: { API_KEY: variable('TOKEN'), MODE: 'read only' },
        },
      ],
      [
        'docker run -i --rm -e KEY="x y" ghcr.io/acme/search-mcp:1.2',
        'search',
        { command: 'docker', args: ['run', '-i', '--rm', '-e', 'KEY=x y', 'ghcr.io/acme/search-mcp:1.2'] },
      ],
      ['/opt/tools/my-server.js', 'my', { command: '/opt/tools/my-server.js', args: [] }],
    ];
    for (const [line, name, config] of table) {
      const offer = only(line);
      assert.deepEqual([offer.name, offer.config], [name, config], line);
    }
  });

  it('is no pipe, list, redirection or expansion: no shell will run it', () => {
    for (const line of [
      'npx a | tee b',
      'npx a && rm -rf b',
      'npx a > b',
      'npx $(curl x)',
      'npx a*',
      'npx a &',
      "npx 'a",
    ])
      assert.throws(() => readOffers(line), { name: 'ActError' }, line);
  });

  it('is shown word for word as it will run', () => {
    const word = fc
      .string({ minLength: 1, maxLength: 12 })
      .filter((text) => /^[^\p{C}\\]+$/u.test(text) && !/^\w+=/.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const [command = '', ...args] = ['npx', ...words];
        assert.deepEqual(offerOfCommandLine(whatRuns({ command, args })).config, { command, args });
      }),
      runs(100),
    );
  });

  it('is an address by https, or on this machine', () => {
    assert.deepEqual(only('https://mcp.example.com/mcp'), {
      ...{ name: 'example', description: '', variables: [] },
      config: { url: 'https://mcp.example.com/mcp' },
    });
    assert.equal(only('http://127.0.0.1:3000/mcp').name, 'local');
    assert.throws(() => readOffers('http://example.com/mcp'), /https/);
  });

  it('is taken from a configuration that was pasted, of Kiro or of VS Code, whole or a part', () => {
    const server = { command: 'npx', args: ['x'], env: { A: '1' } };
    const texts = [
      JSON.stringify({ mcpServers: { a: server } }),
      JSON.stringify({ servers: { a: server } }),
      `"a": ${JSON.stringify(server)},`,
      `{ "a": ${JSON.stringify(server)} }`,
    ];
    for (const text of texts) {
      const { name, config } = only(text);
      assert.deepEqual([name, config], ['a', server], text);
    }
    assert.throws(() => readOffers('{ "a": '), /not valid JSON/);
    assert.throws(() => readOffers('{ "b": 1 }'), /no server/);
  });

  it('is taken from a registry file: packages by their runner, addresses, secrets left to the environment', () => {
    const file = {
      servers: [
        {
          server: {
            name: 'io.github.acme/weather-mcp',
            description: 'Weather',
            packages: [
              {
                ...{ registryType: 'npm', identifier: '@acme/weather', version: '1.2.0' },
                transport: { type: 'stdio' },
                packageArguments: [
                  { type: 'named', name: '--units', default: 'metric' },
                  { type: 'positional', valueHint: 'city', isRequired: true },
                ],
                environmentVariables: [
                  { name: 'WEATHER_KEY', description: 'Your key', isRequired: true, isSecret: true },
                ],
              },
            ],
          },
          _meta: {},
        },
        { server: { name: 'com.example/acme', remotes: [{ type: 'sse', url: 'https://example.com/sse' }] } },
        { server: { name: 'com.example/odd', packages: [{ registryType: 'mcpb', identifier: 'x' }] } },
      ],
    };
    const [weather, acme, ...more] = readOffers(JSON.stringify(file));
    assert.deepEqual(more, []);
    assert.deepEqual(weather, {
      ...{ name: 'weather', description: 'Weather' },
      config: {
        command: 'npx',
        args: ['-y', '@acme/weather@1.2.0', '--units', 'metric', variable('CITY')],
        env: { WEATHER_KEY: variable('WEATHER_KEY') },
      },
      variables: [
        { name: 'WEATHER_KEY', description: 'Your key', required: true, secret: true, default: undefined },
      ],
    });
    assert.deepEqual(acme?.config, { url: 'https://example.com/sse', type: 'sse' });
  });

  it('gets a name that can be mentioned and that no other has', () => {
    assert.equal(freeName('my server/1', []), 'my-server-1');
    assert.equal(freeName('memory', ['memory', 'memory-2']), 'memory-3');
    assert.equal(freeName('***', []), 'server');
  });
});
