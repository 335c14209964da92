// Feature: agent-engine, Property 4: The log is the session
// Verifies: agent-engine#2.2
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EventLog, readEvents } from '../../../src/core/util/eventLog';
import { createMemoryFiles } from '../../support/memoryFiles';
import { runs } from '../../support/soak';

interface Body {
  readonly type: 'step';
  readonly text: string;
}

const PATH = '/log.jsonl';
const textsOf = (text: string) => readEvents<Body>(text).map((event) => event.text);

describe('an event log', () => {
  it('loses and doubles nothing where a full disk took a part of what was written', async () => {
    const flushes = fc.array(
      fc.record({
        texts: fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }),
        torn: fc.option(fc.nat(200), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(flushes, async (all) => {
        const files = createMemoryFiles();
        const log = new EventLog<Body>(files, PATH, () => 0);
        for (const { texts, torn } of all) {
          for (const text of texts) log.append({ type: 'step', text });
          if (torn === undefined) await log.flush();
          else {
            files.tear(PATH, torn);
            await assert.rejects(log.flush(), /full/);
          }
        }
        await log.flush();
        const text = files.text(PATH) ?? '';
        assert.deepEqual(
          textsOf(text),
          all.flatMap(({ texts }) => texts),
        );
        const seqs = readEvents(text).map(({ seq }) => seq);
        assert.deepEqual(seqs, [...seqs.keys()]);
        const next = new EventLog<Body>(files, PATH, () => 0, text).append({ type: 'step', text: 'more' });
        assert.equal(next.seq, seqs.length);
      }),
      runs(100),
    );
  });

  it('keeps its order when the clock is put back, also for who goes on with it', async () => {
    const files = createMemoryFiles();
    const times = [100, 40, 60, 120];
    const log = new EventLog<Body>(files, PATH, () => times.shift() ?? 0);
    const ats = ['a', 'b', 'c', 'd'].map((text) => log.append({ type: 'step', text }).at);
    assert.deepEqual(ats, [100, 100, 100, 120]);
    await log.flush();
    const again = new EventLog<Body>(files, PATH, () => 50, files.text(PATH));
    assert.equal(again.append({ type: 'step', text: 'e' }).at, 120);
  });
});
