/** All sessions of the open workspace folders: the live ones of this process, and the logs of the others. */
import type { Home } from '../home';
import type { Ports } from '../ports';
import { type Abort, createAbort, Cancelled } from '../util/abort';
import { Emitter, type Event } from '../util/event';
import { joinPath } from '../util/path';
import type { LiveUpdate, PermissionAnswer, SessionEventBody, SessionStarted } from './events';
import { LOG_VERSION } from './events';
import { readLog, SessionLog } from './sessionLog';
import { foldEvent, foldSession, initialState, interrupt, type SessionState } from './sessionState';

export type NewSession = Omit<SessionStarted, 'type' | 'version' | 'session' | 'owner'>;

/** A session of this process while it runs: what writes to it, and what stops it. */
export interface Session {
  readonly id: string;
  readonly state: SessionState;
  readonly abort: Abort;
  append(body: SessionEventBody): void;
  live(update: LiveUpdate): void;
  flush(): Promise<void>;
  /** Waits for the person's answer to the call's question. */
  permission(call: string): Promise<PermissionAnswer>;
  end(status: 'done' | 'failed' | 'cancelled', reason?: string): Promise<void>;
}

export interface SessionEntry {
  readonly id: string;
  readonly state: SessionState;
}

export interface Sessions {
  start(session: NewSession): Session;
  /** Latest first. Reads logs that are not known yet. */
  list(): Promise<readonly SessionEntry[]>;
  /** What is known without reading: all of this process, and those listed before. Latest first. */
  readonly known: readonly SessionEntry[];
  get(id: string): SessionState | undefined;
  isLive(id: string): boolean;
  answer(id: string, call: string, answer: PermissionAnswer): void;
  stop(id: string): void;
  /** Adds to the log of a session that is over: the person's decision about its outcome. */
  append(id: string, body: SessionEventBody): Promise<void>;
  readonly onDidChange: Event<string>;
  readonly onLive: Event<LiveUpdate>;
  /** Stops every live session and waits until their logs are closed. */
  stopAll(): Promise<void>;
}

export function createSessions(ports: Ports, home: Home, roots: () => readonly string[]): Sessions {
  const changed = new Emitter<string>((error) => ports.log.error('A listener of sessions failed', error));
  const live = new Emitter<LiveUpdate>((error) => ports.log.error('A listener of sessions failed', error));
  const states = new Map<string, SessionState>();
  const running = new Map<string, Session & { answers: Map<string, (answer: PermissionAnswer) => void>; ended: Promise<void> }>();

  const pathOf = (root: string, id: string) => joinPath(home.sessions(root), `${id}.jsonl`);
  const sorted = () =>
    [...states].map(([id, state]) => ({ id, state })).sort((a, b) => b.state.startedAt - a.state.startedAt);

  async function readEntry(root: string, id: string): Promise<void> {
    const state = foldSession(readLog((await ports.files.readText(pathOf(root, id))) ?? ''));
    if (!state || running.has(id)) return;
    states.set(id, ports.processes.isAlive(state.started.owner) ? state : interrupt(state));
  }

  return {
    start(session) {
      const id = `${ports.clock.now().toString(36)}-${ports.ids.uuid().slice(0, 8)}`;
      const log = new SessionLog(ports.files, pathOf(session.root, id), () => ports.clock.now());
      const started = log.append({
        ...session,
        type: 'session.started',
        version: LOG_VERSION,
        session: id,
        owner: ports.processes.owner,
      });
      if (started.type !== 'session.started') throw new Error('unreachable');
      states.set(id, initialState(started, started.at));
      const answers = new Map<string, (answer: PermissionAnswer) => void>();
      let over = () => {};
      const ended = new Promise<void>((resolve) => {
        over = resolve;
      });
      const abort = createAbort();
      const append = (body: SessionEventBody) => {
        const event = log.append(body);
        const state = states.get(id);
        if (state) states.set(id, foldEvent(state, event));
        changed.fire(id);
      };
      const handle = {
        id,
        abort,
        answers,
        ended,
        append,
        get state() {
          return states.get(id) as SessionState;
        },
        live: (update: LiveUpdate) => live.fire(update),
        flush: () => log.flush(),
        permission: (call: string) =>
          new Promise<PermissionAnswer>((resolve, reject) => {
            answers.set(call, resolve);
            abort.signal.addEventListener('abort', () => reject(abort.signal.reason), { once: true });
          }),
        async end(status: 'done' | 'failed' | 'cancelled', reason?: string) {
          append({ type: 'session.ended', status, ...(reason === undefined ? {} : { reason }) });
          running.delete(id);
          try {
            await log.flush();
          } finally {
            over();
            changed.fire(id);
          }
        },
      };
      running.set(id, handle);
      changed.fire(id);
      return handle;
    },
    async list() {
      for (const root of roots()) {
        for (const entry of await ports.files.list(home.sessions(root))) {
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
    answer(id, call, answer) {
      const session = running.get(id);
      const resolve = session?.answers.get(call);
      if (!session || !resolve) return;
      session.answers.delete(call);
      resolve(answer);
    },
    stop: (id) => running.get(id)?.abort.abort(new Cancelled()),
    async append(id, body) {
      const state = states.get(id);
      if (!state) return;
      const path = pathOf(state.started.root, id);
      const log = new SessionLog(ports.files, path, () => ports.clock.now(), (await ports.files.readText(path)) ?? '');
      states.set(id, foldEvent(state, log.append(body)));
      await log.flush();
      changed.fire(id);
    },
    onDidChange: changed.event,
    onLive: live.event,
    async stopAll() {
      const all = [...running.values()];
      for (const session of all) session.abort.abort(new Cancelled('Earshot is closing'));
      await Promise.all(all.map((session) => session.ended));
    },
  };
}
