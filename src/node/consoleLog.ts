import type { Logger } from '../core/ports';
import { redact } from '../core/util/redact';

/**
 * The `Logger` port as lines of text; keys are left out. `write` gets one line at a time without its end
 * (by default standard error, so that a command's own output stays clean).
 */
export function createConsoleLog(
  write: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Logger {
  return {
    info: (message) => write(redact(message)),
    warn: (message, error) => write(redact(`warning: ${message}${describe(error)}`)),
    error: (message, error) => write(redact(`error: ${message}${describe(error)}`)),
  };
}

function describe(error: unknown): string {
  if (error === undefined) return '';
  if (!(error instanceof Error)) return `: ${String(error)}`;
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `: ${error.message}${cause}\n${error.stack ?? ''}`;
}
