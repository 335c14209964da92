/** All sessions of the open workspace folders: the live ones of this process, and the logs of the others. */
import type { Home } from '../home';
import type { Ports } from '../ports';
import { Cancelled } from '../util/abort';
import { Emitter, type Event } from '../util/event';
import { joinPath } from '../util/path';
import type { LiveUpdate, PermissionAnswer, SessionEvent, SessionEventBody, SessionStarted } from './events';
import { LOG_VERSION } from './events';
import { createLiveSession, type LiveSession, type Session } from './liveSession';
import { readLog, SessionLog } from './sessionLog';
import { foldEvent, foldSession, initialState, interrupt, type SessionState } from './sessionState';

export type NewSession = Omit<SessionStarted, 'type' | 'version' | 'session' | 'owner'>;

export type { Session } from './liveSession';

export interface SessionEntry {
  readonly id: string;
  readonly state: SessionState;
}

export interface Sessions {
  start(session: NewSession): Session;
  /** Latest first. Reads the logs of sessions that are not known to be over. */
  list(): Promise<readonly SessionEntry[]>;
  /** What is known without reading: all of this process, and those listed before. Latest first. */
  readonly known: readonly SessionEntry[];
  get(id: string): SessionState | undefined;
  /** Does it run in this process? */
  isLive(id: string): boolean;
  answer(id: string, call: string, answer: PermissionAnswer): void;
  stop(id: string): void;
  /** Adds to the log of a session that is over: the person's decision about its outcome. */
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

  async function readEntry(root: string, id: string): Promise<void> {
    try {
      const state = foldSession(readLog((await files.readText(pathOf(root, id))) ?? ''));
      if (!state || running.has(id)) return;
      // What this process runs is in `running`: its own token in another log is from before a restart.
      const { owner } = state.started;
      const isAlive = owner !== processes.owner && processes.isAlive(owner);
      states.set(id, isAlive ? state : interrupt(state));
    } catch (error) {
      ports.log.warn(`The log of session ${id} cannot be read`, error);
    }
  }

  function onEvent(id: string, event: SessionEvent): void {
    const state = states.get(id);
    if (state) states.set(id, foldEvent(state, event));
    changed.fire(id);
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
      const started = createLiveSession({
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
      running.set(id, started);
      if (closing) started.abort.abort(new Cancelled('Earshot is closing'));
      changed.fire(id);
      return started;
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
    stop: (id) => running.get(id)?.abort.abort(new Cancelled()),
    async append(id, body) {
      const state = states.get(id);
      if (!state) return;
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
