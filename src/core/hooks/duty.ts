/**
 * Several windows and terminals may be at one folder, and each sees its files, its commits and the time: one of them fires
 * hooks of these. The first window has that duty as long as it lives; a command takes it only where no window has it.
 */
import type { Home } from '../home';
import type { FileSystem, ProcessRunner } from '../ports';

export interface Duty {
  /** Is it for this process to fire? A window takes it where nobody who lives has it. */
  isOurs(root: string): Promise<boolean>;
  /** Others may have it. Rejects never. */
  leave(roots: readonly string[]): Promise<void>;
}

export function createDuty(
  files: FileSystem,
  { owner, isAlive }: Pick<ProcessRunner, 'owner' | 'isAlive'>,
  home: Home,
  isCommand: boolean,
): Duty {
  const holder = async (root: string) =>
    (await files.readText(home.hookDuty(root)).catch(() => undefined))?.trim();
  /** Undefined: nobody who lives has it. */
  async function isHeldByUs(root: string): Promise<boolean | undefined> {
    const now = await holder(root);
    if (now === owner) return true;
    return now !== undefined && now !== '' && isAlive(now) ? false : undefined;
  }
  return {
    async isOurs(root) {
      const before = await isHeldByUs(root);
      if (before !== undefined) return before;
      if (isCommand) return true;
      const path = home.hookDuty(root);
      try {
        return await files.alone(path, async () => {
          const now = await isHeldByUs(root);
          if (now === undefined) await files.writeText(path, `${owner}\n`);
          return now ?? true;
        });
      } catch {
        // Where nothing can be kept, firing twice is better than never.
        return true;
      }
    },
    async leave(roots) {
      for (const root of roots)
        if ((await holder(root)) === owner) await files.remove(home.hookDuty(root)).catch(() => {});
    },
  };
}
