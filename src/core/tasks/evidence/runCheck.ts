/** Runs a check and says what came of it. Whatever a command does, this ends, and with a plain outcome. */
import type { CommandResult, Ports } from '../../ports';
import { type AbortSignal, createAbort } from '../../util/abort';
import { plainOutput } from '../../util/plainOutput';
import type { Check, CheckResult } from './model';
import { problemsIn } from './output/problems';
import { ranNames } from './output/ranNames';
import { readTests } from './output/readTests';

/** Milliseconds; a check that needs longer is ended, with all that it started, and counts as failed. */
export const CHECK_TIMEOUT = 15 * 60_000;
/** Characters of its output that are kept. */
const TAIL = 4000;
const MOST_FAILING = 200;

export interface RunCheckOptions {
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string) => void;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** Rejects with the signal's reason when it is aborted, and never else. */
export async function runCheck(
  { processes }: Pick<Ports, 'processes'>,
  check: Check,
  cwd: string,
  { signal = createAbort().signal, onOutput, timeout = CHECK_TIMEOUT }: RunCheckOptions = {},
): Promise<CheckResult> {
  signal.throwIfAborted();
  // Nobody is at its standard input: what waits for an answer reads its end.
  const result = await processes.run(
    { command: check.command, cwd, timeout, ...(onOutput && { onOutput }) },
    signal,
  );
  signal.throwIfAborted();
  return resultOf(check, result, timeout);
}

export function resultOf(check: Check, result: CommandResult, timeout = CHECK_TIMEOUT): CheckResult {
  const { exitCode, durationMs } = result;
  const text = plainOutput(result.output);
  const proves = check.kind === 'verify' || check.kind === 'test';
  const read = proves ? readTests(text) : undefined;
  const outcome = outcomeOf(check, result, read?.tests);
  const failing = read ? read.failing : outcome === 'passed' ? [] : problemsIn(text);
  const ran = proves ? ranNames(text) : undefined;
  const why = whyOf(check, result, timeout);
  return {
    outcome,
    exitCode,
    durationMs,
    ...(read && { tests: read.tests }),
    ...(failing.length > 0 && { failing: failing.slice(0, MOST_FAILING) }),
    ...(failing.length > MOST_FAILING && { more: failing.length - MOST_FAILING }),
    ...(ran && { ran }),
    ...(why !== undefined && { why }),
    tail: text.trimEnd().slice(-TAIL),
  };
}

function outcomeOf(
  check: Check,
  { outcome, exitCode }: CommandResult,
  tests: CheckResult['tests'],
): CheckResult['outcome'] {
  if (outcome === 'timedOut' || outcome === 'notStarted') return outcome;
  // Behind a pipe, or `|| true`, a run may end well whatever its tests did.
  const isRed = tests !== undefined && tests.failed > 0 && !mustFail(check);
  return outcome === 'exited' && exitCode === 0 && !isRed ? 'passed' : 'failed';
}

/** `! npm test`: met by its failing. */
export function mustFail({ command }: Pick<Check, 'command'>): boolean {
  return /^\s*!\s/.test(command);
}

const NOT_FOUND = 127;

function whyOf(
  { command }: Check,
  { outcome, exitCode }: CommandResult,
  timeout: number,
): string | undefined {
  if (outcome === 'timedOut') return `“${command}” did not end within ${lengthOf(timeout)} and was ended.`;
  if (outcome === 'notStarted') return `“${command}” could not be started.`;
  if (exitCode === undefined) return `“${command}” was ended by something else before it was over.`;
  return exitCode === NOT_FOUND ? `“${command}” is not there: what it calls is not installed.` : undefined;
}

function lengthOf(timeout: number): string {
  const minutes = Math.round(timeout / 60_000);
  if (minutes === 0) return `${Math.round(timeout / 1000)} seconds`;
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
