/** The core's log, in the output channel “Earshot”. */
import type * as vscode from 'vscode';
import type { Logger } from '../../core/ports';
import { errorMessage } from '../../core/util/errorMessage';
import { redact } from '../../core/util/redact';

export function createLog(channel: vscode.LogOutputChannel): Logger {
  const text = (message: string, error: unknown) =>
    redact(
      error === undefined
        ? message
        : `${message}: ${error instanceof Error ? (error.stack ?? error.message) : errorMessage(error)}`,
    );
  return {
    info: (message) => channel.info(redact(message)),
    warn: (message, error) => channel.warn(text(message, error)),
    error: (message, error) => channel.error(text(message, error)),
  };
}
