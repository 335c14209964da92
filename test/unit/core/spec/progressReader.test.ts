import { strict as assert } from 'node:assert';
import { createCore } from '../../../../src/core';
import { createTestPorts } from '../../../support/testPorts';
import { own } from '../../../support/testStore';

async function open(count: number) {
  const files = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`.kiro/specs/s${index}/tasks.md`, '- [x] 1. A\n- [ ] 2. B']),
  );
  const ports = createTestPorts({ files });
  const core = own(createCore(ports, { roots: [ports.root], home: '/home/.earshot', hostRunsHooks: false }));
  await core.specs.ready;
  const known = () => core.specs.all.filter(({ knownProgress }) => knownProgress !== undefined).length;
  return { ports, core, known };
}

describe('The progress of many specs', () => {
  it('is read for nobody: a workspace opens without any task list being parsed', async () => {
    const { known } = await open(200);
    assert.equal(known(), 0);
  });

  it('is there at once where specs are few', async () => {
    const { core, known } = await open(5);
    core.specs.readProgress();
    assert.equal(known(), 5);
    assert.deepEqual(core.specs.all[0]?.knownProgress, { done: 1, total: 2 });
  });

  it('comes after a moment where they are many, and is told once', async () => {
    const { ports, core, known } = await open(200);
    let told = 0;
    own({ dispose: core.specs.onDidChange(() => told++).dispose });
    core.specs.readProgress();
    assert.ok(known() > 0 && known() < 200);
    for (let step = 0; step < 50 && known() < 200; step++) await ports.clock.advance(10);
    assert.equal(known(), 200);
    assert.ok(told <= 2, `${told} times`);
  });
});
