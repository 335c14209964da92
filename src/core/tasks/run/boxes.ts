/**
 * The boxes of a spec while its tasks run. A program that the agent wrote can change tasks.md as well as a person can, and
 * what it ticks proves nothing: such a box is opened again.
 */
import type { Ports } from '../../ports';
import type { Spec, TaskState } from '../../spec/model';
import { documentOf } from '../../spec/readSpec';
import { parseTasks } from '../../spec/tasks/parseTasks';
import { flattenTasks } from '../../spec/tasks/taskTree';
import { resetTasks, taskTitle } from '../taskState';

export interface Boxes {
  /**
   * Acts; others may do so meanwhile. A tick that is then neither the run's nor the person's is taken back.
   * @param onReset Is told the tasks, as a person calls them
   */
  during<T>(act: () => Promise<T>, onReset: (tasks: readonly string[]) => void): Promise<T>;
  /** For the run itself: what it changes by this it knows. */
  write(act: () => Promise<void>): Promise<void>;
}

type States = ReadonlyMap<string, TaskState>;

export function createBoxes(
  { files, person, log }: Pick<Ports, 'files' | 'person' | 'log'>,
  spec: Spec,
  /** By the person, here. */
  ticked: ReadonlySet<string>,
): Boxes {
  const path = documentOf(spec, 'tasks')?.path;
  let known: States | undefined;
  let acting = 0;
  let found: readonly string[] = [];
  let last: Promise<unknown> = Promise.resolve();

  /** Tasks that run side by side look at one file. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = last.then(act);
    last = result.catch(() => {});
    return result;
  }

  async function states(): Promise<States | undefined> {
    const text = path && (await files.readText(path).catch(() => undefined));
    return text === undefined ? undefined : statesIn(text);
  }

  /** What the person saved in the editor is theirs. */
  function isPersons(title: string): boolean {
    const saved = path && person.savedText?.(path);
    return ticked.has(title) || (saved !== undefined && statesIn(saved).get(title) === 'done');
  }

  async function look(): Promise<void> {
    const unknown = [...((await states()) ?? [])].flatMap(([title, state]) => {
      const was = known?.get(title);
      return state === 'done' && was !== undefined && was !== 'done' && !isPersons(title)
        ? [[title, was] as const]
        : [];
    });
    if (unknown.length > 0) await resetTasks(files, spec, new Map(unknown));
    known = await states();
    found = [...found, ...unknown.map(([title]) => title)];
  }

  function lookOrLog(): Promise<void> {
    const words = `Boxes of ${spec.name} that a program ticked could not be opened again`;
    return look().catch((error: unknown) => log.error(words, error));
  }

  return {
    async during(act, onReset) {
      // What was ticked before is nobody's business here.
      await inTurn(async () => {
        if (acting++ === 0) known = await states();
      });
      try {
        return await act();
      } finally {
        const tasks = await inTurn(async () => {
          acting--;
          await lookOrLog();
          const all = found;
          found = [];
          return all;
        });
        if (tasks.length > 0) onReset(tasks);
      }
    },
    write: (act) =>
      inTurn(async () => {
        // Where the editor saves for the run, what a program ticked would look like the person's from then on.
        if (acting > 0) await lookOrLog();
        const before = await states();
        await act();
        const own = [...((await states()) ?? [])].filter(([title, state]) => before?.get(title) !== state);
        if (known) known = new Map([...known, ...own]);
      }),
  };
}

function statesIn(text: string): States {
  return new Map(flattenTasks(parseTasks(text).tasks).map((task) => [taskTitle(task), task.state]));
}
