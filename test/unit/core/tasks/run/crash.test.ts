// Feature: run-engine, Property 9: A crash changes nothing
// Verifies: run-engine#3.4
import { diesAnywhere } from './killedRun';

describe('A killed run, one task after the other', function () {
  diesAnywhere.call(this, 1, [
    { on: 'task.started 1.1 #1', when: 'before' },
    { on: 'task.judged 1.2 #1', when: 'within' },
    { on: 'task.ended 2.1 #1', when: 'after' },
  ]);
});
