/**
 * Twelve tasks that wait for nothing, a model that takes three seconds for an answer: four at a time, each in a copy of
 * the workspace and merged, against one after the other. `npm run bench -- parallel` runs it alone.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ModelTurn } from '../support/scriptedModel';
import { disposeOwned } from '../support/testStore';
import { apart, openDesk } from '../unit/core/tasks/run/copiesHarness';
import { DONE, write } from '../unit/core/tasks/taskHarness';
import type { BenchRow } from './row';

const TASKS = 12;
const ANSWER_MS = 3000;

/** Takes its time, anew for each who asks. */
function slow(turn: ModelTurn): ModelTurn {
  return {
    ...turn,
    get hold() {
      return delay(ANSWER_MS);
    },
  };
}

async function seconds(parallel: number): Promise<number> {
  const ids = Array.from({ length: TASKS }, (_, index) => index + 1);
  const desk = await openDesk(apart(...ids.map((id) => `test -f ${id}.txt`)));
  const script = Object.fromEntries(ids.map((id) => [id, [slow(write(`${id}.txt`)), slow(DONE)]]));
  const { run } = await desk.open(script);
  const start = performance.now();
  const { status, reason } = await run({ parallel });
  const took = (performance.now() - start) / 1000;
  await disposeOwned();
  await desk.folder.remove();
  if (status !== 'done') throw new Error(`The run ended as ${status}: ${reason}`);
  return took;
}

export async function sideBySideRows(): Promise<readonly BenchRow[]> {
  const one = await seconds(1);
  const four = await seconds(4);
  return [
    {
      name: `${TASKS} tasks, 4 at a time, model of ${ANSWER_MS / 1000} s`,
      value: four,
      unit: 's',
      peer: `one after the other (${one.toFixed(1)} s)`,
      ratio: four / one,
    },
  ];
}
