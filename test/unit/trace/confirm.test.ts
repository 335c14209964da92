import { strict as assert } from 'node:assert';
import { REQUIREMENTS, startCore } from '../core/coreHarness';

describe('Confirming links', () => {
  it('of tasks confirms those of the tests and code that they brought about, too', async () => {
    const path = '.kiro/specs/doors';
    const links = (from: string) => `${JSON.stringify({ v: 1, from, to: '1.1', hash: 'of another text' })}\n`;
    const { core } = await startCore({
      files: {
        [`${path}/requirements.md`]: REQUIREMENTS,
        [`${path}/tasks.md`]: '- [ ] 1. Build\n  - _Requirements: 1.1_',
        [`${path}/.earshot/links.jsonl`]: links('task:1') + links('test:test/a.ts') + links('code:src/a.ts'),
        'test/a.ts': '// Verifies: doors#1.1',
        'src/a.ts': '// Implements: doors#1.1',
      },
    });
    const statuses = async () => {
      const [spec] = core.specs.all;
      assert.ok(spec);
      const [first] = (await core.trace.graph(spec)).criteria;
      return [
        spec,
        [first?.levels.task.status, first?.levels.test.status, first?.levels.code.status],
      ] as const;
    };
    const [spec, before] = await statuses();
    assert.deepEqual(before, ['suspect', 'suspect', 'suspect']);
    await core.trace.confirm(spec, ['design']);
    assert.deepEqual((await statuses())[1], before);
    await core.trace.confirm(spec, ['tasks']);
    assert.deepEqual((await statuses())[1], ['covered', 'covered', 'covered']);
  });
});
