import { fewerWords } from '../core/tasks/report/needWords';
import { answerQuestions } from './answerQuestions';
import type { Terminal } from './command';
import type { CliCore } from './createCliCore';
import { followRetries } from './followRetries';
import { createRunPrinter } from './runPrinter';

/** Shows what the agent does, as JSON lines or for people, and asks whoever sits there what it may. */
export function followRun(cli: CliCore, json: boolean, { out, signal }: Terminal): void {
  const { core, onEvent, onRunEvent, prompt } = cli;
  const { sessions } = core;
  const printer = createRunPrinter(out);
  if (json) onEvent(({ session, event }) => out.json({ session, ...event }));
  else {
    onEvent(({ event }) => printer.event(event));
    sessions.onLive(printer.live);
    followRetries(sessions, printer.notice);
    onRunEvent(({ run, event }) => {
      const state = event.type === 'run.fewer' ? core.runs.get(run) : undefined;
      const words = state && fewerWords(state);
      if (words !== undefined) printer.notice(words);
    });
  }
  // After the printer: a call is shown before it is asked about.
  if (prompt) answerQuestions({ sessions, onEvent, prompt, pause: printer.pause, signal });
}
