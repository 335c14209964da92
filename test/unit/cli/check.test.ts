// Feature: spec-engine, Property 14: The terminal says what the rules say
// Verifies: spec-engine#8.1-8.3, #8.5
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { COMMANDS } from '../../../src/cli/commands';
import { dispatch } from '../../../src/cli/dispatch';
import { captureTerminal } from './captured';

const REQUIREMENTS = `# Requirements Document

### Requirement 1: Doors

#### Acceptance Criteria

1. THE Door SHALL open fast
2. IF it jams, THE Door must wait
3. \tWHEN 鍵 fits, SHALL ring
4. THE Door SHALL open quickly <!-- earshot-disable-line vague-term: it is a race -->
`;
const TASKS = '- [ ] 1. Build\n  - _Requirements: 1.1, 4.2_\n';

let folder: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function run(...argv: readonly string[]) {
  const captured = captureTerminal({ cwd: folder, env: { COLUMNS: '90' } });
  const code = await dispatch(argv, COMMANDS, captured.terminal);
  return { code, stdout: captured.stdout, stderr: captured.stderr };
}

interface Json {
  readonly version: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly code: string;
    readonly severity: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endColumn: number;
    readonly fixable: boolean;
  }[];
  readonly suppressed: readonly { readonly reason: string }[];
  readonly summary: Record<string, number>;
}

async function json(...argv: readonly string[]): Promise<Json> {
  return JSON.parse((await run('check', '--format', 'json', ...argv)).stdout);
}

describe('earshot check', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-check-'));
    write('.kiro/specs/doors/requirements.md', REQUIREMENTS);
    write('.kiro/specs/doors/tasks.md', TASKS);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('says what is no file or far too large, from the cache, too, and checks everything else', async () => {
    mkdirSync(join(folder, '.kiro/specs/a/requirements.md'), { recursive: true });
    mkdirSync(join(folder, '.kiro/specs/b'));
    symlinkSync('design.md', join(folder, '.kiro/specs/b/design.md'));
    write('.kiro/specs/b/tasks.md', 'x'.repeat(5_000_001));
    for (let run = 0; run < 2; run++) {
      const { findings } = await json();
      const unread = findings.filter(({ rule }) => rule === 'unreadable-file');
      assert.deepEqual(
        unread.map(({ file, severity }) => `${file} ${severity}`),
        ['a/requirements.md', 'b/design.md', 'b/tasks.md'].map((file) => `.kiro/specs/${file} error`),
      );
      assert.ok(findings.some(({ file }) => file === '.kiro/specs/doors/requirements.md'));
    }
    assert.equal((await run('fix', '--dry-run')).code, 0);
  });

  it('lists findings with file, line and column from 1', async () => {
    const { version, findings, suppressed, summary } = await json();
    assert.equal(version, 1);
    assert.deepEqual(
      findings.map(
        ({ code, file, line, column, endColumn, fixable }) =>
          `${code} ${file.split('/').at(-1)}:${line}:${column}-${endColumn}${fixable ? ' fixable' : ''}`,
      ),
      [
        'Q01 requirements.md:7:24-28',
        'E107 requirements.md:8:4-6 fixable',
        'E102 requirements.md:8:25-29 fixable',
        'E103 requirements.md:9:18-23',
        'S04 requirements.md:10:32-86 fixable',
        'E121 tasks.md:2:25-28',
      ],
    );
    assert.deepEqual(
      suppressed.map(({ reason }) => reason),
      ['it is a race'],
    );
    assert.deepEqual(summary, {
      specs: 1,
      errors: 1,
      warnings: 3,
      infos: 0,
      hints: 2,
      fixable: 3,
      suppressed: 1,
    });
  });

  it('looks at the files beside the documents as the editor does', async () => {
    const told = async () => {
      const { findings } = await json();
      return findings.flatMap(({ code, file, line }) =>
        file.endsWith('.md') ? [] : [`${code} ${file.split('/').at(-1)}:${line}`],
      );
    };
    write('.kiro/specs/doors/tasks.meta.json', '{"pbtResults": {\n"1": {},\n"7": {}}}');
    write('.kiro/specs/doors/.config.kiro', '{"specType": ');
    assert.deepEqual(await told(), ['D10 .config.kiro:1', 'D16 tasks.meta.json:3']);
    write('.kiro/specs/doors/tasks.meta.json', '{"pbtResults": ');
    assert.deepEqual(await told(), ['D10 .config.kiro:1', 'D15 tasks.meta.json:1']);
  });

  it('shows a person the line, with a mark under the words', async () => {
    const { stdout } = await run('check');
    assert.match(
      stdout,
      /^\.kiro\/specs\/doors\/requirements\.md\n {2}7:24 {2}warning {2}“fast” cannot be tested.* {2}Q01 vague-term\n {4}7 │ 1\. THE Door SHALL open fast\n {4} {2}│ {24}\^{4}\n/m,
    );
    // A tab takes four columns, a Chinese character two.
    assert.match(stdout, / {4}9 │ 3\. {5}WHEN 鍵 fits, SHALL ring\n {4} {2}│ {22}\^{5}\n/);
    assert.match(
      stdout,
      /✖ 1 error, 3 warnings, 2 hints in 1 spec; 1 set aside with a reason\.\n {2}3 of them mend themselves: earshot fix\n {2}Why a rule is there: earshot explain vague-term\n$/,
    );
  });

  it('ends with 1 for an error or too many warnings, with 0 for less', async () => {
    assert.equal((await run('check')).code, 1);
    write('.kiro/specs/doors/requirements.md', REQUIREMENTS.replace(/3\. \t.*\n/, ''));
    assert.equal((await run('check')).code, 1);
    assert.equal((await run('check', '--max-warnings', '3')).code, 0);
    rmSync(join(folder, '.kiro/specs/doors/tasks.md'));
    write(
      '.kiro/specs/doors/requirements.md',
      `${REQUIREMENTS.split('1. THE')[0]}1. IF it jams, THE Door SHALL wait\n`,
    );
    const { code, stdout } = await run('check');
    assert.equal(code, 0);
    assert.match(stdout, /✔ 1 hint in 1 spec/);
  });

  it('ends with 2 and says why when it is asked for what is not there', async () => {
    for (const [argv, message] of [
      [['check', 'nowhere'], /no file or folder nowhere/],
      [['check', '--format', 'xml'], /text, json, sarif, junit, markdown/],
      [['check', '--max-warnings', 'few'], /whole number/],
      [['check', '--dialect', 'loud'], /strict, kiro, auto/],
      [['explain', 'vage-term'], /Is it “vague-term”/],
      [['trace', 'nothing'], /no spec “nothing”/],
    ] as const) {
      const { code, stderr } = await run(...argv);
      assert.equal(code, 2, argv.join(' '));
      assert.match(stderr, message);
    }
  });

  it('takes a file, a spec, a workspace, or a folder above, links left out', async () => {
    const count = async (...paths: readonly string[]) => (await json(...paths)).findings.length;
    assert.equal(await count('.kiro/specs/doors/tasks.md'), 1);
    assert.equal(await count('.kiro/specs/doors'), 6);
    assert.equal(await count('.kiro'), 6);
    assert.equal(await count(`..${folder.slice(folder.lastIndexOf('/'))}`), 6);
    write('packages/a/.kiro/specs/bells/requirements.md', REQUIREMENTS);
    write('node_modules/b/.kiro/specs/never/requirements.md', REQUIREMENTS);
    symlinkSync(join(folder, 'packages'), join(folder, 'linked'));
    assert.equal((await json('.')).summary.specs, 2);
  });

  it('judges by the workspace’s file, and by the options before it', async () => {
    write(
      '.kiro/settings/earshot.json',
      '{"lint": {"severities": {"vague-term": "error", "E103": "off", "Q99": "off"}}}',
    );
    const { findings } = await json();
    const of = (code: string) =>
      findings.filter((finding) => finding.code === code).map(({ severity }) => severity);
    assert.deepEqual([of('Q01'), of('E103'), of('D11')], [['error'], [], ['error']]);
    const strict = await json('--dialect', 'strict');
    assert.equal(strict.findings.find(({ code }) => code === 'E107')?.severity, 'error');
  });

  it('writes SARIF with the rules’ pages and what was set aside', async () => {
    const sarif = JSON.parse((await run('check', '--format', 'sarif')).stdout);
    const [{ tool, results }] = sarif.runs;
    assert.equal(sarif.version, '2.1.0');
    assert.equal(results.length, 7);
    for (const { ruleId, ruleIndex, level, locations } of results) {
      assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
      assert.ok(['error', 'warning', 'note'].includes(level));
      assert.match(locations[0].physicalLocation.artifactLocation.uri, /^\.kiro\/specs\/doors\//);
    }
    assert.deepEqual(
      results.at(-1).suppressions ??
        results.find((each: { suppressions?: unknown }) => each.suppressions).suppressions,
      [{ kind: 'inSource', justification: 'it is a race' }],
    );
  });

  it('writes JUnit and Markdown that hostile words do not break', async () => {
    write('.kiro/specs/doors/tasks.md', '- [ ] 1. Build\n- [?] 2. <b>|`&"\u0000\u001b[31m\n');
    write(
      '.kiro/specs/doors/requirements.md',
      '### Requirement 1\n#### Acceptance Criteria\n1. THE <img src="x"> & ]]> | **Dor** SHALL open\n## Glossary\n- **Door**: It.',
    );
    const junit = (await run('check', '--format', 'junit')).stdout;
    assert.match(junit, /^<\?xml version="1\.0"/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    assert.doesNotMatch(junit, /<img|[\u0000-\u0008\u001b]/);
    assert.equal((junit.match(/<testcase/g) ?? []).length, (junit.match(/<\/testcase>/g) ?? []).length);
    const markdown = (await run('check', '--format', 'markdown')).stdout;
    assert.doesNotMatch(markdown, /(?<!\\)<img/);
    const text = (await run('check')).stdout;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    assert.doesNotMatch(text, /[\u0000\u001b]/);
  });

  it('says that nothing was found', async () => {
    write(
      '.kiro/specs/doors/requirements.md',
      '### Requirement 1\n#### Acceptance Criteria\n1. THE Door SHALL open',
    );
    write('.kiro/specs/doors/tasks.md', '- [ ] 1. Build');
    assert.deepEqual(await run('check'), { code: 0, stdout: '✔ nothing found in 1 spec.\n', stderr: '' });
    for (const format of ['junit', 'sarif', 'markdown'])
      assert.equal((await run('check', '--format', format)).code, 0);
  });
});

describe('earshot fix', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-fix-'));
    write('.kiro/specs/doors/requirements.md', REQUIREMENTS.replaceAll('\n', '\r\n'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const text = () => readFileSync(join(folder, '.kiro/specs/doors/requirements.md'), 'utf8');

  it('mends what is safe, and nothing else', async () => {
    const before = text();
    const { code, stderr } = await run('fix');
    assert.equal(code, 0);
    assert.match(stderr, /mended in 1 files: /);
    assert.equal(
      text().replace(/ \[\w{7}\]/, ''),
      before.replace('jams, THE Door must', 'jams, THEN THE Door SHALL'),
    );
    const after = text();
    await run('fix');
    assert.equal(text(), after, 'a second time there is nothing to do');
  });

  it('shows the difference and writes nothing with --dry-run', async () => {
    const before = text();
    const { stdout } = await run('fix', '--dry-run', '--rule', 'E107');
    assert.match(stdout, /^-2\. IF it jams, THE Door must wait$/m);
    assert.match(stdout, /^\+2\. IF it jams, THEN THE Door must wait$/m);
    assert.equal(text(), before);
  });
});

describe('earshot explain', () => {
  it('shows a rule’s page by id or code, and lists all', async () => {
    folder = tmpdir();
    for (const name of ['vague-term', 'q01']) {
      const { code, stdout } = await run('explain', name);
      assert.equal(code, 0);
      assert.match(stdout, /^Vague term\n\nvague-term · Q01\n[\s\S]*Instead of\n\n {4}THE Search/);
    }
    assert.match(
      (await run('explain')).stdout,
      /^A01 {3}repeated-criterion[\s\S]*Q23 {3}no-failure-criterion/,
    );
  });
});
