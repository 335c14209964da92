// Feature: run-engine, Property 9: A crash changes nothing
// Verifies: run-engine#3.4
import { diesAnywhere } from './killedRun';

describe('A killed run, in waves', function () {
  diesAnywhere.call(this, 4, [{ on: 'task.merging 1.2 #1', when: 'after' }]);
});
