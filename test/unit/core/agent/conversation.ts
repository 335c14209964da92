import { createSupervision } from '../../../../src/core/agent/changes/supervision';
import { createPermissions } from '../../../../src/core/agent/permissions';
import {
  createSessions,
  type ResumedSession,
  type Session,
  type Sessions,
} from '../../../../src/core/agent/session/sessions';
import type { Tool, ToolContext } from '../../../../src/core/agent/tool';
import { CODING_TOOLS } from '../../../../src/core/agent/tools/codingTools';
import { ModelError, type ModelEvent, type ModelRequest } from '../../../../src/core/agent/turn/model';
import { converse } from '../../../../src/core/agent/turn/turnLoop';
import { createHome } from '../../../../src/core/home';
import { errorMessage } from '../../../../src/core/util/errorMessage';
import { createScriptedModel, type ModelTurn, type ScriptedModel } from '../../../support/scriptedModel';
import { createTestPorts, type TestPorts, type TestPortsOptions } from '../../../support/testPorts';
import { HOME } from '../coreHarness';

export interface Talk {
  readonly ports: TestPorts;
  readonly sessions: Sessions;
  readonly session: Session;
  readonly model: ScriptedModel;
  /** Settles when the session has ended; what went wrong is its reason. */
  readonly ended: Promise<void>;
  /** What the log holds now. */
  log(): string;
}

export interface TalkOptions extends TestPortsOptions {
  readonly script: readonly ModelTurn[];
  readonly tools?: readonly Tool[];
  readonly maxTurns?: number;
  readonly contextTokens?: number;
  readonly present?: boolean;
  readonly ports?: TestPorts;
  readonly context?: Pick<ToolContext, 'editor' | 'web'>;
  /** Events that come before each answer. */
  readonly before?: readonly ModelEvent[];
}

/** A session that talks with a scripted model, ended as those who use the loop end it. */
export function startTalk(options: TalkOptions): Talk {
  const { ports = createTestPorts(options) } = options;
  const sessions = createSessions(ports, createHome(HOME, ports.hasher), () => [ports.root]);
  const session = sessions.start({
    kind: 'task',
    title: 'Test',
    root: ports.root,
    model: 'scripted',
    rehearsed: false,
  });
  return talkIn(options, ports, sessions, { session, past: [] });
}

/** Another process goes on with a session whose log lies in the ports' files. */
export async function resumeTalk(
  id: string,
  options: TalkOptions & { readonly ports: TestPorts },
): Promise<Talk> {
  const { ports } = options;
  const sessions = createSessions(ports, createHome(HOME, ports.hasher), () => [ports.root]);
  await sessions.list();
  return talkIn(options, ports, sessions, await sessions.resume(id));
}

function talkIn(
  options: TalkOptions,
  ports: TestPorts,
  sessions: Sessions,
  { session, past }: ResumedSession,
): Talk {
  const {
    script,
    tools = CODING_TOOLS,
    maxTurns = 10,
    contextTokens = 150_000,
    present = true,
    before = [],
  } = options;
  // By how far the conversation has come: an answer that was lost is given again.
  const answer = ({ messages }: ModelRequest) =>
    script[messages.filter(({ role }) => role === 'assistant').length] ?? { error: NO_MORE };
  const model = createScriptedModel({ answer });
  const speaker = options.model ?? model;
  const gate = createPermissions(ports, createHome(HOME, ports.hasher)).gate(ports.root, present);
  const { files, processes } = ports;
  const ended = converse({
    session,
    model: { ...speaker, stream: (request, signal) => preceded(before, speaker.stream(request, signal)) },
    system: 'Role: test',
    prompt: 'Do it.',
    tools,
    maxTokens: 1000,
    maxTurns,
    contextTokens,
    gate,
    supervision: createSupervision({ ...ports, person: { ...ports.person, present } }),
    context: { root: ports.root, files, processes, onWrite: () => {}, ...options.context },
    now: () => ports.clock.now(),
    past,
    canAsk: present,
  }).then(
    () => session.end('done'),
    (error: unknown) =>
      session.end(session.abort.signal.aborted ? 'cancelled' : 'failed', errorMessage(error)),
  );
  return {
    ports,
    sessions,
    session,
    model,
    ended,
    log: () => ports.files.text(logPath(ports, session.id)) ?? '',
  };
}

const NO_MORE = new ModelError('badRequest', 'The script has no more turns.');

export function logPath(ports: TestPorts, session: string): string {
  return `${createHome(HOME, ports.hasher).sessions(ports.root)}/${session}.jsonl`;
}

async function* preceded(
  before: readonly ModelEvent[],
  events: AsyncIterable<ModelEvent>,
): AsyncGenerator<ModelEvent> {
  yield* before;
  yield* events;
}

/** Answers every question as soon as it is asked, in order; the last answer goes on. */
export function answerAll(
  { sessions, session }: Talk,
  ...answers: readonly ('once' | 'session' | 'deny')[]
): void {
  const queue = [...answers];
  sessions.onDidChange(() => {
    const open = session.state.items.find((item) => item.type === 'tool' && item.status === 'asking');
    // Not from within the event: the one who asks is not listening yet.
    if (open?.type === 'tool') setImmediate(() => sessions.answer(session.id, open.call, next(queue)));
  });
}

function next(queue: ('once' | 'session' | 'deny')[]): 'once' | 'session' | 'deny' {
  return (queue.length > 1 ? queue.shift() : queue[0]) ?? 'once';
}

export function call(
  name: string,
  input: unknown,
  id?: string,
): { name: string; input: unknown; id?: string } {
  return id === undefined ? { name, input } : { name, input, id };
}

export function write(path: string, content = 'new'): { name: string; input: unknown } {
  return call('write_file', { path, content });
}

/** What the model was told about its calls, in the last request. */
export function told({ model }: Talk): readonly { readonly ok: boolean; readonly text: string }[] {
  const content = model.requests.at(-1)?.messages.at(-1)?.content ?? [];
  return content.flatMap((block) =>
    block.type === 'tool_result' ? [{ ok: !block.isError, text: block.content }] : [],
  );
}
