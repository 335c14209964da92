/**
 * Dollars that the requests of all windows and command lines have set aside, in a file beside the ledger: two windows must not
 * each count on all that is left of a limit. Whose process is gone holds nothing.
 */
import type { FileSystem, Ids, ProcessRunner } from '../ports';
import { parseJsonLines } from '../util/jsonLines';
import type { Spending } from './limits';

export interface Hold {
  readonly spending: Spending;
  readonly dollars: number;
}

/** Sets dollars aside, for others to see. @returns what gives them back */
export type SetAside = (hold: Hold) => Promise<() => Promise<void>>;

export interface SharedHolds {
  /** Decides by what others hold, while nobody else does. */
  decide<T>(act: (others: readonly Hold[], setAside: SetAside) => Promise<T>): Promise<T>;
}

interface Entry extends Hold {
  readonly id: string;
  /** Who holds it, and the process in which that is. */
  readonly by: string;
  readonly owner: string;
}

export interface SharedHoldsOptions {
  readonly files: FileSystem;
  readonly processes: Pick<ProcessRunner, 'owner' | 'isAlive'>;
  readonly ids: Ids;
}

export function createSharedHolds({ files, processes, ids }: SharedHoldsOptions, path: string): SharedHolds {
  const by = ids.uuid();

  async function read(): Promise<readonly Entry[]> {
    const { values } = parseJsonLines((await files.readText(path)) ?? '');
    return values.filter(isEntry).filter((entry) => entry.by === by || processes.isAlive(entry.owner));
  }

  const write = (entries: readonly Entry[]) =>
    files.writeText(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));

  const giveBack = (id: string) => async () =>
    files.alone(path, async () => write((await read()).filter((entry) => entry.id !== id)));

  return {
    decide: (act) =>
      files.alone(path, async () => {
        const all = await read();
        const others = all.filter((entry) => entry.by !== by);
        return act(others, async (hold) => {
          const id = ids.uuid();
          await write([...all, { ...hold, id, by, owner: processes.owner }]);
          return giveBack(id);
        });
      }),
  };
}

function isEntry(value: unknown): value is Entry {
  const entry = value as Partial<Entry> | null;
  return (
    typeof entry?.id === 'string' &&
    typeof entry.owner === 'string' &&
    typeof entry.dollars === 'number' &&
    typeof entry.spending?.day === 'string'
  );
}
