// Feature: run-engine, Property 7: The reviewer is of its own mind
// Verifies: run-engine#2.8, #3.1
import assert from 'node:assert/strict';
import { RUN_OPTIONS } from '../../../../../src/core/tasks/run/model';
import { createScriptedModel, type ModelTurn } from '../../../../support/scriptedModel';
import { SPEC } from '../../coreHarness';
import { approved, boxes, write } from '../taskHarness';

const LINES = ['- [ ] 1. Expire links', '  - _Requirements: 1.1_', '  - _Verify: npm test_'];
const CLAIM: ModelTurn = { text: 'Trust me, the sweep is marvellous. Done.' };
const said = (met: boolean, why: string, ...places: readonly string[]): ModelTurn => ({
  text: JSON.stringify({ criteria: [{ id: '1.1', met, why, places }] }),
});

/** What the implementer and the reviewers do, turn by turn, and what each of them is sent. */
async function reviewed(work: readonly ModelTurn[], reviews: readonly ModelTurn[], tries: number) {
  const [toWork, toReview]: [string[], string[]] = [[], []];
  const [working, reviewing] = [[...work], [...reviews]];
  const model = createScriptedModel({
    answer({ system, messages }) {
      const isReview = system.startsWith('Role: review');
      (isReview ? toReview : toWork).push(JSON.stringify(messages));
      return (isReview ? reviewing : working).shift() ?? CLAIM;
    },
  });
  const harness = await approved(LINES, { model, commands: () => 0 });
  const state = await harness.core.runs.start(SPEC, { ...RUN_OPTIONS, tries, reviewer: true });
  return { task: state.tasks[0], box: boxes(harness)[0], toWork, toReview };
}

describe('A run with a reviewer', () => {
  it('has another session judge what the checks agree to, which sees nothing of the conversation', async () => {
    const { task, box, toWork, toReview } = await reviewed(
      [write('src/links.ts', 'sweep'), CLAIM, write('src/links.ts', 'sweep\nall'), CLAIM],
      [said(false, 'Nothing deletes them.'), said(true, 'They go.', 'src/links.ts:2')],
      2,
    );
    assert.deepEqual(
      task?.sessions.map(({ role }) => role),
      ['work', 'review', 'review'],
    );
    assert.equal(new Set(task?.sessions.map(({ id }) => id)).size, 3, 'each has a session of its own');
    assert.equal(toReview.length, 2);
    for (const words of toReview) assert.ok(words.includes('+sweep') && !words.includes('marvellous'), words);
    assert.match(toWork.at(-2) ?? '', /The reviewer finds 1\.1 not met: Nothing deletes them\./);
    assert.deepEqual(
      task?.evidence.map(({ verdict, review }) => [verdict, review?.map(({ met }) => met)]),
      [
        ['refuted', [false]],
        ['proved', [true]],
      ],
    );
    assert.equal(box, 'x1. Expire links');
  });

  it('ticks nothing that the reviewer finds not met, or met without a line', async () => {
    for (const review of [said(false, 'It is a stub.'), said(true, 'It is so.', 'src/gone.ts:1')]) {
      const { task, box } = await reviewed([write('src/links.ts'), CLAIM], [review, review], 1);
      assert.deepEqual([task?.phase, box], ['failed', ' 1. Expire links']);
      assert.match(task?.reason ?? '', /The reviewer finds 1\.1 not met/);
    }
  });
});
