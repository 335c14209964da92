/** Runs the command of a hook: what happened on its input and in the environment, within its time. */
import type { Ports, RunCommand } from '../ports';
import type { AbortSignal } from '../util/abort';
import { createCappedText } from '../util/cappedText';
import { type HookCause, namedFiles, type Outcome } from './cause';
import { fillCommand, takesPath } from './fillCommand';
import type { Hook } from './model';

/** Characters of the event in the environment: systems refuse to start a process with much more. */
const MAX_EVENT = 30_000;

/** @property lasted Milliseconds of it alone: the clock may be set meanwhile, or the machine sleep. */
interface Once {
  readonly outcome: Outcome;
  readonly lasted: number;
}

type Run = (hook: Hook, command: string, cause: HookCause, signal: AbortSignal) => Promise<Outcome>;

export function createCommandRunner({ processes }: Pick<Ports, 'processes'>): Run {
  async function runOnce(
    hook: Hook,
    template: string,
    file: string,
    cause: HookCause,
    left: number | undefined,
    signal: AbortSignal,
  ): Promise<Once> {
    const command = fillCommand(template, file, /^[a-zA-Z]:/.test(hook.root));
    if (command === undefined) return { outcome: unsafe(file), lasted: 0 };
    const limit = left === undefined ? {} : { timeout: Math.max(1, left) };
    const cwd = cause.place ?? hook.root;
    const run = { command, cwd, ...eventOf(cwd, file, cause), ...limit };
    const {
      outcome,
      exitCode,
      output,
      stderr,
      stdout = stderr === '' ? output : '',
      durationMs,
    } = await processes.run(run, signal);
    const said = { exitCode, output, stdout, stderr };
    const bad = outcome === 'exited' || outcome === 'notStarted' ? 'failed' : outcome;
    const passed = outcome === 'exited' && exitCode === 0;
    return { outcome: { outcome: passed ? 'passed' : bad, ...said }, lasted: durationMs };
  }

  /** Once; for each file where the command names it. The time limit is that of all together. */
  return async (hook, command, cause, signal) => {
    let left = hook.timeout > 0 ? hook.timeout * 1000 : undefined;
    const all = createTogether();
    const files = filesFor(command, cause);
    for (const [index, file] of files.entries()) {
      const once = await runOnce(hook, command, file, cause, left, signal);
      if (left !== undefined) left -= once.lasted;
      const { outcome } = all.add(once.outcome);
      if (outcome !== 'timedOut' && outcome !== 'cancelled') continue;
      all.say(endedAt(outcome, hook, files, index));
      break;
    }
    return all.outcome();
  };
}

/** The first that did not pass, with what all said: a burst may be ten thousand files, and is kept like one. */
function createTogether() {
  const output = createCappedText();
  let worst: Outcome | undefined;
  let between = '';
  const say = (text: string) => {
    if (text === '') return;
    output.add(`${between}${text}`);
    between = '\n';
  };
  return {
    say,
    add(one: Outcome): Outcome {
      say(one.output);
      if (!worst || (worst.outcome === 'passed' && one.outcome !== 'passed')) worst = one;
      return one;
    },
    outcome: (): Outcome => ({ ...(worst ?? { outcome: 'failed' }), output: output.toString() }),
  };
}

function endedAt(
  outcome: 'timedOut' | 'cancelled',
  { timeout }: Hook,
  files: readonly string[],
  at: number,
): string {
  const rest = files.slice(at + 1);
  if (rest.length === 0) return '';
  const how =
    outcome === 'cancelled'
      ? 'It was stopped at'
      : `Its time of ${timeout} seconds is for all ${files.length} files together: it ended at`;
  return `${how} ${files[at]}. Not reached: ${namedFiles(rest)}.`;
}

function filesFor(command: string, { files }: HookCause): readonly string[] {
  return takesPath(command) && files.length > 0 ? files : [files[0] ?? ''];
}

/** What happened, for the command: on its input, and in the environment for those who read it there. */
function eventOf(cwd: string, file: string, cause: HookCause): Pick<RunCommand, 'stdin' | 'env'> {
  const files = cause.files.length > 0 || !cause.facts ? { file_path: file, file_paths: cause.files } : {};
  const event = {
    hook_event_name: cause.trigger,
    cwd,
    session_id: cause.within ?? '',
    ...cause.facts,
    ...files,
  };
  const whole = JSON.stringify(event);
  // An empty list would say that there was no file.
  const short = whole.length > MAX_EVENT ? JSON.stringify({ ...event, file_paths: undefined }) : whole;
  const words = (cause.words ?? short).slice(0, MAX_EVENT);
  return { stdin: whole, env: { USER_PROMPT: words, KIRO_HOOK_FILE: file } };
}

function unsafe(file: string): Outcome {
  const output = `The name of ${JSON.stringify(file)} cannot be put into this command safely, so it did not run. Write "$KIRO_HOOK_FILE" instead of {{filePath}} in the hook: it holds the same path.`;
  return { outcome: 'failed', output };
}
