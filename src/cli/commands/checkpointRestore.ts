import type { RestoreScope } from '../../core/checkpoints/model';
import type { AbortSignal } from '../../core/util/abort';
import { type Command, CWD, EXIT, UsageError } from '../command';
import type { Prompt } from '../prompt';

export const checkpointRestore: Command = {
  name: 'checkpoint restore',
  operands: '<id>',
  arity: [1, 1],
  summary: 'Go back to a checkpoint: all files, some, or what one turn changed.',
  details: `Shows each path that would change and asks. Where nobody sits it wants --yes: without it the plan is
shown, nothing is written, and the exit code is 1. The workspace as it is now becomes a checkpoint first, so
that earshot checkpoint restore latest undoes it. Your git repository stays as it is: files are restored.

--json prints the plan as {steps: [{path, change, byPerson}], refused: [{path, why}], notes, restored, before}
where before is the id of the checkpoint that undoes it.`,
  options: {
    path: { value: 'PATH', help: 'Only this file or folder.' },
    turn: { help: 'Only what the turn changed that the checkpoint was taken for.' },
    yes: { help: 'Do not ask.' },
    json: { help: 'Print JSON.' },
    ...CWD,
  },
  async run(args, terminal) {
    const [{ withCliCore }, { planLines }, { findCheckpoint }] = await Promise.all([
      import('../createCliCore'),
      import('../checkpointLines'),
      import('../findCheckpoint'),
    ]);
    return withCliCore(args, terminal, async ({ core, root, prompt }) => {
      const { out, signal } = terminal;
      const checkpoint = findCheckpoint(await core.checkpoints.list({ root }), args.operands.join());
      const scope = scopeOf(args.value('path'), args.has('turn'), checkpoint);
      const plan = await core.checkpoints.plan(root, checkpoint.id, scope);
      const { steps, refused, notes } = plan;
      const isJson = args.has('json');
      const tell = (words: string, done: Readonly<Record<string, unknown>>) =>
        isJson ? out.json({ steps, refused, notes, ...done }) : out.line(words);
      if (!isJson)
        out.write(
          planLines(plan, out.paint)
            .map((line) => `${line}\n`)
            .join(''),
        );
      if (steps.length === 0) {
        tell('There is nothing to restore.', { restored: false });
        return EXIT.done;
      }
      const count = steps.length === 1 ? '1 file' : `${steps.length} files`;
      const isAgreed = args.has('yes') || (await ask(isJson ? undefined : prompt, count, signal));
      if (!isAgreed) {
        tell('Nothing was restored. With --yes nobody is asked.', { restored: false });
        return EXIT.failed;
      }
      await core.hooks.ready;
      const before = await core.checkpoints.restore(plan);
      await core.hooks.settled();
      tell(`Restored ${count}. “earshot checkpoint restore latest” undoes it.`, {
        restored: true,
        before: before.id,
      });
      return EXIT.done;
    });
  },
};

/** Without anybody to ask it is a no. */
async function ask(prompt: Prompt | undefined, count: string, signal: AbortSignal): Promise<boolean> {
  return /^y(es)?$/i.test((await prompt?.ask(`Restore ${count}? [y/N] `, signal)) ?? '');
}

function scopeOf(
  path: string | undefined,
  turn: boolean,
  { id, after }: { readonly id: string; readonly after?: string },
): RestoreScope {
  if (path !== undefined && turn) throw new UsageError('Write --path or --turn, not both.');
  if (path !== undefined)
    return { kind: 'paths', paths: [path.replaceAll('\\', '/').replace(/^\.\/|\/+$/g, '')] };
  if (!turn) return { kind: 'all' };
  if (after === undefined)
    throw new UsageError('This checkpoint does not say what its turn left. Leave --turn out, or name paths.');
  return { kind: 'between', from: id, to: after };
}
