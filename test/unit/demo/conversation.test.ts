/** What the demo says to those who talk with its agent freely: its words do not fit theirs, and say so. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { findStep } from '../../../src/node/models/scenario';
import { DEMO, scenario } from './rehearsal';

const pathSchema = z.object({ path: z.string() });
const step = (turn: number) => findStep(scenario, { role: 'converse', turn, firstMessage: 'Whatever it is' });

describe('a free conversation in the demo', () => {
  it('says at once that its words are not about yours, and reads what is really there', () => {
    const first = step(0);
    assert.match(first?.text ?? '', /written beforehand/);
    for (const { input } of first?.tools ?? [])
      assert.ok(existsSync(join(DEMO, '../sample', pathSchema.parse(input).path)));
  });

  it('has an answer however long it goes on, with the way to a real model', () => {
    for (const turn of [1, 2, 3, 17]) assert.match(step(turn)?.text ?? '', /Choose Model/);
  });

  it('has words for a commit message', () => {
    const found = findStep(scenario, { role: 'write a commit message', turn: 0, firstMessage: '<diff>' });
    assert.match(found?.text ?? '', /Rehearsed/);
  });
});
