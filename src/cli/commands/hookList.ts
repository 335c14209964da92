import type { Hooks } from '../../core/hooks/hooks';
import type { Hook, HookRun } from '../../core/hooks/model';
import { relativePath } from '../../core/util/path';
import { type Command, CWD, EXIT } from '../command';

export const hookList: Command = {
  name: 'hook list',
  operands: '',
  arity: [0, 0],
  summary: 'List hooks, with what is wrong in their files.',
  details: `Those of .kiro/hooks (*.json, *.kiro.hook) and of ~/.kiro/hooks.

--json prints one object: {hooks: [{name, trigger, matcher, enabled, agreed, file, lastRun}], problems:
[{file, severity, message}]}, where lastRun is {at, outcome, exitCode, durationMs} or not there.

Exit codes: 0 listed, 1 a hook file has an error, 2 the command line is wrong.`,
  options: { json: { help: 'Print JSON.' }, ...CWD },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, async ({ core, root }) => {
      await core.hooks.ready;
      const { all, problems } = core.hooks;
      const nameOf = (path: string) => relativePath(root, path) ?? path;
      if (args.has('json'))
        terminal.out.json({
          hooks: all.map((hook) => summary(core.hooks, hook, nameOf(hook.path))),
          problems: problems.map(({ path, severity, message }) => ({
            file: nameOf(path),
            severity,
            message,
          })),
        });
      else {
        if (all.length === 0) terminal.out.line('No hooks here yet.');
        for (const hook of all)
          terminal.out.line(lineOf(hook, core.hooks.lastRun(hook.id), nameOf(hook.path)));
        for (const { path, message } of problems) terminal.out.line(`${nameOf(path)}: ${message}`);
      }
      return problems.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.done;
    });
  },
};

function summary(hooks: Hooks, { id, name, trigger, matcher, enabled }: Hook, file: string) {
  const run = hooks.lastRun(id);
  const { at, outcome, exitCode, durationMs } = run ?? {};
  const lastRun = run ? { lastRun: { at, outcome, exitCode, durationMs } } : {};
  return { name, trigger, matcher, enabled, agreed: hooks.isAgreed(id), file, ...lastRun };
}

function lineOf({ name, trigger, matcher, enabled }: Hook, run: HookRun | undefined, file: string): string {
  const when = matcher === undefined ? trigger : `${trigger} of ${matcher}`;
  return `${name} · ${when} · ${enabled ? (run?.outcome ?? 'never ran') : 'disabled'} · ${file}`;
}
