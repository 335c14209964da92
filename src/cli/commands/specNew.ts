import { errorMessage } from '../../core/util/errorMessage';
import {
  type Arguments,
  type Command,
  CWD,
  EXIT,
  type ExitCode,
  MODEL,
  type Terminal,
  UsageError,
} from '../command';
import type { CliCore } from '../createCliCore';
import { createDraftText, whatWasKept } from '../draftText';
import { followRetries } from '../followRetries';

const STARTS = ['requirements', 'design', 'bugfix'] as const;

export const specNew: Command = {
  name: 'spec new',
  operands: '<idea>',
  arity: [1, 1],
  summary: 'Start a spec: have its first document drafted from an idea.',
  details: `The idea is one sentence, in quotes. The document is printed while it is written into
.kiro/specs/<name>. Ctrl+C stops; what came so far is kept, and listed as incomplete.

--json prints the session's events instead, one JSON object a line.`,
  options: {
    name: { value: 'NAME', help: 'Name of the spec, like link-expiry; by default made from the idea.' },
    start: {
      value: 'DOCUMENT',
      help: `What it begins with: ${STARTS.join(', ')}; by default requirements.`,
    },
    json: { help: 'Print the session’s events as JSON lines.' },
    ...MODEL,
    ...CWD,
  },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, (cli) => draftSpec(cli, args, terminal));
  },
};

async function draftSpec(
  { core, root, onEvent }: CliCore,
  args: Arguments,
  { out, signal }: Terminal,
): Promise<ExitCode> {
  const [idea = ''] = args.operands;
  if (idea.trim() === '') throw new UsageError('Describe the idea in a sentence.');
  const name = args.value('name') ?? core.workflow.suggestName(root, idea);
  const wrong = core.workflow.nameProblem(root, name);
  if (wrong) throw new UsageError(wrong);

  const wanted = args.value('start') ?? 'requirements';
  const kind = STARTS.find((each) => each === wanted);
  if (kind === undefined) throw new UsageError(`--start is one of ${STARTS.join(', ')}.`);

  const text = createDraftText(out);
  if (args.has('json')) onEvent(({ session, event }) => out.json({ session, ...event }));
  else {
    let isMended = false;
    // What the model corrects comes as a whole document again: it is in the file.
    onEvent(({ event }) => {
      isMended ||= event.type === 'draft.checked' && event.asked;
    });
    core.sessions.onLive((update) => update.type === 'text' && !isMended && text.feed(update.text));
  }
  followRetries(core.sessions, (message) => out.say(message));

  // Who types the command has decided that it is worth a spec.
  const { spec, session, done } = await core.workflow.newSpec(root, name, idea, { kind, anyway: true });
  try {
    await done;
  } catch (error) {
    text.end();
    const kept = whatWasKept(core.sessions.get(session), root, spec);
    if (signal.aborted) out.say(`Stopped. ${kept}`);
    else out.fail(`${errorMessage(error)} ${kept}`);
    return signal.aborted ? EXIT.cancelled : EXIT.failed;
  }
  text.end();
  out.say(`\nWrote .kiro/specs/${name}/${kind}.md. Read it, then approve it in the editor.`);
  return EXIT.done;
}
