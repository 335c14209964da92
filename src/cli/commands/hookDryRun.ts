import type { Hooks } from '../../core/hooks/hooks';
import { FILE_TRIGGERS } from '../../core/hooks/model';
import { relativePath } from '../../core/util/path';
import { type Command, CWD, EXIT } from '../command';

export const hookDryRun: Command = {
  name: 'hook dry-run',
  operands: '<file>',
  arity: [1, 1],
  summary: 'Show which hooks a file would fire; nothing runs.',
  details: `The path is relative to the workspace folder.

--json prints one array of {trigger, name, blocked}, where blocked says what would keep the hook from running.`,
  options: { json: { help: 'Print JSON.' }, ...CWD },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, async ({ core, root }) => {
      await core.hooks.ready;
      const [given = ''] = args.operands;
      const file = relativePath(root, given) ?? given;
      const all = await firing(core.hooks, root, file);
      if (args.has('json')) terminal.out.json(all);
      else if (all.length === 0) terminal.out.line(`Nothing would fire for ${file}.`);
      else for (const each of all) terminal.out.line(lineOf(each));
      return EXIT.done;
    });
  },
};

interface Firing {
  readonly trigger: string;
  readonly name: string;
  readonly blocked?: string;
}

async function firing(hooks: Hooks, root: string, file: string): Promise<readonly Firing[]> {
  const all: Firing[] = [];
  for (const trigger of FILE_TRIGGERS)
    for (const { hook, blocked } of await hooks.wouldFire(root, file, trigger))
      all.push({ trigger, name: hook.name, ...(blocked === undefined ? {} : { blocked }) });
  return all;
}

function lineOf({ trigger, name, blocked }: Firing): string {
  return `${trigger}: ${name}${blocked === undefined ? '' : ` (would not run: ${blocked})`}`;
}
