import { errorMessage } from '../../core/util/errorMessage';
import type { Answered } from '../../core/workflow/beginnings/start';
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
import { createDraftText, type DraftText, whatWasKept } from '../draftText';
import { followRetries } from '../followRetries';

const STARTS = ['requirements', 'design', 'bugfix'] as const;

export const specNew: Command = {
  name: 'spec new',
  operands: '<idea>',
  arity: [1, 1],
  summary: 'Start a spec: have its first document drafted from an idea.',
  details: `The idea is one sentence, in quotes. The document is printed while it is written into
.kiro/specs/<name>. Ctrl+C stops; what came so far is kept, and listed as incomplete.

--quick writes requirements, design and tasks in one pass. At a terminal up to five questions come first, each
with a recommended answer; where nobody can be asked (in a pipe, with --headless) there are none. --ask has
them asked for any other start, too. Nothing counts as approved until you approve it in the editor.

--json prints the session's events instead, one JSON object a line.`,
  options: {
    name: { value: 'NAME', help: 'Name of the spec, like link-expiry; by default made from the idea.' },
    start: {
      value: 'DOCUMENT',
      help: `What it begins with: ${STARTS.join(', ')}; by default requirements.`,
    },
    quick: { help: 'All three documents in one pass.' },
    ask: { help: 'Ask at the terminal what the idea leaves open, before anything is written.' },
    headless: { help: 'Ask nothing, also not at a terminal.' },
    'no-properties': { help: 'No correctness properties and no property tests.' },
    json: { help: 'Print the session’s events as JSON lines.' },
    ...MODEL,
    ...CWD,
  },
  async run(args, terminal) {
    const { withCliCore } = await import('../createCliCore');
    return withCliCore(args, terminal, (cli) => draftSpec(cli, args, terminal));
  },
};

async function draftSpec(cli: CliCore, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const { core, root } = cli;
  const { out, signal } = terminal;
  const [idea = ''] = args.operands;
  if (idea.trim() === '') throw new UsageError('Describe the idea in a sentence.');
  const name = args.value('name') ?? core.workflow.suggestName(root, idea);
  const wrong = core.workflow.nameProblem(root, name);
  if (wrong) throw new UsageError(wrong);
  const kind = kindOf(args);
  followRetries(core.sessions, (message) => out.say(message));
  const answers = await answersOf(cli, args, terminal, { idea, kind });
  if (answers === undefined) {
    out.say('Nothing was written. “earshot spec new” without questions writes it all the same.');
    return EXIT.done;
  }
  const text = follow(cli, args, terminal, kind);
  // Who types the command has decided that it is worth a spec.
  const started = await core.workflow.newSpec(root, name, idea, {
    kind,
    anyway: true,
    ...(answers.length > 0 ? { answers } : {}),
    ...(args.has('no-properties') ? { properties: false } : {}),
  });
  try {
    await started.done;
  } catch (error) {
    text.end();
    const kept = whatWasKept(core.sessions.get(started.session), root, started.spec);
    if (signal.aborted) out.say(`Stopped. ${kept}`);
    else out.fail(`${errorMessage(error)} ${kept}`);
    return signal.aborted ? EXIT.cancelled : EXIT.failed;
  }
  text.end();
  if (kind === 'quick') out.say(`\nRead .kiro/specs/${name}, then approve it in the editor.`);
  else out.say(`\nWrote .kiro/specs/${name}/${kind}.md. Read it, then approve it in the editor.`);
  return EXIT.done;
}

type Kind = (typeof STARTS)[number] | 'quick';

function kindOf(args: Arguments): Kind {
  const wanted = args.value('start');
  if (args.has('quick')) {
    if (wanted !== undefined) throw new UsageError('--quick begins with requirements: leave --start out.');
    return 'quick';
  }
  const kind = STARTS.find((each) => each === (wanted ?? 'requirements'));
  if (kind === undefined) throw new UsageError(`--start is one of ${STARTS.join(', ')}.`);
  return kind;
}

/** Empty where nobody is asked; undefined where the person would rather have no spec. */
async function answersOf(
  { core: { workflow }, root }: CliCore,
  args: Arguments,
  { prompt, signal }: Terminal,
  { idea, kind }: { readonly idea: string; readonly kind: Kind },
): Promise<readonly Answered[] | undefined> {
  if (args.has('ask') && (prompt === undefined || args.has('headless')))
    throw new UsageError('--ask needs somebody at the terminal.');
  const asks = kind === 'quick' || args.has('ask');
  if (!asks || prompt === undefined || args.has('headless')) return [];
  const { clarifyAtTerminal } = await import('../clarify');
  return clarifyAtTerminal({ workflow, prompt, root, idea, signal });
}

/** Prints what is written while it comes; of several documents, which are there. */
function follow({ core, onEvent }: CliCore, args: Arguments, { out }: Terminal, kind: Kind): DraftText {
  const text = createDraftText(out);
  if (args.has('json')) {
    onEvent(({ session, event }) => out.json({ session, ...event }));
    return text;
  }
  if (kind === 'quick') {
    onEvent(({ session, event }) => {
      if (event.type === 'draft.closed' && event.complete)
        out.say(`Wrote ${core.sessions.get(session)?.started.document ?? 'a document'}.`);
    });
    return text;
  }
  let isMended = false;
  // What the model corrects comes as a whole document again: it is in the file.
  onEvent(({ event }) => {
    isMended ||= event.type === 'draft.checked' && event.asked;
  });
  core.sessions.onLive((update) => update.type === 'text' && !isMended && text.feed(update.text));
  return text;
}
