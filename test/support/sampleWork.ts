/** Twelve tasks over a copy of the sample project: the code and the tests that somebody who does them writes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from './host/paths';

export interface Piece {
  readonly id: string;
  /** What it is for, as a sentence of the requirements. */
  readonly criterion: string;
  readonly creates: Readonly<Record<string, string>>;
  /** In files that others change, too, each at a place of its own. */
  readonly edits: readonly Edit[];
  /** The test that shows it. */
  readonly test: Readonly<{ path: string; content: string }>;
  /** By the project's own test runner. */
  readonly check: string;
}

export interface Edit {
  readonly path: string;
  readonly oldText: string;
  readonly newText: string;
}

export const WORK_SPEC = '.kiro/specs/link-care';
const README = readFileSync(join(repoRoot, 'media/sample/README.md'), 'utf8');

function testOf(id: string, name: string, criterion: string, imports: string, proof: string): Piece['test'] {
  const once = proof.includes('once(') ? "import { once } from 'node:events';\n" : '';
  const content = `import assert from 'node:assert/strict';
${once}import test from 'node:test';
${imports}

// Verifies: link-care#${id}
test('${criterion}', async (t) => {
  ${proof.replaceAll('\n', '\n  ')}
});
`;
  return { path: `test/${name}.test.js`, content };
}

/** A module of its own, and its row in the read-me's table, behind that of another. */
function create(
  id: string,
  name: string,
  criterion: string,
  behind: string,
  code: string,
  proof: string,
): Piece {
  const row = README.split('\n').find((line) => line.startsWith(`| \`src/${behind}.js\``)) ?? '';
  const exported = /export function (\w+)/.exec(code)?.[1] ?? '';
  const test = testOf(id, name, criterion, `import { ${exported} } from '../src/${name}.js';`, proof);
  return {
    id,
    criterion,
    creates: { [`src/${name}.js`]: code },
    edits: [{ path: 'README.md', oldText: row, newText: `${row}\n| \`src/${name}.js\` | ${criterion} |` }],
    test,
    check: `node --test ${test.path}`,
  };
}

type Replacement = readonly [oldText: string, newText: string];

function change(
  id: string,
  name: string,
  criterion: string,
  path: string,
  edits: readonly Replacement[],
  [imports, proof]: readonly [imports: string, proof: string],
  checked: string | undefined = undefined,
): Piece {
  const test = testOf(id, name, criterion, imports, proof);
  return {
    id,
    criterion,
    creates: {},
    edits: edits.map(([oldText, newText]) => ({ path, oldText, newText })),
    test,
    check: checked ?? `node --test ${test.path}`,
  };
}

const importing = (known: string, more: string): Replacement => [
  `import { ${known};`,
  `import { ${known};\nimport { ${more};`,
];

const SHORTENER = "import { Shortener } from '../src/shortener.js';";
const inLibrary = (proof: string, imports = '') => [SHORTENER + imports, proof] as const;
const overHttp = (proof: string) =>
  [
    `import { createServer } from '../src/server.js';\n${SHORTENER}`,
    `const shortener = new Shortener({ now: () => 0 });
const server = createServer(shortener).listen(0, '127.0.0.1');
t.after(() => server.close());
await once(server, 'listening');
const base = \`http://127.0.0.1:\${server.address().port}\`;
${proof}`,
  ] as const;

/** Those that begin with the same number wait for nothing but those of the number before. */
export const WORK: readonly Piece[] = [
  create(
    '1.1',
    'reserved',
    'words of the web server are reserved',
    'codes',
    `const WORDS = new Set(['links', 'health']);

/** @param {string} code */
export function isReserved(code) {
  return WORDS.has(code.toLowerCase());
}
`,
    `assert.equal(isReserved('Health'), true);
assert.equal(isReserved('1000'), false);`,
  ),
  create(
    '1.2',
    'expiry',
    'links expire after ninety days',
    'store',
    `const NINETY_DAYS = 90 * 24 * 60 * 60 * 1000;

/** @param {{ createdAt: number }} link @param {number} now */
export function isExpired({ createdAt }, now) {
  return now - createdAt >= NINETY_DAYS;
}
`,
    `assert.equal(isExpired({ createdAt: 0 }, 90 * 86_400_000), true);
assert.equal(isExpired({ createdAt: 0 }, 86_400_000), false);`,
  ),
  create(
    '1.3',
    'hosts',
    'hosts of this machine are private',
    'shortener',
    `/** @param {URL} url */
export function isPrivate({ hostname }) {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}
`,
    `assert.equal(isPrivate(new URL('http://a.localhost/')), true);
assert.equal(isPrivate(new URL('http://example.com/')), false);`,
  ),
  create(
    '1.4',
    'csv',
    'links are written as rows with commas',
    'server',
    `/** @param {{ code: string, url: string }[]} links */
export function toCsv(links) {
  return links.map(({ code, url }) => \`\${code},"\${url.replaceAll('"', '""')}"\\n\`).join('');
}
`,
    `assert.equal(toCsv([{ code: '1000', url: 'x"y' }]), '1000,"x""y"\\n');`,
  ),
  change(
    '2.1',
    'reserving',
    'no link gets a reserved code',
    'src/shortener.js',
    [
      importing("decode, encode } from './codes.js'", "isReserved } from './reserved.js'"),
      [
        '    const id = this.#store.nextId();',
        `    let id = this.#store.nextId();
    while (isReserved(encode(id))) id = this.#store.nextId();`,
      ],
    ],
    inLibrary(
      `const ids = [decode('links'), decode('1000')];
const store = Object.assign(new Store(), { nextId: () => ids.shift() });
assert.equal(new Shortener({ store }).shorten('https://example.com/').code, '1000');`,
      "\nimport { decode } from '../src/codes.js';\nimport { Store } from '../src/store.js';",
    ),
  ),
  change(
    '2.2',
    'expiring',
    'an expired link is not followed',
    'src/shortener.js',
    [
      importing("Refusal } from './refusal.js'", "isExpired } from './expiry.js'"),
      ['    if (!link) return', '    if (!link || isExpired(link, this.#now())) return'],
    ],
    inLibrary(`let now = 0;
const shortener = new Shortener({ now: () => now });
const { code } = shortener.shorten('https://example.com/');
now = 91 * 86_400_000;
assert.equal(shortener.follow(code).status, 'unknown');`),
  ),
  change(
    '2.3',
    'privacy',
    'a private host is refused',
    'src/shortener.js',
    [
      importing("Store } from './store.js'", "isPrivate } from './hosts.js'"),
      [
        '  if (parsed.href.length > MAX_URL_LENGTH) {',
        `  if (isPrivate(parsed)) throw new Refusal('invalid-url', 'Send the URL of a public host.');
  if (parsed.href.length > MAX_URL_LENGTH) {`,
      ],
    ],
    inLibrary(`assert.throws(() => new Shortener().shorten('http://localhost/'), /public host/);`),
  ),
  change(
    '2.4',
    'listing',
    'all links are listed',
    'src/store.js',
    [
      [
        '  /**\n   * Adds a link,',
        `  /** @returns {Link[]} in the order of their ids */
  all() {
    return [...this.#links.values()].sort((a, b) => a.id - b.id);
  }

  /**
   * Adds a link,`,
      ],
    ],
    inLibrary(
      `const store = new Store();
new Shortener({ store }).shorten('https://example.com/');
assert.deepEqual(store.all().map(({ url }) => url), ['https://example.com/']);`,
      "\nimport { Store } from '../src/store.js';",
    ),
  ),
  change(
    '3.1',
    'health',
    'the server says that it is well',
    'src/server.js',
    [
      [
        "  if (request.method !== 'GET') return NOT_FOUND;",
        `  if (request.method !== 'GET') return NOT_FOUND;
  if (path === '/health') return { status: 200, body: { ok: true } };`,
      ],
    ],
    overHttp(`assert.deepEqual(await (await fetch(\`\${base}/health\`)).json(), { ok: true });`),
  ),
  change(
    '3.2',
    'table',
    'a link is offered as a row',
    'src/server.js',
    [
      importing("Refusal } from './refusal.js'", "toCsv } from './csv.js'"),
      [
        '  return follow(shortener, path.slice(1));',
        `  if (path.startsWith('/rows/')) return row(shortener, path.slice('/rows/'.length));
  return follow(shortener, path.slice(1));`,
      ],
      [
        '/**\n * A link as the API shows it.',
        `/**
 * @param {Shortener} shortener
 * @param {string} code
 * @returns {Answer}
 */
function row(shortener, code) {
  const link = shortener.details(code);
  return link ? { status: 200, body: { row: toCsv([link]) } } : NOT_FOUND;
}

/**
 * A link as the API shows it.`,
      ],
    ],
    overHttp(`const { code } = shortener.shorten('https://example.com/');
assert.deepEqual(await (await fetch(\`\${base}/rows/\${code}\`)).json(), { row: '1000,"https://example.com/"\\n' });`),
  ),
  change(
    '3.3',
    'location',
    'a new link tells where its details are',
    'src/server.js',
    [
      [
        '  return { status: 201, body: describe(shortener.shorten(body?.url)) };',
        `  const link = shortener.shorten(body?.url);
  return { status: 201, location: \`/links/\${link.code}\`, body: describe(link) };`,
      ],
    ],
    overHttp(`const made = await fetch(\`\${base}/links\`, { method: 'POST', body: '{"url":"https://example.com/"}' });
assert.equal(made.headers.get('location'), '/links/1000');`),
  ),
  change(
    '3.4',
    'details',
    'the details of a link name its host',
    'src/server.js',
    [['  return { code, url, createdAt:', '  return { code, url, host: new URL(url).host, createdAt:']],
    overHttp(`const { code } = shortener.shorten('https://example.com/');
assert.equal((await (await fetch(\`\${base}/links/\${code}\`)).json()).host, 'example.com');`),
    'node --test',
  ),
];

/** The sample's files when these are done, in whichever order. */
export function withWork(files: Readonly<Record<string, string>>, pieces: readonly Piece[]) {
  const done = { ...files };
  for (const { creates, edits, test } of pieces) {
    Object.assign(done, creates, { [test.path]: test.content });
    for (const { path, oldText, newText } of edits)
      done[path] = (done[path] ?? '').replace(oldText, () => newText);
  }
  return done;
}
