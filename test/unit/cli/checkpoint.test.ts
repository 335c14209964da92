// Verifies: run-engine#4.4
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, EXIT } from '../../../src/cli/command';
import { checkpointDiff } from '../../../src/cli/commands/checkpointDiff';
import { checkpointList } from '../../../src/cli/commands/checkpointList';
import { checkpointRestore } from '../../../src/cli/commands/checkpointRestore';
import { withCliCore } from '../../../src/cli/createCliCore';
import type { Prompt } from '../../../src/cli/prompt';
import { argumentsOf, captureTerminal } from './captured';

/** A workspace with one checkpoint, changed since. */
async function place() {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-cli-')));
  const cwd = join(base, 'work');
  mkdirSync(cwd);
  const env = { EARSHOT_HOME: join(base, 'home') };
  const file = join(cwd, 'a.txt');
  writeFileSync(file, 'one\n');
  const run = async (
    command: Command,
    values: Readonly<Record<string, string | true>> = {},
    operands: readonly string[] = [],
    answer?: string,
  ) => {
    const captured = captureTerminal({ env, cwd });
    const prompt: Prompt = { say: () => {}, ask: async () => answer };
    const terminal = answer === undefined ? captured.terminal : { ...captured.terminal, prompt };
    const code = await command.run(argumentsOf(values, operands), terminal);
    return { code, out: captured.stdout };
  };
  const { terminal } = captureTerminal({ env, cwd });
  await withCliCore(argumentsOf(), terminal, async ({ core, root }) => {
    assert.ok(await core.checkpoints.take(root, { kind: 'turn', session: 'session-1', turn: 0 }));
  });
  writeFileSync(file, 'two\n');
  writeFileSync(join(cwd, 'new.txt'), 'new\n');
  return { run, text: () => readFileSync(file, 'utf8') };
}

describe('earshot checkpoint', () => {
  it('lists, shows what differs, and restores after a yes, which can be undone', async () => {
    const { run, text } = await place();
    const list = await run(checkpointList);
    assert.match(list.out, /^ {2}1 {2}[0-9a-f]{8} .*before a turn of session session-\n$/);
    const diff = await run(checkpointDiff, { patch: true }, ['latest']);
    assert.match(diff.out, /^M {2}a\.txt\nA {2}new\.txt\n[\s\S]*-one\n\+two\n[\s\S]*\+new\n$/);
    const no = await run(checkpointRestore, {}, ['1'], 'n');
    assert.deepEqual([no.code, text()], [EXIT.failed, 'two\n']);
    assert.match(no.out, /a\.txt {2}\(changed since the newest checkpoint\)/);
    const yes = await run(checkpointRestore, { path: 'a.txt' }, ['1'], 'y');
    assert.deepEqual([yes.code, text()], [EXIT.done, 'one\n']);
    const undo = await run(checkpointRestore, { yes: true }, ['latest']);
    assert.deepEqual([undo.code, text()], [EXIT.done, 'two\n']);
  });

  it('where nobody sits shows the plan and wants --yes', async () => {
    const { run, text } = await place();
    const unsaid = await run(checkpointRestore, {}, ['latest']);
    assert.deepEqual([unsaid.code, text()], [EXIT.failed, 'two\n']);
    assert.match(unsaid.out, /With --yes/);
    const json = await run(checkpointRestore, { json: true, yes: true }, ['latest']);
    assert.equal(json.code, EXIT.done);
    assert.deepEqual(JSON.parse(json.out).steps, [
      { path: 'a.txt', change: 'changed', byPerson: true },
      { path: 'new.txt', change: 'deleted', byPerson: true },
    ]);
    assert.equal(text(), 'one\n');
  });

  it('names what it does not find', async () => {
    const { run } = await place();
    await assert.rejects(run(checkpointDiff, {}, ['7']), /There is no checkpoint 7\./);
    await assert.rejects(run(checkpointRestore, { turn: true }, ['1']), /does not say what its turn left/);
    await assert.rejects(run(checkpointRestore, { turn: true, path: 'a' }, ['1']), /not both/);
  });
});
