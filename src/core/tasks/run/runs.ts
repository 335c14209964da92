/** The door to runs of tasks: what a person or the command line may ask of them. */
import type { Event } from '../../util/event';
import type { RunShape } from '../plan/estimate';
import type { Plan, Selection } from '../plan/model';
import type { RunOptions, RunState } from './model';

export interface Runs {
  /** What a run would do now. @param shape What its estimate is for; unsaid: one task at a time, without a reviewer */
  plan(spec: string, selection: Selection, shape?: RunShape): Promise<Plan>;
  /** Resolves with the end state: `done`, `failed`, `stopped`, or `needsYou` where nobody is there to ask. Rejects with an `ActError`. */
  start(spec: string, options: RunOptions): Promise<RunState>;
  /**
   * Goes on with a run that was interrupted or stopped, where it was.
   * @param budget What it may cost in all from now on; null: no limit of its own; undefined: what was said at its start
   */
  resume(run: string, budget?: number | null): Promise<RunState>;
  /** No new step begins until `unpause`; what runs goes on. */
  pause(run: string): void;
  unpause(run: string): void;
  /** Ends when the tasks that run now are over. */
  stopAfter(run: string): void;
  /** Ends now; what has run so far counts. */
  stop(run: string): void;
  skip(run: string, task: string): void;
  /** Another try of a task that failed, with what the person adds. */
  retry(run: string, task: string, hint?: string): Promise<RunState>;
  /** Newest first; reads the logs that changed. */
  list(spec?: string): Promise<readonly RunState[]>;
  /** What is known without reading. */
  readonly known: readonly RunState[];
  get(run: string): RunState | undefined;
  /** A run began, changed or ended: its id. */
  readonly onDidChange: Event<string>;
}
