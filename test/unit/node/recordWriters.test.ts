/** Records beside a spec that windows and command lines write at the same moment: real processes over one file. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { addRecords } from '../../../src/core/util/recordFile';
import { createNodeFiles } from '../../../src/node/nodeFiles';
import { inLongRun } from '../../support/soak';
import { createWorkspace, type Workspace } from '../../support/workspaceBuilder';

const RECORDS = '.kiro/specs/links/.earshot/comments.jsonl';
/** No system counts so far. */
const NO_PROCESS = 2 ** 30;
const IN_SOURCE = join(import.meta.dirname, '../../../src');

function places(workspace: Workspace) {
  return { path: workspace.path(`project/${RECORDS}`), home: `${workspace.native}/home` };
}

/** A process that adds records one after the other, and ends. */
async function writer(workspace: Workspace, name: string, count: number): Promise<void> {
  const { path, home } = places(workspace);
  const code = `const { addRecords } = require(${JSON.stringify(`${IN_SOURCE}/core/util/recordFile.ts`)});
    const files = require(${JSON.stringify(`${IN_SOURCE}/node/nodeFiles.ts`)}).createNodeFiles(${JSON.stringify(home)});
    (async () => {
      for (let at = 0; at < ${count}; at++)
        await addRecords(files, ${JSON.stringify(path)}, [JSON.stringify({ v: 1, id: '${name} ' + at })]);
    })();`;
  await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '-e', code]);
}

function idsIn(workspace: Workspace): readonly string[] {
  const lines = readFileSync(`${workspace.native}/project/${RECORDS}`, 'utf8').trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { id: string }).id);
}

const idsOf = (names: readonly string[], count: number) =>
  names.flatMap((name) => Array.from({ length: count }, (_, at) => `${name} ${at}`)).sort();

describe('Records beside a spec that several write', () => {
  it('are all kept, and no lock is seen in the workspace', async () => {
    const workspace = createWorkspace();
    const { path, home } = places(workspace);
    const files = createNodeFiles(home);
    let over = false;
    const other = writer(workspace, 'other', 10).finally(() => {
      over = true;
    });
    let count = 0;
    // As long as the other process takes to begin and to end: both write at once.
    for (; !over; count++) {
      await addRecords(files, path, [JSON.stringify({ v: 1, id: `own ${count}` })]);
      await delay(5);
    }
    await other;
    assert.deepEqual(
      [...idsIn(workspace)].sort(),
      [...idsOf(['other'], 10), ...idsOf(['own'], count)].sort(),
    );
    assert.deepEqual(readdirSync(`${workspace.native}/project/.kiro/specs/links/.earshot`).sort(), [
      '.gitattributes',
      'comments.jsonl',
    ]);
    assert.deepEqual(readdirSync(`${home}/locks`), []);
  });

  it('wait for nobody who is dead, and do without a home', async () => {
    const workspace = createWorkspace();
    const { path, home } = places(workspace);
    const name = createHash('sha256')
      .update(`${workspace.native}/project/${RECORDS}`.toLowerCase())
      .digest('hex');
    mkdirSync(`${home}/locks`, { recursive: true });
    writeFileSync(`${home}/locks/${name.slice(0, 32)}`, `${NO_PROCESS}-1\nx\n`);
    await addRecords(createNodeFiles(home), path, ['{"v":1,"id":"after the dead"}']);
    assert.deepEqual(readdirSync(`${home}/locks`), []);

    writeFileSync(`${workspace.native}/no-folder`, '');
    const homeless = createNodeFiles(`${workspace.native}/no-folder`);
    await addRecords(homeless, path, ['{"v":1,"id":"homeless"}']);
    assert.deepEqual(idsIn(workspace), ['after the dead', 'homeless']);
  });

  inLongRun('are all kept where two processes write two hundred each', async () => {
    const workspace = createWorkspace();
    await Promise.all([writer(workspace, 'one', 200), writer(workspace, 'two', 200)]);
    assert.deepEqual([...idsIn(workspace)].sort(), idsOf(['one', 'two'], 200));
  });
});
