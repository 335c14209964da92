/** Drafts a hook from a person's words: one request without tools, checked by the reader of hook files. */
import { ActError } from '../actError';
import { DENIES_ALL } from '../agent/permissions';
import type { Sessions } from '../agent/session/sessions';
import { requireModel } from '../agent/turn/requireModel';
import { converse } from '../agent/turn/turnLoop';
import type { Ports } from '../ports';
import type { AbortSignal } from '../util/abort';
import { errorMessage } from '../util/errorMessage';
import { hookFileText } from './migrateHook';
import type { HookJson } from './model';
import { parseHooks } from './parseHooks';

const MAX_TOKENS = 2000;
/** It is told once what was wrong. */
const ROUNDS = 2;

const SYSTEM = `Role: draft a hook

A person says in words what should happen when. Answer with one JSON object, without a code fence and without other words:
{"name", "description", "trigger", "matcher", "action", "timeout"}
- name: 2 to 5 words. description: one sentence.
- trigger: PostFileSave, PostFileCreate, PostFileDelete (matcher: regular expression over the path, relative, with /);
  PreToolUse, PostToolUse (matcher: regular expression over tool names or read, write, shell, web); UserPromptSubmit (matcher: over the prompt);
  PreTaskExec, PostTaskExec (matcher: over the task's name); SessionStart, Stop, Manual (no matcher);
  OnApproval, OnSpecChange (matcher: over the path of the spec document); OnCheckpointRestore, OnGitCommit;
  OnSchedule (instead of matcher: "schedule": "30m", "2h" or "09:00").
- action: {"type": "command", "command"} where a command of the project does it, with {{filePath}} for the file;
  else {"type": "agent", "prompt"}: what an agent is to do, said completely.
- timeout: seconds, for commands only. Leave out what is not needed. Do no more than the person says.
- A matcher has to be narrow: never one that fits all files where only some are meant.`;

export async function draftHook(
  ports: Ports,
  sessions: Sessions,
  root: string,
  description: string,
  signal: AbortSignal,
): Promise<HookJson> {
  if (description.trim() === '') throw new ActError('invalid', 'Say what should happen, and when.');
  const model = await requireModel(ports, 'drafting');
  const session = sessions.start({
    kind: 'draft',
    title: 'Hook from a description',
    root,
    model: model.name,
    rehearsed: model.rehearsed,
  });
  const stop = () => session.abort.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  let text = '';
  let round = 0;
  try {
    signal.throwIfAborted();
    await converse({
      session,
      model,
      system: SYSTEM,
      prompt: description.trim(),
      tools: [],
      maxTokens: MAX_TOKENS,
      maxTurns: ROUNDS,
      contextTokens: ports.settings.get().contextTokens,
      gate: DENIES_ALL,
      context: { root, files: ports.files, processes: ports.processes, onWrite: () => {} },
      now: () => ports.clock.now(),
      onText: (piece) => {
        text += piece;
      },
      replyTo() {
        const read = readDraft(text);
        if ('hook' in read || ++round >= ROUNDS) return undefined;
        text = '';
        return `${read.wrong} Answer with the whole JSON object again.`;
      },
    });
    const read = readDraft(text);
    if (!('hook' in read)) throw new ActError('modelFailed', `The model wrote no hook. ${read.wrong}`);
    await session.end('done');
    return read.hook;
  } catch (error) {
    await session.end(session.abort.signal.aborted ? 'cancelled' : 'failed', errorMessage(error));
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function readDraft(text: string): { readonly hook: HookJson } | { readonly wrong: string } {
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  try {
    const hook = JSON.parse(json) as HookJson;
    const [wrong] = parseHooks('', 'draft.json', hookFileText([hook])).problems;
    return wrong ? { wrong: wrong.message } : { hook };
  } catch {
    return { wrong: 'That is not valid JSON.' };
  }
}
