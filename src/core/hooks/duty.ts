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
  return {
    async isOurs(root) {
      const before = await holder(root);
      if (before === owner) return true;
      if (before !== undefined && before !== '' && isAlive(before)) return false;
      if (isCommand) return true;
      try {
        await files.writeText(home.hookDuty(root), `${owner}\n`);
        // Of two that come at once, the later one has it.
        return (await holder(root)) === owner;
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
