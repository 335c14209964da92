/** What checkpoints are called after, looked up where it stands. */
import type { Core } from '../../../core';
import { titleOf } from '../../../core/agent/session/sessionState';
import type { Checkpoint } from '../../../core/checkpoints/model';
import { tasksOf } from '../../adapters/specTarget';
import { timeOf } from '../../adapters/timeOf';
import type { Known } from './timeline';
import type { Names } from './words';

/** @param all The checkpoints that are kept, newest first */
export function namesIn(core: Core, all: readonly Checkpoint[]): Names & Known {
  return {
    titleOfSession(session) {
      const state = core.sessions.get(session);
      return state && titleOf(state);
    },
    wordsOfTurn(session, turn) {
      const state = core.sessions.get(session);
      // What the model is given for a task is a brief that nobody wrote: its title says more.
      if (state && state.started.kind !== 'chat') return titleOf(state);
      const item = state?.items.find((each) => each.type === 'user' && each.seq === turn);
      return item?.type === 'user' ? item.text : undefined;
    },
    numberOfRun: (run) => core.runs.get(run)?.number,
    titleOfTask(spec, key) {
      const known = core.specs.get(spec);
      const task = known && tasksOf(known).find((each) => each.key === key);
      return task && `${task.id ?? ''} ${task.title}`.trim();
    },
    restored: (root, id, before) =>
      all.find((each) => each.root === root && each.id === id && each.at < before),
    time: timeOf,
    specOf(session) {
      const started = core.sessions.get(session)?.started;
      return started?.kind === 'task' ? started.spec : undefined;
    },
  };
}
