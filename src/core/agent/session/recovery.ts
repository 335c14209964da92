/** What to do with a call that was begun when the process died. Nothing is done twice without a person's word. */
import type { FileSystem } from '../../ports';
import { confine } from '../places/confine';
import type { Tool, ToolOutcome } from '../tool';
import { editsOf, type FileEdit } from './events';
import type { BegunCall } from './replay';

/** `run`: it had no effect, or only looked. `ask`: it may have had one, and only a person can tell. */
export type Recovery = 'run' | 'ask' | ToolOutcome;

export const UNKNOWN_EFFECT: ToolOutcome = {
  ok: false,
  output: 'It was interrupted; its effect is unknown. Look at what is there before you go on.',
};

export async function recoveryOf(
  begun: BegunCall | undefined,
  tool: Tool | undefined,
  files: FileSystem,
  root: string,
): Promise<Recovery> {
  if (!begun?.mayHaveRun || tool?.reads || !tool) return 'run';
  return begun.edit ? recoverEdit(begun.edit, files, root) : 'ask';
}

/** A write is whole or was not: what the file holds tells which. */
async function recoverEdit(edit: FileEdit, files: FileSystem, root: string): Promise<Recovery> {
  const all = editsOf(edit);
  const texts = await Promise.all(
    all.map(({ path }) =>
      confine(files, root, path)
        .then((real) => files.readText(real))
        .catch(() => null),
    ),
  );
  const output = all.map(doneBy).join(' ');
  if (all.every(({ after }, index) => texts[index] === after)) return { ok: true, output, edit };
  return all.every(({ before }, index) => texts[index] === before) ? 'run' : UNKNOWN_EFFECT;
}

/** In the words of the tools that change files. */
function doneBy({ path, from, before, after }: FileEdit): string {
  if (from !== undefined) return `Moved ${from} to ${path}.`;
  if (after === undefined) return `Deleted ${path}.`;
  return `${before === undefined ? 'Created' : 'Changed'} ${path}.`;
}
