/** From file events to runs of hooks: gathered, told apart by who wrote, started one at a time for each hook. */
import type { FileChange, Ports } from '../ports';
import { type Abort, Cancelled, createAbort } from '../util/abort';
import type { Disposable } from '../util/disposable';
import { inSlices } from '../util/inSlices';
import { joinPath, relativePath } from '../util/path';
import type { HookCause } from './cause';
import { createEchoes, MOST_ECHOES } from './echoes';
import { fits } from './fits';
import { gitMove } from './gitMoves';
import type { HookConsents } from './hookConsents';
import type { RunHook } from './hookRunner';
import type { FileTrigger, Hook, HookRun } from './model';
import { createPersonEdits } from './personEdits';
import type { WriteLedger } from './writeLedger';

/**
 * By how many files wait, at the most: milliseconds without another one, after which they are one run; and milliseconds
 * after which they are in any case, since a file that never rests must not keep the others waiting. Editors tell of many
 * files in lots, some 300 ms apart, and whoever writes hundreds takes breath.
 */
const PACES = [
  { files: 1, rest: 150, longest: 1000 },
  { files: 10, rest: 400, longest: 2000 },
  { files: Number.POSITIVE_INFINITY, rest: 1000, longest: 10_000 },
] as const;
/** Files that wait; others are dropped, and that is told. */
const MOST_FILES = 20_000;
/** Hooks that led to each other, at the most. */
const LONGEST_CHAIN = 8;
const TOO_MANY = `More than ${MOST_FILES} files wait for hooks that run.`;
const ECHO = `It ran ${MOST_ECHOES + 1} times in a row on files that changed as it ran, and of which nobody knows who wrote them: it may be starting itself. The next save fires it again.`;
/** Relative paths of which no hook ever hears. */
export const NEVER = /(^|\/)(\.git|\.hg|\.svn|node_modules|bower_components|\.venv|__pycache__)\//;

type SavedKind = Exclude<FileChange['kind'], 'edited'>;

const TRIGGERS: Readonly<Record<SavedKind, FileTrigger>> = {
  created: 'PostFileCreate',
  changed: 'PostFileSave',
  deleted: 'PostFileDelete',
};

export interface Occurrence {
  readonly hook: Hook;
  /** Relative. */
  readonly file: string;
}

interface Activity {
  readonly hook: Hook;
  readonly cause: HookCause;
  readonly abort: Abort;
  /** False while the person is asked. */
  running: boolean;
  /** Resolves when it is over. */
  readonly ended: Promise<void>;
}

interface Led {
  readonly chain: readonly string[];
  /** It may be the hook's own doing. */
  readonly isEcho: boolean;
}

/** What is about to fire a hook. */
interface Start {
  readonly hook: Hook;
  readonly files: string[];
  readonly chain: Set<string>;
  isEcho: boolean;
}

export interface Dispatcher extends Disposable {
  onFile(root: string, change: FileChange): Promise<void>;
  /** Runs a hook now; undefined when the person does not agree, or when it runs already. */
  start(hook: Hook, cause: HookCause, quiet?: boolean): Promise<HookRun | undefined>;
  /** Hooks that a file (relative) would fire, disabled ones included. */
  fittingFile(root: string, file: string, trigger: FileTrigger): readonly Hook[];
  /** Resolves when nothing waits and nothing runs. */
  settled(): Promise<void>;
  isRunning(id: string): boolean;
  stop(id: string): void;
}

export interface DispatcherOptions {
  readonly ports: Pick<Ports, 'files' | 'clock' | 'log'>;
  readonly hooks: () => readonly Hook[];
  readonly consents: HookConsents;
  readonly ledger: WriteLedger;
  readonly run: RunHook;
  readonly isOff: () => boolean;
  /** Another program fires it. */
  readonly isLeft: (hook: Hook) => boolean;
  /** Is it for this process to fire what happens to files there? */
  readonly isOurs: (root: string) => Promise<boolean>;
  readonly onRun: (hook: Hook, run: HookRun) => Promise<void>;
  readonly onChange: () => void;
  readonly onNotice: (
    kind: 'suppressed' | 'dropped',
    reason: string,
    occurrences: readonly Occurrence[],
  ) => void;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { ports, hooks, consents, ledger, run, isOff, isLeft, isOurs, onRun, onChange, onNotice } = options;
  const { files, clock, log } = ports;
  const person = createPersonEdits(files);
  const pending = new Map<string, { readonly root: string; readonly kind: SavedKind }>();
  const active = new Map<string, Activity>();
  const echoes = createEchoes(clock);
  /** What cannot be decided before a run has ended. */
  const waiting = new Map<string, Occurrence>();
  let timer: Disposable | undefined;
  let since: number | undefined;
  /** What is gathered, or fired and not over. */
  const underWay = new Set<Promise<void>>();
  let rested = () => {};

  const textOf = (path: string) => files.readText(path).catch(() => undefined);
  const chainOf = async (path: string) =>
    ledger.knows(path) ? ledger.chainOf(path, await textOf(path)) : undefined;
  const mayFire = (root: string, relative: string) =>
    hooks().filter((hook) => hook.root === root && hook.enabled && !isLeft(hook) && matches(hook, relative));

  async function learnSave(path: string): Promise<void> {
    const text = await textOf(path);
    if (await person.isSaved(path, text)) ledger.record(path, text, []);
  }

  function goesOn(work: Promise<void>): void {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  function schedule(): void {
    const isFirst = since === undefined;
    // A clock that is put back must not hold a burst open until it has caught up.
    since = Math.min(since ?? Number.POSITIVE_INFINITY, clock.now());
    if (isFirst) {
      goesOn(
        new Promise((resolve) => {
          rested = resolve;
        }),
      );
    }
    timer?.dispose();
    const { rest, longest } = PACES.find((pace) => pending.size <= pace.files) ?? PACES[2];
    timer = clock.after(Math.min(rest, Math.max(0, since + longest - clock.now())), () => {
      const begun = since ?? clock.now();
      since = undefined;
      const over = rested;
      void fire(begun)
        .catch((error) => log.error('A hook could not be fired', error))
        .finally(over);
    });
  }

  async function fire(begun: number): Promise<void> {
    const batch = [...pending];
    pending.clear();
    if (isOff()) return;
    const ours = new Set<string>();
    for (const root of new Set(batch.map(([, { root }]) => root))) if (await isOurs(root)) ours.add(root);
    const found = await inSlices(batch, async ([path, { root, kind }]) =>
      ours.has(root) ? occurrencesOf(root, path, kind) : [],
    );
    await decide(await withoutGit(found.flat(), begun), begun);
  }

  async function withoutGit(all: readonly Occurrence[], begun: number): Promise<readonly Occurrence[]> {
    const roots = [...new Set(all.map(({ hook }) => hook.root))];
    const of = (root: string) => all.filter(({ hook }) => hook.root === root);
    return (await Promise.all(roots.map((root) => editsOf(root, of(root), begun)))).flat();
  }

  /** What git brought is no edit; what somebody known wrote is, whatever git does meanwhile. */
  async function editsOf(
    root: string,
    all: readonly Occurrence[],
    begun: number,
  ): Promise<readonly Occurrence[]> {
    const reason = await gitMove(files, root, begun, clock.now());
    if (reason === undefined) return all;
    const edits: Occurrence[] = [];
    const brought: Occurrence[] = [];
    for (const each of all) {
      const isKnown = (await chainOf(joinPath(root, each.file))) !== undefined;
      (isKnown ? edits : brought).push(each);
    }
    if (brought.length > 0) onNotice('suppressed', reason, brought);
    return edits;
  }

  async function occurrencesOf(root: string, path: string, kind: SavedKind): Promise<readonly Occurrence[]> {
    // Watchers tell of folders, too, and of what is gone by now.
    if (kind !== 'deleted' && (await files.stat(path).catch(() => undefined))?.kind !== 'file') return [];
    const file = relativePath(root, path) ?? '';
    return mayFire(root, file).flatMap((hook) => (firesOn(hook, TRIGGERS[kind]) ? { hook, file } : []));
  }

  /** Starts the hooks that are not to blame for what happened; each once for all its files. */
  async function decide(occurrences: readonly Occurrence[], begun: number): Promise<void> {
    const starts = new Map<string, Start>();
    const later: Occurrence[] = [];
    for (const occurrence of occurrences) {
      const led = await ledBy(occurrence, begun);
      if (led === 'later') later.push(occurrence);
      if (typeof led === 'object') addTo(starts, occurrence, led);
    }
    keepWaiting(later);
    await Promise.all([...starts.values()].map(begin));
  }

  /** The hooks that led to it, or may have; `later`: a run has to end first. */
  async function ledBy(occurrence: Occurrence, begun: number): Promise<Led | 'never' | 'later'> {
    const { hook, file } = occurrence;
    const known = await chainOf(joinPath(hook.root, file));
    if (!mayStart(known, occurrence)) return 'never';
    // While hooks run, what nobody knows of may be theirs.
    const running = known ? [] : suspects(hook.root);
    if (active.has(hook.id) || running.includes(hook.id)) return 'later';
    if (known) return { chain: known, isEcho: false };
    const chain = union(running, echoes.suspects(hook.root, begun));
    return { chain, isEcho: chain.includes(hook.id) };
  }

  async function begin({ hook, files: all, chain, isEcho }: Start): Promise<void> {
    const occurrences = all.map((file) => ({ hook, file }));
    // Somebody started it since that was decided.
    if (active.has(hook.id)) keepWaiting(occurrences);
    else if (echoes.mayStart(hook.id, isEcho))
      await start(hook, { trigger: hook.trigger, files: all, chain: [...chain] }, true);
    else onNotice('dropped', ECHO, occurrences);
  }

  function keepWaiting(occurrences: readonly Occurrence[]): void {
    const lost: Occurrence[] = [];
    for (const occurrence of occurrences) {
      const key = `${occurrence.hook.id} ${occurrence.file}`;
      if (waiting.size < MOST_FILES || waiting.has(key)) waiting.set(key, occurrence);
      else lost.push(occurrence);
    }
    if (lost.length > 0) onNotice('dropped', TOO_MANY, lost);
  }

  function mayStart(chain: readonly string[] | undefined, occurrence: Occurrence): boolean {
    if (chain?.includes(occurrence.hook.id) || consents.isDeclined(occurrence.hook)) return false;
    if (!chain || chain.length < LONGEST_CHAIN) return true;
    onNotice('dropped', `${LONGEST_CHAIN} hooks have led to each other; this one is not run.`, [occurrence]);
    return false;
  }

  function suspects(root: string): readonly string[] {
    const running = [...active.values()].filter(
      (activity) => activity.running && activity.hook.root === root,
    );
    return running.reduce<readonly string[]>(
      (all, { hook, cause }) => union(all, [...cause.chain, hook.id]),
      [],
    );
  }

  async function start(hook: Hook, cause: HookCause, quiet = false): Promise<HookRun | undefined> {
    const other = active.get(hook.id);
    if (other && (quiet || other.running)) return undefined;
    // A notice that nobody has seen yet must not keep the person from running the hook by hand.
    if (other) {
      other.abort.abort(new Cancelled());
      await other.ended;
    }
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const activity: Activity = { hook, cause, abort: createAbort(), running: false, ended };
    active.set(hook.id, activity);
    try {
      if (!(await consents.ask(hook, activity.abort.signal, quiet))) return undefined;
      activity.running = true;
      onChange();
      const result = await run(hook, cause, activity.abort.signal);
      echoes.ended(hook.root, [...cause.chain, hook.id]);
      await onRun(hook, result);
      return result;
    } catch (error) {
      if (error instanceof Cancelled) return undefined;
      throw error;
    } finally {
      active.delete(hook.id);
      end();
      onChange();
      goesOn(goOn().catch((error) => log.error('A hook could not go on', error)));
    }
  }

  /** Hooks may have changed while files waited. */
  async function goOn(): Promise<void> {
    const now = [...waiting.values()].flatMap(({ hook: { id }, file }) => {
      const hook = hooks().find((each) => each.id === id && each.enabled);
      return hook ? [{ hook, file }] : [];
    });
    waiting.clear();
    if (!isOff()) await decide(now, clock.now());
  }

  return {
    async onFile(root, change) {
      const relative = relativePath(root, change.path) ?? '';
      if (NEVER.test(relative) || isOff()) return;
      const fitting = mayFire(root, relative);
      if (fitting.length === 0) return;
      if (change.kind === 'edited') return person.edited(change.path);
      const kind = merge(pending.get(change.path)?.kind, change.kind);
      if (kind && pending.size >= MOST_FILES && !pending.has(change.path)) {
        const lost = fitting.map((hook) => ({ hook, file: relative }));
        return onNotice('dropped', `More than ${MOST_FILES} files were waiting.`, lost);
      }
      if (kind) pending.set(change.path, { root, kind });
      else pending.delete(change.path);
      schedule();
      if (person.mayBeSaved(change.path)) await learnSave(change.path);
    },
    start,
    async settled() {
      while (underWay.size + active.size > 0)
        await Promise.all([...underWay, ...[...active.values()].map(({ ended }) => ended)]);
    },
    fittingFile: (root, file, trigger) =>
      hooks().filter((hook) => hook.root === root && firesOn(hook, trigger) && matches(hook, file)),
    isRunning: (id) => active.get(id)?.running === true,
    stop: (id) => active.get(id)?.abort.abort(new Cancelled()),
    dispose() {
      timer?.dispose();
      rested();
      for (const { abort } of active.values()) abort.abort(new Cancelled('Earshot is closing'));
    },
  };
}

function addTo(starts: Map<string, Start>, { hook, file }: Occurrence, { chain, isEcho }: Led): void {
  const start = starts.get(hook.id) ?? { hook, files: [], chain: new Set(), isEcho: true };
  starts.set(hook.id, start);
  start.files.push(file);
  start.isEcho &&= isEcho;
  for (const id of chain) if (id !== hook.id) start.chain.add(id);
}

/** What two events of a file come to; undefined: it came and went. */
function merge(before: SavedKind | undefined, kind: SavedKind): SavedKind | undefined {
  if (before === 'created') return kind === 'deleted' ? undefined : 'created';
  return before === 'deleted' && kind === 'created' ? 'changed' : kind;
}

/** Of a spec. */
const DOCUMENT = /^\.kiro\/specs\/.+\/(requirements|bugfix|design|tasks)\.md$/;

function firesOn({ trigger }: Hook, event: FileTrigger): boolean {
  return trigger === event || (trigger === 'OnSpecChange' && event !== 'PostFileDelete');
}

function matches({ trigger, matcher, condition }: Hook, path: string): boolean {
  if (trigger === 'OnSpecChange') return DOCUMENT.test(path) && fits(condition, path);
  if (!Object.values<string>(TRIGGERS).includes(trigger)) return false;
  // Kiro's own files, where the pattern says so.
  if (path.startsWith('.kiro/') && !matcher?.includes('.kiro')) return false;
  return fits(condition, path);
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}
