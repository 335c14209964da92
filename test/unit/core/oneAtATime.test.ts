import assert from 'node:assert/strict';
import { oneAtATime } from '../../../src/core/util/oneAtATime';

describe('an act that asks', () => {
  function createQuestions() {
    const open: { readonly about: string; answer(): void; fail(): void }[] = [];
    const ask = oneAtATime(
      (about: string) =>
        new Promise<void>((resolve, reject) => {
          open.push({ about, answer: resolve, fail: () => reject(new Error('It is gone.')) });
        }),
    );
    return { open, ask, about: () => open.map((each) => each.about) };
  }

  it('asks nothing more while its question stands, about whatever', async () => {
    const { open, ask, about } = createQuestions();
    const first = ask('one');
    await Promise.all([ask('one'), ask('two')]);
    assert.deepEqual(about(), ['one']);
    open[0]?.answer();
    await first;
    void ask('two');
    assert.deepEqual(about(), ['one', 'two']);
  });

  it('can be asked again after it went wrong', async () => {
    const { open, ask, about } = createQuestions();
    const first = ask('one');
    open[0]?.fail();
    await assert.rejects(first, /gone/);
    void ask('two');
    assert.deepEqual(about(), ['one', 'two']);
  });
});
