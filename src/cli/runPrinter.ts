/** A task run for people, as it happens. */
import type { LiveUpdate, SessionEvent } from '../core/agent/session/events';
import { createLineWriter } from './lineWriter';
import type { Output } from './output';
import { oneLine, printable } from './printable';

export interface RunPrinter {
  event(event: SessionEvent): void;
  live(update: LiveUpdate): void;
  /** A line of its own. */
  notice(text: string): void;
  /** A question is written next. */
  pause(): void;
}

type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;
type Handlers = { readonly [Type in SessionEvent['type']]?: (event: EventOf<Type>) => void };

/** Lines of a failed check's output that are shown. */
const TAIL = 20;

/** One line a call: begun when it starts, ended with what came of it. */
export function createRunPrinter({ write, paint }: Pick<Output, 'write' | 'paint'>): RunPrinter {
  const lines = createLineWriter(write);
  /** Call → why no rule can allow it. */
  const asked = new Map<string, string | undefined>();
  const denied = new Map<string, 'byPerson' | 'unasked'>();
  let sessions = 0;
  let checked = false;

  const after = (ms: number): string => paint('dim', `${(ms / 1000).toFixed(1)} s`);

  const handlers: Handlers = {
    'session.started'({ title }) {
      if (sessions++ > 0) lines.line('');
      lines.line(paint('bold', `▸ ${oneLine(title)}`));
      checked = false;
    },
    'tool.started': ({ name, input }) => lines.begin(`  → ${callOf(name, input)}`),
    'permission.asked': ({ call, question }) => void asked.set(call, question.onceOnly),
    'permission.answered'({ call, answer, unasked }) {
      if (answer === 'deny') denied.set(call, unasked ? 'unasked' : 'byPerson');
    },
    'tool.ended'({ call, ok, output, durationMs }) {
      if (ok) lines.end(` ${paint('green', '✓')} ${after(durationMs)}`);
      else if (denied.get(call) === 'byPerson') lines.end(` ${paint('yellow', '✗ denied')} (by you)`);
      else if (denied.has(call))
        lines.end(` ${paint('yellow', '✗ denied')} ${oneLine(denial(asked.get(call)))}`);
      else lines.end(` ${paint('red', '✗')} ${paint('dim', oneLine(output))}`);
    },
    'check.started': ({ command }) => lines.begin(`  → check: ${oneLine(command)}`),
    'check.ended'({ exitCode, output, durationMs }) {
      checked = exitCode === 0;
      const failed = exitCode === undefined ? 'did not end' : `exit code ${exitCode}`;
      lines.end(
        ` ${checked ? paint('green', '✓ passed') : paint('red', `✗ ${failed}`)} ${after(durationMs)}`,
      );
      if (checked) return;
      const shown = printable(output)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(-TAIL);
      for (const line of shown) lines.line(`    ${line}`);
    },
    note: ({ text }) => lines.line(`  ! ${oneLine(text, 300)}`),
    'session.ended'({ status }) {
      if (status === 'done')
        lines.line(checked ? paint('green', '✓ done') : paint('yellow', '? not verified'));
      else lines.line(paint('red', `✗ ${status}`));
    },
  };

  return {
    event(event) {
      const handle = handlers[event.type] as ((event: SessionEvent) => void) | undefined;
      handle?.(event);
    },
    live(update) {
      if (update.type === 'text') lines.text(printable(update.text));
    },
    notice: (text) => lines.line(`  ! ${oneLine(text, 300)}`),
    pause: lines.pause,
  };
}

/** A call and what it is about: `write_file src/a.js`. */
export function callOf(name: string, input: unknown): string {
  const fields = (typeof input === 'object' && input !== null ? input : {}) as Readonly<
    Record<string, unknown>
  >;
  const subject = ['command', 'pattern', 'path', 'process', 'question', 'action']
    .map((key) => fields[key])
    .find((value) => typeof value === 'string');
  return oneLine(`${name} ${typeof subject === 'string' ? subject : ''}`);
}

function denial(why: string | undefined): string {
  return why === undefined ? '(--autopilot allows it)' : `(${why.replace(/\.$/, '')})`;
}
