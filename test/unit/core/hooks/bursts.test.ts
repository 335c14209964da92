// Feature: hook-engine, Property 5: A burst is one run
// Verifies: hook-engine#2.2
/** Many files at once, as an editor's watchers tell of them: in lots, with a pause between. */
import assert from 'node:assert/strict';
import { KIRO_HOME, quiet } from '../coreHarness';
import { commands, HOOKS, hookFile, named, settleHooks, startHooks } from './hookHarness';

const NAMES = Array.from({ length: 40 }, (_, index) => `src/${index}.ts`);
const FILES = Object.fromEntries(NAMES.map((name) => [name, '']));
const HOOK = { name: 'lint', matcher: '\\.ts$' };
const OK = () => 0;

type Harness = Awaited<ReturnType<typeof startHooks>>;

function tell({ ports }: Harness, names: readonly string[]): void {
  for (const name of names) ports.watcher.fire({ path: `/project/${name}`, kind: 'changed' });
}

const files = ({ core }: Harness, id: string) => core.hooks.runs(id).map((run) => run.files);

describe('a burst of files', () => {
  it('is one run, though the editor tells of it in lots', async () => {
    const harness = await startHooks([HOOK], { commands: OK, files: FILES });
    const { id } = named(harness, 'lint');
    tell(harness, NAMES.slice(0, 2));
    await harness.ports.clock.advance(275);
    tell(harness, NAMES.slice(2, 12));
    await harness.ports.clock.advance(800);
    tell(harness, NAMES.slice(12));
    await settleHooks(harness);
    assert.deepEqual(files(harness, id), [NAMES]);
  });

  it('does not keep one file waiting', async () => {
    const harness = await startHooks([HOOK], { commands: OK, files: FILES });
    tell(harness, ['src/1.ts']);
    await quiet();
    await harness.ports.clock.advance(150);
    await quiet(3);
    assert.equal(commands(harness.ports).length, 1);
  });

  it('is one run of a hook of the person’s own', async () => {
    const harness = await startHooks([], {
      commands: OK,
      files: { ...FILES, [`${KIRO_HOME}/hooks/own.json`]: hookFile(HOOK) },
    });
    const { id } = named(harness, 'lint');
    tell(harness, NAMES);
    await settleHooks(harness);
    assert.deepEqual(files(harness, id), [NAMES]);
  });

  it('loses no file when its hooks are read anew meanwhile', async () => {
    const harness = await startHooks([HOOK], { commands: OK, files: FILES });
    const { id } = named(harness, 'lint');
    tell(harness, NAMES);
    const { ports } = harness;
    const stat = ports.files.stat.bind(ports.files);
    let looks = 0;
    ports.files.stat = async (path) => {
      if (++looks === 20) {
        ports.watcher.fire({ path: `/project/${HOOKS}`, kind: 'changed' });
        await quiet();
      }
      return stat(path);
    };
    await settleHooks(harness);
    assert.ok(looks > 20);
    assert.deepEqual(files(harness, id).flat().sort(), [...NAMES].sort());
  });

  it('loses no file when somebody runs the hook in the moment before it fires', async () => {
    const harness = await startHooks([HOOK], { commands: OK, files: FILES });
    const { id } = named(harness, 'lint');
    tell(harness, NAMES);
    const { ports } = harness;
    const stat = ports.files.stat.bind(ports.files);
    let byHand: Promise<unknown> = Promise.resolve();
    ports.files.stat = async (path) => {
      if (path.endsWith('/.git/logs/HEAD')) byHand = harness.core.hooks.runNow(id);
      return stat(path);
    };
    await settleHooks(harness);
    await byHand;
    await settleHooks(harness);
    assert.deepEqual(files(harness, id).flat().sort(), [...NAMES].sort());
  });
});
