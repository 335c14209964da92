// Feature: workflow-engine, Property 13: Code does not drift unseen
// Verifies: workflow-engine#5.4
/** Drift in a real repository: code that changed, criteria that did not. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drift } from '../../../src/cli/commands/drift';
import { approvalHash } from '../../../src/core/spec/readSpec';
import { signedText } from '../../../src/core/workflow/approvals/records';
import { nodeHasher } from '../../../src/node/nodePorts';
import { createSigner } from '../../../src/node/signing/signatures';
import { memorySecret } from '../../support/testPorts';
import { createWorkspace, type Workspace } from '../../support/workspaceBuilder';
import { argumentsOf, captureTerminal } from '../cli/captured';

const REQUIREMENTS = `# Requirements Document

## Requirements

### Requirement 1: Links

#### Acceptance Criteria

1. WHEN a link is 30 days old, THE Store SHALL delete it.
2. THE Store SHALL count how many links it keeps.
`;

const CODE = `// Implements: links#1.1
export function expire(links) {
  return links.filter((link) => link.age < 30);
}

// Implements: links#1.2
export const count = (links) => links.length;
`;

function git(workspace: Workspace, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: workspace.native, stdio: 'ignore' });
}

/** A repository with a branch `work` that has just left `main`. */
function repository(): Workspace {
  const workspace = createWorkspace().files({
    '.kiro/specs/links/requirements.md': REQUIREMENTS,
    'src/it’s $(links).js': CODE,
  });
  git(workspace, 'init', '-q', '-b', 'main');
  git(workspace, 'add', '.');
  git(workspace, 'commit', '-q', '-m', 'start');
  git(workspace, 'checkout', '-q', '-b', 'work');
  return workspace;
}

const FILE = 'src/it’s $(links).js';

async function run(
  workspace: Workspace,
  values: Readonly<Record<string, string>> = {},
  operands: readonly string[] = ['links'],
  homeFiles: Readonly<Record<string, string>> = {},
) {
  const home = createWorkspace().files(homeFiles);
  const captured = captureTerminal({
    cwd: workspace.native,
    env: { ...process.env, EARSHOT_HOME: home.native },
  });
  const code = await drift.run(argumentsOf(values, operands), captured.terminal);
  return { code, said: captured.stdout };
}

describe('earshot drift', function () {
  this.timeout(60_000);

  it('is silent while nothing changed', async () => {
    const { code, said } = await run(repository());
    assert.equal(code, 0);
    assert.match(said, /No code has drifted/);
  });

  it('names the criterion whose code changed, and no other', async () => {
    const workspace = repository();
    workspace.file(FILE, CODE.replace('< 30', '< 60'));
    const { code, said } = await run(workspace);
    assert.equal(code, 1);
    assert.match(said, /links#1\.1 {2}WHEN a link is 30 days old/);
    assert.ok(said.includes(`${FILE}:1`));
    assert.doesNotMatch(said, /#1\.2/);
  });

  it('sees what was committed, and lines that are gone', async () => {
    const workspace = repository();
    workspace.file(FILE, CODE.replace('export const count = (links) => links.length;\n', ''));
    git(workspace, 'commit', '-qam', 'less');
    const found = JSON.parse((await run(workspace, { format: 'json' })).said) as { id: string }[];
    assert.deepEqual(
      found.map(({ id }) => id),
      ['1.2'],
    );
  });

  it('is none where the criterion was edited, too, or where the tag is new', async () => {
    const workspace = repository();
    workspace.file(FILE, CODE.replace('< 30', '< 60'));
    workspace.file('.kiro/specs/links/requirements.md', REQUIREMENTS.replace('30 days', '60 days'));
    workspace.file('src/other.js', '// Implements: links#1.2\nexport const size = 1;\n');
    git(workspace, 'add', '.');
    assert.equal((await run(workspace)).code, 0);
  });

  it('sees code that a criterion was derived from, wherever it stands now', async () => {
    const evidence = '\n## Evidence\n\n- 1.1: src/old.js:2-3\n- 1.2: src/old.js:4\n';
    const old = ['// licence', 'const age = 30;', 'expire(age);', 'count();', ''];
    const workspace = createWorkspace().files({
      '.kiro/specs/links/requirements.md': `${REQUIREMENTS}${evidence}`,
      'src/old.js': old.join('\n'),
    });
    git(workspace, 'init', '-q', '-b', 'main');
    git(workspace, 'add', '.');
    git(workspace, 'commit', '-q', '-m', 'start');
    workspace.file('src/old.js', ['// more', ...old].join('\n'));
    assert.equal((await run(workspace, { since: 'HEAD' })).code, 0, 'it has only moved');
    workspace.file('src/old.js', old.join('\n').replace('30', '60'));
    const { code, said } = await run(workspace, { since: 'HEAD' });
    assert.equal(code, 1);
    assert.match(said, /links#1\.1[\s\S]*src\/old\.js:2/);
    assert.doesNotMatch(said, /#1\.2/);
    workspace.file('.kiro/specs/links/requirements.md', REQUIREMENTS);
    assert.equal((await run(workspace, { since: 'HEAD' })).code, 0, 'it is no evidence any more');
  });

  it('ends when a person accepts it, until the code changes again', async () => {
    const workspace = repository();
    workspace.file(FILE, CODE.replace('< 30', '<= 29'));
    const accepted = await run(workspace, { accept: '1.1', because: 'The same for whole days' });
    assert.equal(accepted.code, 0);
    assert.match(
      readFileSync(join(workspace.native, '.kiro/specs/links/.earshot/drift.jsonl'), 'utf8'),
      /The same for whole days/,
    );
    assert.equal((await run(workspace)).code, 0);
    workspace.file(FILE, CODE.replace('< 30', '<= 31'));
    assert.equal((await run(workspace)).code, 1);
  });

  it('looks from the approval of the requirements on, where that is asked for', async () => {
    const workspace = repository();
    const signer = createSigner(memorySecret());
    const key = await signer.key();
    const facts = {
      spec: 'links',
      document: 'requirements.md',
      at: '2026-11-01T00:00:00.000Z',
      by: 'Ada',
      hash: approvalHash(nodeHasher, 'requirements', REQUIREMENTS),
      parts: {},
      key,
    };
    const record = JSON.stringify({ v: 2, ...facts, sig: await signer.sign(signedText(facts)) });
    workspace.file('.kiro/specs/links/.earshot/approvals.jsonl', `${record}\n`);
    workspace.file(FILE, CODE.replace('< 30', '< 45'));
    const keys = { 'keys.jsonl': `${JSON.stringify({ v: 1, key, name: 'Ada', at: 0 })}\n` };
    await assert.rejects(run(workspace, { since: 'approval' }, ['links'], keys), /is not committed/);
    git(workspace, 'add', '.');
    git(workspace, 'commit', '-q', '-m', 'approved');
    assert.equal((await run(workspace, { since: 'approval' }, ['links'], keys)).code, 0);
    workspace.file(FILE, CODE.replace('< 30', '< 60'));
    assert.equal((await run(workspace, { since: 'approval' }, ['links'], keys)).code, 1);
    await assert.rejects(run(workspace, { since: 'approval' }), /Nobody has approved/);
  });

  it('says what is wrong with what it was asked', async () => {
    const workspace = repository();
    await assert.rejects(run(workspace, { since: 'nowhere' }), /no branch, tag or commit “nowhere”/);
    await assert.rejects(run(workspace, { since: '--output=x' }), /is no branch/);
    await assert.rejects(run(workspace, { since: 'main; touch x' }), /is no branch/);
    await assert.rejects(run(workspace, { accept: '1.1' }), /--because/);
    await assert.rejects(run(workspace, { accept: '1.1', because: 'so' }), /Nothing has drifted/);
    await assert.rejects(run(workspace, {}, ['none']), /no spec “none”/);
  });

  it('has a table for a pull request', async () => {
    const workspace = repository();
    workspace.file(FILE, CODE.replace('< 30', '< 60'));
    const { said } = await run(workspace, { format: 'markdown' });
    assert.match(said, /^\| links#1\.1 \| WHEN a link is 30 days old, THE Store SHALL delete it\. \| /m);
  });
});
