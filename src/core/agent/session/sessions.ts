/** All sessions of the open workspace folders: the live ones of this process, and the logs of the others. */
import { ActError } from '../../actError';
import type { Home } from '../../home';
import type { Ports } from '../../ports';
import { Cancelled } from '../../util/abort';
import { errorMessage } from '../../util/errorMessage';
import { Emitter, type Event } from '../../util/event';
import { joinPath } from '../../util/path';
import type { ReviewAct } from '../changes/supervision';
import type { Attachment } from '../turn/attachments';
import { tokensOf, tooMany } from '../turn/compaction';
import { createImages, type Picture } from '../turn/images';
import type { Message } from '../turn/model';
import { cannotResume, NEWER } from './cannotResume';
import type { LiveUpdate, PermissionAnswer, SessionEvent, SessionEventBody, SessionStarted } from './events';
import { LOG_VERSION } from './events';
import { forkLog } from './forkLog';
import { createLiveSession, type LiveSession, type Session } from './liveSession';
import { replay } from './replay';
import { readLog, SessionLog } from './sessionLog';
import {
  foldEvent,
  foldSession,
  initialState,
  interrupt,
  isNewer,
  type QueuedMessage,
  type SessionState,
  titleOf,
} from './sessionState';

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
  /**
   * Goes on with a session that was interrupted, failed or stopped, in its own log; with a conversation also after its
   * last answer. `model`: the one that goes on with it, where it is another. Rejects with an `ActError`.
   */
  resume(id: string, model?: string): Promise<ResumedSession>;
  /** The person's words for a session that runs: told to the model with its next request. Rejects with an `ActError`. */
  send(id: string, text: string, attachments?: readonly Attachment[]): Promise<void>;
  /** Takes back what still waits to be said; undefined: it was said meanwhile. Rejects with an `ActError`. */
  takeBack(id: string, message: string): Promise<QueuedMessage | undefined>;
  /** Keeps a picture beside the session's log. Rejects with an `ActError`. */
  keepPicture(id: string, picture: Picture): Promise<Attachment>;
  /** Those of a message that waits to be said, or that was said, by the number of its event. */
  picturesOf(id: string, message: string | number): Promise<readonly Picture[]>;
  /** Those of the first words of a session, for another one. */
  copyPictures(from: string, to: string): Promise<readonly Attachment[]>;
  /** Messages with the data of their pictures, for a request of the session. */
  withPictures(id: string, messages: readonly Message[]): Promise<readonly Message[]>;
  /** An empty title: as it was called at first. Rejects with an `ActError`. */
  rename(id: string, title: string): Promise<void>;
  /**
   * A conversation that begins as a copy of the session. Resolves with its id; rejects with an `ActError`.
   * @param before Number of the first event that is left out; undefined for none.
   */
  fork(id: string, before?: number): Promise<string>;
  /** Sums up all but the last steps of a session that is over. Rejects with an `ActError`. */
  compact(id: string): Promise<void>;
  /** Removes the log of a session that is over, and its pictures; nothing else. Rejects with an `ActError`. */
  remove(id: string): Promise<void>;
  /** Latest first. Reads the logs that changed: other windows and terminals write some, too. */
  list(): Promise<readonly SessionEntry[]>;
  /** What is known without reading: all of this process, and those listed before. Latest first. */
  readonly known: readonly SessionEntry[];
  get(id: string): SessionState | undefined;
  /** Does it run in this process? */
  isLive(id: string): boolean;
  /** Would it be told what is sent to it now? */
  listens(id: string): boolean;
  /** Resolves when it does not run in this process any more, and its log is on the disk. */
  ended(id: string): Promise<void>;
  answer(id: string, call: string, answer: PermissionAnswer): void;
  /** What the person says to a question of the model's. */
  choose(id: string, call: string, answer: string): void;
  /** Does the call wait for the person's word, in this process? */
  waits(id: string, call: string): boolean;
  /** What the person says about the changes of its turn; false when it does not wait for that. */
  review(id: string, act: ReviewAct): boolean;
  stop(id: string): void;
  /** Adds to the log of a session that is over: the person's decision about its outcome. Rejects with an `ActError`. */
  append(id: string, body: SessionEventBody): Promise<void>;
  /** To one that runs here. */
  appendLive(id: string, body: SessionEventBody): void;
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
  /** Until the log of a session that ran here is closed. */
  const endings = new Map<string, Promise<void>>();
  const images = createImages(files, ports.hasher);
  /** Sizes of the logs when they were read. */
  const sizes = new Map<string, number>();
  let closing = false;

  const pathOf = (root: string, id: string) => joinPath(home.sessions(root), `${id}.jsonl`);
  const sorted = () =>
    [...states].map(([id, state]) => ({ id, state })).sort((a, b) => b.state.startedAt - a.state.startedAt);

  // What this process runs is in `running`: its own token in another log is from before a restart.
  const isAlive = ({ started: { owner } }: SessionState) =>
    owner !== processes.owner && processes.isAlive(owner);

  /** Reads the log when it has changed, or when its process may have died. */
  async function readEntry(root: string, id: string): Promise<void> {
    try {
      const size = (await files.stat(pathOf(root, id)))?.size;
      const known = states.get(id);
      if (known && known.status !== 'running' && sizes.get(id) === size) return;
      const state = foldSession(readLog((await files.readText(pathOf(root, id))) ?? ''));
      if (!state || size === undefined || running.has(id)) return;
      const isNews = known !== undefined && (sizes.get(id) !== size || !isAlive(state));
      sizes.set(id, size);
      states.set(id, isAlive(state) ? state : interrupt(state));
      if (isNews) changed.fire(id);
    } catch (error) {
      ports.log.warn(`The log of session ${id} cannot be read`, error);
    }
  }

  async function readRoot(root: string): Promise<void> {
    const before = [...states];
    const present = new Set<string>();
    for (const entry of await files.list(home.sessions(root))) {
      const id = /^(.+)\.jsonl$/.exec(entry.name)?.[1];
      if (id === undefined) continue;
      present.add(id);
      if (!running.has(id)) await readEntry(root, id);
    }
    // Deleted in another window.
    for (const [id, { started, status }] of before) {
      const isGone = started.root === root && !present.has(id) && status !== 'running' && !running.has(id);
      if (isGone && states.delete(id)) changed.fire(id);
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
    endings.set(id, session.ended);
    if (closing) session.abort.abort(new Cancelled('Earshot is closing'));
    changed.fire(id);
    return session;
  }

  function isResumable(state: SessionState): boolean {
    if (isNewer(state.started) || (state.status === 'done' && state.started.kind !== 'chat')) return false;
    return state.status !== 'running' || !isAlive(state);
  }

  /** Whose name is in the log first goes on with it: another window reads it before it does the same. */
  async function takeOver(id: string, root: string, model: string | undefined): Promise<ResumedSession> {
    const path = pathOf(root, id);
    const text = (await files.readText(path)) ?? '';
    const past = readLog(text);
    const state = foldSession(past);
    if (!state || !isResumable(state) || running.has(id)) throw cannotResume(state, running.has(id));
    const log = new SessionLog(files, path, () => clock.now(), text);
    const { owner } = processes;
    const resumed = log.append({ type: 'session.resumed', owner, ...(model ? { model } : {}) });
    await log.flush().catch((error: unknown) => {
      const why = `“${titleOf(state)}” cannot be gone on with: its log cannot be written. ${errorMessage(error)}`;
      throw new Error(why, { cause: error });
    });
    states.set(id, foldEvent(state, resumed));
    return { session: goLive(id, log), past };
  }

  /** The log of a session that nobody writes to now. */
  function restingPath(id: string, verb: string): string {
    const state = states.get(id);
    if (!state) throw new ActError('notFound', 'The log of this session is gone.');
    if (running.has(id) || (state.status === 'running' && isAlive(state)))
      throw new ActError('busy', `“${titleOf(state)}” is still running. Stop it before you ${verb} it.`);
    return pathOf(state.started.root, id);
  }

  async function appendTo(id: string, body: SessionEventBody): Promise<void> {
    const state = states.get(id);
    if (!state) return;
    if (isNewer(state.started)) throw new ActError('changed', NEWER);
    const path = pathOf(state.started.root, id);
    const log = new SessionLog(files, path, () => clock.now(), (await files.readText(path)) ?? '');
    const event = log.append(body);
    await log.flush();
    onEvent(id, event);
  }

  /** To a session that runs here, or to one that rests. */
  async function appendAnywhere(id: string, body: SessionEventBody, verb: string): Promise<void> {
    const session = running.get(id);
    if (session) {
      session.append(body);
      await session.flush();
    } else {
      restingPath(id, verb);
      await appendTo(id, body);
    }
  }

  const newId = () => `${clock.now().toString(36)}-${ports.ids.uuid().slice(-8)}`;

  return {
    start(session) {
      const id = newId();
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
    async resume(id, model) {
      const known = states.get(id);
      if (!known || running.has(id)) throw cannotResume(known);
      // It has said its last word here, and that is not on the disk yet.
      await endings.get(id);
      return files.alone(pathOf(known.started.root, id), () => takeOver(id, known.started.root, model));
    },
    async send(id, text, attachments = []) {
      const session = running.get(id);
      if (!session?.listens)
        throw new ActError(
          'notFound',
          'The agent does not work on this any more, so it cannot be told. Start or resume it to go on.',
        );
      if (text.trim() === '' && attachments.length === 0) return;
      session.append(queuedMessage(ports.ids.uuid(), text, attachments));
      await session.flush();
    },
    async takeBack(id, message) {
      const waiting = states.get(id)?.queued.find((each) => each.message === message);
      if (waiting) await appendAnywhere(id, { type: 'user.takenBack', message }, 'change');
      return waiting;
    },
    async keepPicture(id, picture) {
      const state = states.get(id);
      if (!state) throw new ActError('notFound', 'The log of this session is gone.');
      return images.keep(pathOf(state.started.root, id), picture);
    },
    async picturesOf(id, message) {
      const state = states.get(id);
      if (!state) return [];
      const log = pathOf(state.started.root, id);
      const said = readLog((await files.readText(log)) ?? '').find((event) =>
        event.type === 'user'
          ? event.seq === message
          : event.type === 'user.queued' && event.message === message,
      );
      return images.read(log, said && 'attachments' in said ? (said.attachments ?? []) : []);
    },
    async copyPictures(from, to) {
      const [source, target] = [states.get(from), states.get(to)];
      if (!source || !target) return [];
      const log = pathOf(source.started.root, from);
      const first = readLog((await files.readText(log)) ?? '').find(({ type }) => type === 'user');
      const all = first?.type === 'user' ? (first.attachments ?? []) : [];
      if (all.length > 0) await images.copy(log, pathOf(target.started.root, to));
      return all;
    },
    async withPictures(id, messages) {
      const state = states.get(id);
      return state ? images.fill(pathOf(state.started.root, id), messages) : messages;
    },
    async rename(id, title) {
      const body: SessionEventBody = { type: 'session.renamed', title: title.trim().slice(0, LONGEST_TITLE) };
      await appendAnywhere(id, body, 'rename');
    },
    async fork(id, before) {
      const state = states.get(id);
      if (!state) throw new ActError('notFound', 'The log of this session is gone.');
      const from = pathOf(state.started.root, id);
      const copy = newId();
      const to = pathOf(state.started.root, copy);
      const { task: _, hook: __, document: ___, idea: ____, parent: _____, ...origin } = state.started;
      const started: SessionStarted = {
        ...origin,
        version: LOG_VERSION,
        session: copy,
        kind: 'chat',
        title: `${titleOf(state)} (fork)`,
        owner: processes.owner,
        forkedFrom: id,
      };
      if (isNewer(state.started)) throw new ActError('changed', NEWER);
      const events = forkLog(readLog((await files.readText(from)) ?? ''), started, clock.now(), before);
      await images.copy(from, to);
      await files.writeText(to, `${events.map((event) => JSON.stringify(event)).join('\n')}\n`);
      const forked = foldSession(events);
      if (forked) states.set(copy, forked);
      changed.fire(copy);
      return copy;
    },
    async compact(id) {
      const path = restingPath(id, 'compact');
      const { dialogue } = replay(readLog((await files.readText(path)) ?? ''));
      const all = dialogue.messages();
      const messages = tooMany(all, 0, 0);
      if (messages === 0) throw new ActError('invalid', 'The conversation is too short to sum up any of it.');
      dialogue.leaveOut(messages);
      const [before, after] = [tokensOf(all), tokensOf(dialogue.messages())];
      await appendTo(id, { type: 'context.compacted', messages, before, after });
    },
    async remove(id) {
      const path = restingPath(id, 'delete');
      await files.remove(path);
      await images.remove(path);
      states.delete(id);
      sizes.delete(id);
      changed.fire(id);
    },
    async list() {
      for (const root of roots()) await readRoot(root);
      return sorted();
    },
    get known() {
      return sorted();
    },
    get: (id) => states.get(id),
    isLive: (id) => running.has(id),
    listens: (id) => running.get(id)?.listens ?? false,
    ended: async (id) => endings.get(id),
    answer: (id, call, answer) => running.get(id)?.answer(call, answer),
    choose: (id, call, answer) => running.get(id)?.choose(call, answer),
    waits: (id, call) => running.get(id)?.waits(call) ?? false,
    review: (id, act) => running.get(id)?.reviewed(act) ?? false,
    stop: (id) => running.get(id)?.abort.abort(new Cancelled('What was done is kept.')),
    append: appendTo,
    appendLive: (id, body) => running.get(id)?.append(body),
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

/** Characters. */
const LONGEST_TITLE = 200;

export function queuedMessage(
  message: string,
  text: string,
  attachments: readonly Attachment[],
): Extract<SessionEventBody, { type: 'user.queued' }> {
  const attached = attachments.length > 0 ? { attachments } : {};
  return { type: 'user.queued', message, text, ...attached };
}
