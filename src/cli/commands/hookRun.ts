import type { SessionState } from '../../core/agent/session/sessionState';
import type { Hook, HookRun } from '../../core/hooks/model';
import { relativePath } from '../../core/util/path';
import { AGENT_OPTIONS } from '../agentOptions';
import { type Command, EXIT, UsageError } from '../command';

export const hookRun: Command = {
  name: 'hook run',
  operands: '<name>',
  arity: [1, 1],
  summary: 'Run a hook now, whatever its trigger.',
  details: `You are asked before it runs for the first time, and again when it has changed; where nobody can be
asked, it does not run.

Exit codes: 0 it passed, 1 it failed or may not run, 2 the command line is wrong.`,
  options: { ...AGENT_OPTIONS, file: { value: 'PATH', help: 'The file that it runs for.' } },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    const { withHooks } = await import('../withHooks');
    return withCliCore(args, terminal, async (cli) => {
      const { core, root } = cli;
      await core.hooks.ready;
      const [name = ''] = args.operands;
      const hook = requireHook(core.hooks.all, name);
      const file = args.value('file');
      const about = file && (relativePath(root, file) ?? file);
      // What it writes may fire others.
      const ran = await withHooks(cli, args, terminal, () => core.hooks.runNow(hook.id, about), hook.id);
      if (args.has('json')) terminal.out.json(ran ?? { outcome: 'notAgreed' });
      else
        for (const line of linesOf(hook.name, ran, core.sessions.get(ran?.session ?? '')))
          terminal.out.line(line);
      return ran?.outcome === 'passed' ? EXIT.done : EXIT.failed;
    });
  },
};

function linesOf(
  name: string,
  run: HookRun | undefined,
  session: SessionState | undefined,
): readonly string[] {
  if (!run) return [`“${name}” did not run: nobody has agreed to it (--agree-hooks).`];
  const output = run.output.trimEnd();
  const set = session?.changes.set;
  const changed = set?.state === 'open' ? set.files.map(({ path }) => path).join(', ') : '';
  const code = run.exitCode === undefined ? '' : `, exit code ${run.exitCode}`;
  return [
    ...(output.trim() === '' ? [] : [output]),
    ...(changed === '' ? [] : [`It changed ${changed}: to be reviewed in the editor.`]),
    `${name}: ${run.outcome}${code} (${(run.durationMs / 1000).toFixed(1)} s)`,
  ];
}

function requireHook(all: readonly Hook[], name: string): Hook {
  const hook = all.find((each) => each.name === name || each.id === name);
  if (hook) return hook;
  const names = all.map((each) => each.name).join(', ');
  throw new UsageError(`There is no hook “${name}”. There are: ${names || 'none'}.`);
}
