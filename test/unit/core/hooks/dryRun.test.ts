// Verifies: hook-engine#2.1
/** What a file would fire, though nothing is: the same as what it does fire. */
import assert from 'node:assert/strict';
import { FILE_TRIGGERS, TRIGGERS } from '../../../../src/core/hooks/model';
import { specFile } from '../coreHarness';
import { commands, save, settleHooks, startHooks } from './hookHarness';

const SPEC = specFile('design.md');
/** One of each trigger, and one of a name that is none. */
const ALL = [...TRIGGERS, 'onSave'].map((trigger) => ({ name: trigger, trigger, schedule: '2h' }));

async function start() {
  const harness = await startHooks(ALL, { commands: () => 0, files: { 'a.ts': '', [SPEC]: '# Design\n' } });
  const { hooks } = harness.core;
  for (const { id } of hooks.all) await hooks.agree(id);
  const would = async (file: string) => {
    const all = await Promise.all(
      FILE_TRIGGERS.map(async (trigger) => {
        const fitting = await hooks.wouldFire('/project', file, trigger);
        return [trigger, fitting.map(({ hook, blocked }) => blocked ?? hook.name)] as const;
      }),
    );
    return Object.fromEntries(all);
  };
  return { ...harness, would };
}

describe('a dry run', () => {
  it('names the hooks of the event and no other: not those of sessions, time and git, by hand, or of a name that is no trigger', async () => {
    const { would } = await start();
    assert.deepEqual(await would('a.ts'), {
      PostFileSave: ['PostFileSave'],
      PostFileCreate: ['PostFileCreate'],
      PostFileDelete: ['PostFileDelete'],
    });
  });

  it('names those of a spec’s documents, which are written, not deleted', async () => {
    const harness = await start();
    assert.deepEqual(await harness.would(SPEC), {
      PostFileSave: ['OnSpecChange'],
      PostFileCreate: ['OnSpecChange'],
      PostFileDelete: [],
    });
    await save(harness, SPEC, '# Design\n\nMore.\n');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), ['OnSpecChange'], 'and so it is');
  });

  it('says that nothing of what is installed fires, whatever the patterns', async () => {
    const harness = await start();
    const file = 'node_modules/x/a.ts';
    for (const [trigger, said] of Object.entries(await harness.would(file)))
      assert.deepEqual(
        said,
        ['Nothing fires in folders of version control and of installed packages.'],
        trigger,
      );
    await save(harness, file, 'x');
    await settleHooks(harness);
    assert.deepEqual(commands(harness.ports), [], 'and so it is');
  });
});
