/** All sessions of the open workspace folders: the live ones of this process, and the logs of the others. */
import { ActError } from '../actError';
import type { Home } from '../home';
import type { Ports } from '../ports';
import { Cancelled } from '../util/abort';
import { Emitter, type Event } from '../util/event';
import { joinPath } from '../util/path';
import type { LiveUpdate, PermissionAnswer, SessionEvent, SessionEventBody, SessionStarted } from './events';
import { LOG_VERSION } from './events';
import { createLiveSession, type LiveSession, type Session } from './liveSession';
import { readLog, SessionLog } from './sessionLog';
import { foldEvent, foldSession, initialState, interrupt, isNewer, type SessionState } from './sessionState';

export type NewSession = Omit<SessionStarted, 'type' | 'version' | 'session' | 'owner'>;

export type { Session } from './liveSession';

export interface SessionEntry {
  readonly id: string;
  readonly state: SessionState;
}

/** A session that goes on, and its log until then: see `Conversation.past`. */
export interface ResumedSession {
  readonly session: Session;
  readonly past: readonly SessionEvent[];
}

export interface Sessions {
  start(session: NewSession): Session;
  /** Goes on with a session that was interrupted, failed or stopped, in its own log. Rejects with an `ActError`. */
  resume(id: string): Promise<ResumedSession>;
  /** The person's words for a session that runs: told to the model with its next request. Rejects with an `ActError`. */
  send(id: string, text: string): Promise<void>;
  /** Latest first. Reads the logs of sessions that are not known to be over. */
  list(): Promise<readonly SessionEntry[]>;
  /** What is known without reading: all of this process, and those listed before. Latest first. */
  readonly known: readonly SessionEntry[];
  get(id: string): SessionState | undefined;
  /** Does it run in this process? */
  isLive(id: string): boolean;
  answer(id: string, call: string, answer: PermissionAnswer): void;
  /** What the person says to a question of the model's. */
  choose(id: string, call: string, answer: string): void;
  stop(id: string): void;
  /** Adds to the log of a session that is over: the person's decision about its outcome. Rejects with an `ActError`. */
  append(id: string, body: SessionEventBody): Promise<void>;
  readonly onDidChange: Event<string>;
  readonly onLive: Event<LiveUpdate>;
  /** Stops every live session, and those that would still start; waits until their logs are closed. */
  stopAll(): Promise<void>;
}

export function createSessions(ports: Ports, home: Home, roots: () => readonly string[]): Sessions {
  const { files, clock, processes } = ports;
  const changed = new Emitter<string>((error) => ports.log.error('A listener of sessions failed', error));
  const live = new Emitter<LiveUpdate>((error) => ports.log.error('A listener of sessions failed', error));
  const states = new Map<string, SessionState>();
  const running = new Map<string, LiveSession>();
  let closing = false;

  const pathOf = (root: string, id: string) => joinPath(home.sessions(root), `${id}.jsonl`);
  const sorted = () =>
    [...states].map(([id, state]) => ({ id, state })).sort((a, b) => b.state.startedAt - a.state.startedAt);

  // What this process runs is in `running`: its own token in another log is from before a restart.
  const isAlive = ({ started: { owner } }: SessionState) =>
    owner !== processes.owner && processes.isAlive(owner);

  async function readEntry(root: string, id: string): Promise<void> {
    try {
      const state = foldSession(readLog((await files.readText(pathOf(root, id))) ?? ''));
      if (!state || running.has(id)) return;
      states.set(id, isAlive(state) ? state : interrupt(state));
    } catch (error) {
      ports.log.warn(`The log of session ${id} cannot be read`, error);
    }
  }

  function onEvent(id: string, event: SessionEvent): void {
    const state = states.get(id);
    if (state) states.set(id, foldEvent(state, event));
    changed.fire(id);
  }

  function goLive(id: string, log: SessionLog): Session {
    const session = createLiveSession({
      id,
      log,
      logger: ports.log,
      state: () => states.get(id) as SessionState,
      onEvent: (event) => onEvent(id, event),
      onLive: (update) => live.fire(update),
      onEnd() {
        running.delete(id);
        changed.fire(id);
      },
    });
    running.set(id, session);
    if (closing) session.abort.abort(new Cancelled('Earshot is closing'));
    changed.fire(id);
    return session;
  }

  function isResumable(state: SessionState): boolean {
    if (isNewer(state.started) || state.status === 'done') return false;
    return state.status !== 'running' || !isAlive(state);
  }

  return {
    start(session) {
      const id = `${clock.now().toString(36)}-${ports.ids.uuid().slice(-8)}`;
      const log = new SessionLog(files, pathOf(session.root, id), () => clock.now());
      const body: SessionStarted = {
        ...session,
        type: 'session.started',
        version: LOG_VERSION,
        session: id,
        owner: processes.owner,
      };
      states.set(id, initialState(body, log.append(body).at));
      return goLive(id, log);
    },
    async resume(id) {
      const known = states.get(id);
      if (!known || running.has(id)) throw cannotResume(known);
      const path = pathOf(known.started.root, id);
      const text = (await files.readText(path)) ?? '';
      const past = readLog(text);
      const state = foldSession(past);
      if (!state || !isResumable(state) || running.has(id)) throw cannotResume(state);
      const log = new SessionLog(files, path, () => clock.now(), text);
      states.set(id, foldEvent(state, log.append({ type: 'session.resumed', owner: processes.owner })));
      const session = goLive(id, log);
      return { session, past };
    },
    async send(id, text) {
      const session = running.get(id);
      if (!session?.listens)
        throw new ActError(
          'notFound',
          'The agent does not work on this any more, so it cannot be told. Start or resume it to go on.',
        );
      if (text.trim() === '') return;
      session.append({ type: 'user.queued', message: ports.ids.uuid(), text });
      await session.flush();
    },
    async list() {
      for (const root of roots()) {
        for (const entry of await files.list(home.sessions(root))) {
          const id = /^(.+)\.jsonl$/.exec(entry.name)?.[1];
          if (id && !running.has(id) && states.get(id)?.endedAt === undefined) await readEntry(root, id);
        }
      }
      return sorted();
    },
    get known() {
      return sorted();
    },
    get: (id) => states.get(id),
    isLive: (id) => running.has(id),
    answer: (id, call, answer) => running.get(id)?.answer(call, answer),
    choose: (id, call, answer) => running.get(id)?.choose(call, answer),
    stop: (id) => running.get(id)?.abort.abort(new Cancelled()),
    async append(id, body) {
      const state = states.get(id);
      if (!state) return;
      if (isNewer(state.started)) throw new ActError('changed', NEWER);
      const path = pathOf(state.started.root, id);
      const log = new SessionLog(files, path, () => clock.now(), (await files.readText(path)) ?? '');
      const event = log.append(body);
      await log.flush();
      onEvent(id, event);
    },
    onDidChange: changed.event,
    onLive: live.event,
    async stopAll() {
      closing = true;
      const all = [...running.values()];
      for (const session of all) session.abort.abort(new Cancelled('Earshot is closing'));
      await Promise.all(all.map((session) => session.ended));
    },
  };
}

const NEWER =
  'A newer version of Earshot recorded this session, so this version leaves its log alone. Update Earshot.';

function cannotResume(state: SessionState | undefined): ActError {
  if (!state)
    return new ActError('notFound', 'The log of this session is gone, so it cannot be gone on with.');
  if (isNewer(state.started)) return new ActError('changed', NEWER);
  return state.status === 'done'
    ? new ActError('notFound', `“${state.started.title}” ended well: there is nothing to resume.`)
    : new ActError('busy', `“${state.started.title}” is still running. Stop it first, or wait.`);
}
