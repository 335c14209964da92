// Feature: workflow-engine, Property 10: No update is lost
// Verifies: workflow-engine#4.6
/** The lost update: what was made from an earlier text never overwrites what somebody wrote since. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { merge } from '../../../../src/cli/commands/merge';
import { MergeConflict, writeMerged } from '../../../../src/core/spec/merge/writeMerged';
import { acceptDrift } from '../../../../src/core/trace/driftRecords';
import { confirmLinks, parseLinks } from '../../../../src/core/trace/linkRecords';
import { addApprovals, parseApprovals } from '../../../../src/core/workflow/approvals/records';
import { addComments } from '../../../../src/core/workflow/comments/records';
import { createNodeFiles } from '../../../../src/node/nodeFiles';
import { createTestPorts } from '../../../support/testPorts';
import { createWorkspace, type Workspace } from '../../../support/workspaceBuilder';
import { argumentsOf, captureTerminal } from '../../cli/captured';
import { REQUIREMENTS } from '../../core/workflow/upkeepHarness';

const PATH = '/project/.kiro/specs/links/requirements.md';
const DAYS = (days: number) => REQUIREMENTS.replace('30 days', `${days} days`);
const COUNT = (text: string) => text.replace('count how many', 'tell how many');

describe('Two changes of one criterion from one base', () => {
  const write = (files: Parameters<typeof writeMerged>[0], text: string) =>
    writeMerged(files, 'requirements', PATH, REQUIREMENTS, text);

  it('conflict: the second is refused, with all three texts, and the first stands', async () => {
    const { files } = createTestPorts({ files: { [PATH]: REQUIREMENTS } });
    await write(files, DAYS(60));
    await assert.rejects(write(files, COUNT(DAYS(90))), (error) => {
      assert.ok(error instanceof MergeConflict);
      assert.match(error.message, /^1\.1 in requirements\.md changed meanwhile/);
      assert.deepEqual(error.versions, { base: REQUIREMENTS, ours: DAYS(60), theirs: COUNT(DAYS(90)) });
      assert.equal(error.merged.text, COUNT(DAYS(60)));
      return true;
    });
    assert.equal(files.text(PATH), DAYS(60));
  });

  it('of two criteria both stand', async () => {
    const { files } = createTestPorts({ files: { [PATH]: REQUIREMENTS } });
    await write(files, DAYS(60));
    await write(files, COUNT(REQUIREMENTS));
    assert.equal(files.text(PATH), COUNT(DAYS(60)));
    await write(files, COUNT(REQUIREMENTS));
    assert.equal(files.text(PATH), COUNT(DAYS(60)), 'once more changes nothing');
  });

  it('never bring back a document that is gone', async () => {
    const { files } = createTestPorts({ files: {} });
    await assert.rejects(write(files, DAYS(60)), { reason: 'changed' });
    assert.equal(files.text(PATH), undefined);
  });
});

describe('earshot merge', () => {
  function versions(ours: string, theirs: string): Workspace {
    return createWorkspace().files({ 'a.tmp': ours, 'o.tmp': REQUIREMENTS, 'b.tmp': theirs });
  }

  async function run(workspace: Workspace, path = 'x/requirements.md') {
    const captured = captureTerminal({ cwd: workspace.native });
    const code = await merge.run(argumentsOf({ path }, ['a.tmp', 'o.tmp', 'b.tmp']), captured.terminal);
    return { code, err: captured.stderr, text: readFileSync(join(workspace.native, 'a.tmp'), 'utf8') };
  }

  it('takes what each side changed', async () => {
    const { code, text } = await run(versions(DAYS(60), COUNT(REQUIREMENTS)));
    assert.deepEqual([code, text], [0, COUNT(DAYS(60))]);
  });

  it('leaves both sides of what both changed to a person, names it and says so in its exit code', async () => {
    const { code, text, err } = await run(versions(DAYS(60), COUNT(DAYS(90))));
    assert.equal(code, 1);
    assert.match(err, /requirements\.md: 1\.1 changed on both sides/);
    assert.match(
      text,
      /<<<<<<< ours\n1\. WHEN a link is 60 .*\n=======\n1\. WHEN a link is 90 .*\n>>>>>>> theirs/s,
    );
    assert.match(text, /tell how many/, 'the rest is merged');
  });

  it('touches nothing that is no document of a spec', async () => {
    const workspace = versions(DAYS(60), DAYS(90));
    await assert.rejects(run(workspace, 'README.md'), /“README\.md” is no document of a spec/);
    assert.equal(readFileSync(join(workspace.native, 'a.tmp'), 'utf8'), DAYS(60));
  });
});

describe('Records of two branches', () => {
  it('merge in git without a conflict, and none is lost', async () => {
    const workspace = createWorkspace();
    const spec = `${workspace.root}/.kiro/specs/links`;
    const files = createNodeFiles();
    const git = (...args: readonly string[]) => {
      const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
      const { status, stdout, stderr } = spawnSync('git', [...who, ...args], {
        cwd: workspace.native,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stdout + stderr);
    };
    const record = async (by: string) => {
      const at = `2026-11-01T00:00:0${by.length}.000Z`;
      const facts = { spec: 'links', document: 'design.md', hash: by, parts: {}, key: 'k', sig: 's' };
      await addApprovals(files, spec, [{ v: 2, at, by, ...facts }]);
      await confirmLinks(files, spec, [{ v: 1, from: 'task:1', to: '1.1', hash: by }]);
      await acceptDrift(files, spec, [
        { v: 1, criterion: by, path: 'a.ts', code: 'c', by, at, because: 'same' },
      ]);
      await addComments(files, spec, [
        {
          v: 1,
          type: 'commented',
          id: by,
          at,
          by,
          text: 'Why?',
          document: 'design.md',
          part: '',
          quote: '',
        },
      ]);
      git('add', '.');
      git('commit', '-q', '-m', by);
    };
    git('init', '-q', '-b', 'main');
    await record('Base');
    git('checkout', '-q', '-b', 'work');
    await record('Grace');
    git('checkout', '-q', 'main');
    await record('Ada');
    git('merge', '-q', '--no-edit', 'work');
    const read = async (name: string) => (await files.readText(`${spec}/.earshot/${name}.jsonl`)) ?? '';
    const names = parseApprovals(await read('approvals')).map(({ by }) => by);
    assert.deepEqual(names.sort(), ['Ada', 'Base', 'Grace']);
    const hashes = parseLinks(await read('links')).map(({ hash }) => hash);
    assert.ok(hashes.includes('Ada') && hashes.includes('Grace'));
    for (const name of ['drift', 'comments'])
      for (const by of ['Base', 'Grace', 'Ada']) assert.match(await read(name), new RegExp(`"${by}"`));
  });
});
