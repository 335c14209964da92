/** What the review shows of a spec: what carries on with each criterion. */
import { strict as assert } from 'node:assert';
import type { CodeTag } from '../../../src/core/trace/model';
import type { ReviewCriterion } from '../../../src/protocol/review';
import { reviewModel } from '../../../src/vscode/features/review/reviewModel';
import { REQUIREMENTS, SPEC, specFile, startCore, tasksText } from '../core/coreHarness';

const TASKS = tasksText('- [ ] 1. Sweep', '  - _Requirements: 1.1_');

describe('review: the tests of a criterion', () => {
  async function criteria(tags: readonly CodeTag[] | undefined): Promise<readonly ReviewCriterion[]> {
    const { core } = await startCore({
      files: { [specFile('requirements.md')]: REQUIREMENTS, [specFile('tasks.md')]: TASKS },
    });
    const spec = core.specs.get(SPEC);
    assert.ok(spec);
    const { requirements } = reviewModel({
      spec,
      shown: 'requirements',
      sessions: [],
      isLive: () => false,
      threads: [],
      graph: await core.trace.graph(spec, { code: tags ?? false }),
      me: 'Ada',
      compared: undefined,
      off: undefined,
      rehearsed: false,
    });
    return requirements.flatMap((each) => each.criteria);
  }

  it('are not known before code was looked at, which is not the same as none', async () => {
    assert.equal((await criteria(undefined))[0]?.tests, undefined);
    assert.deepEqual((await criteria([]))[0]?.tests, []);
  });

  it('are told with the place to go to', async () => {
    const tag = {
      kind: 'verifies',
      spec: 'links',
      ids: ['1.1'],
      path: 'test/sweep.test.ts',
      line: 7,
    } as const;
    const [first] = await criteria([tag, { ...tag, kind: 'implements', path: 'src/sweep.ts' }]);
    assert.deepEqual(first?.tests, [{ label: 'test/sweep.test.ts:7', path: 'test/sweep.test.ts', line: 7 }]);
    assert.deepEqual(first?.tasks, ['1']);
  });
});
