/** The hooks of the open workspace folders: what there is, what fires when a file changes, what happened last. */
import { applyEdits as applyJson, modify } from 'jsonc-parser';
import { ActError } from '../actError';
import type { Consents } from '../consents';
import type { Home } from '../home';
import type { FileChange, Ports } from '../ports';
import { type Abort, createAbort } from '../util/abort';
import { type Disposable, DisposableStore } from '../util/disposable';
import { Emitter, type Event } from '../util/event';
import { parseJsonLines } from '../util/jsonLines';
import { basename, joinPath, relativePath } from '../util/path';
import { type HookCause, hooksFolder, type RunHook } from './hookRunner';
import type { FileTrigger, Hook, HookFile, HookProblem, HookRun } from './model';
import { compileMatcher, parseHooks } from './parseHooks';
import type { WriteLedger } from './writeLedger';

/** Milliseconds: events of one file are one event, and what is saved together is one run. */
const SETTLE = 150;
const KEPT_OUTPUT = 20_000;

export interface Hooks extends Disposable {
  readonly all: readonly Hook[];
  readonly problems: readonly HookProblem[];
  readonly ready: Promise<void>;
  lastRun(id: string): HookRun | undefined;
  isRunning(id: string): boolean;
  /** Why nothing fires by itself; undefined when hooks are on. */
  readonly off: string | undefined;
  runNow(id: string, file?: string): Promise<HookRun | undefined>;
  setEnabled(id: string, enabled: boolean): Promise<void>;
  /** Asks for consent to the hook as it stands; true when it may run. */
  agree(id: string): Promise<boolean>;
  /** Has the person agreed to the hook as it stands? As far as is known without asking. */
  isAgreed(id: string): boolean;
  readonly onDidChange: Event<void>;
}

export interface HooksOptions {
  readonly ports: Ports;
  readonly home: Home;
  readonly roots: readonly string[];
  readonly consents: Consents;
  readonly ledger: WriteLedger;
  readonly run: RunHook;
  /** True inside Kiro or beside its extension: the host runs the same hooks already. */
  readonly hostRunsHooks: boolean;
}

export function createHooks({ ports, home, roots, consents, ledger, run, hostRunsHooks }: HooksOptions): Hooks {
  const { files, watcher, clock, log, trust, settings } = ports;
  const disposables = new DisposableStore();
  const changed = disposables.add(new Emitter<void>((error) => log.error('A listener of hooks failed', error)));
  const found = new Map<string, HookFile>();
  const agreed = new Set<string>();
  const runs = new Map<string, HookRun>();
  const running = new Map<string, Abort>();
  const pending = new Map<string, { root: string; kind: SavedKind }>();
  /** Files that wait for a hook which is running: fired when it has ended. */
  const waiting = new Map<string, Map<string, HookCause>>();
  let timer: Disposable | undefined;

  const all = () => [...found.values()].flatMap(({ hooks }) => hooks);
  const get = (id: string) => all().find((hook) => hook.id === id);

  async function read(root: string, path: string): Promise<void> {
    const text = await files.readText(path);
    if (text === undefined) found.delete(path);
    else found.set(path, parseHooks(root, path, text));
    for (const hook of found.get(path)?.hooks ?? []) {
      if (await consents.has('hook', root, hook.content)) agreed.add(hook.content);
    }
  }

  async function load(root: string): Promise<void> {
    for (const { name, kind } of await files.list(hooksFolder(root))) {
      // Links are skipped, as Kiro skips them: they may lead out of the repository.
      if (kind === 'file' && name.endsWith('.json')) await read(root, joinPath(hooksFolder(root), name));
    }
    const { values } = parseJsonLines((await files.readText(home.hookRuns(root))) ?? '');
    for (const value of values as HookRun[]) if (typeof value?.hook === 'string') runs.set(value.hook, value);
  }

  const off = (): string | undefined => {
    if (!trust.trusted) return 'This workspace is restricted: hooks do not run until you trust it.';
    const setting = settings.get().hooks;
    if (setting === 'off') return 'Hooks are turned off in the settings (earshot.hooks).';
    if (setting === 'auto' && hostRunsHooks) return 'Kiro runs these hooks already. Set earshot.hooks to “on” to have Earshot run them, too.';
    return undefined;
  };

  async function onFile(root: string, change: FileChange): Promise<void> {
    if (change.kind === 'edited') return;
    const relative = relativePath(root, change.path) ?? '';
    if (relative.startsWith('.kiro/hooks') && (relative.endsWith('.json') || !relative.includes('.'))) {
      await (relative.endsWith('.json') ? read(root, change.path) : load(root));
      changed.fire();
    }
    if (relative.startsWith('.git/') || relative.startsWith('.kiro/') || off() !== undefined) return;
    const before = pending.get(change.path)?.kind;
    // A file that was created and then changed is new; one that was deleted and created again was saved.
    const kind = before === 'created' && change.kind === 'changed' ? 'created' : before === 'deleted' && change.kind === 'created' ? 'changed' : change.kind;
    pending.set(change.path, { root, kind });
    timer?.dispose();
    timer = clock.after(SETTLE, () => void fire().catch((error) => log.error('A hook could not be fired', error)));
  }

  async function fire(): Promise<void> {
    const batch = [...pending];
    pending.clear();
    const causes = new Map<Hook, HookCause>();
    for (const [path, { root, kind }] of batch) {
      const trigger = TRIGGERS[kind];
      const relative = relativePath(root, path) ?? '';
      const matching = all().filter((hook) => hook.enabled && hook.root === root && hook.trigger === trigger && matches(hook, relative));
      if (matching.length === 0) continue;
      const chain = ledger.chainOf(path, await files.readText(path).catch(() => undefined));
      for (const hook of matching) {
        if (chain.includes(hook.id)) continue;
        const cause = causes.get(hook);
        causes.set(hook, { trigger, files: [...(cause?.files ?? []), relative], chain: [...new Set([...(cause?.chain ?? []), ...chain])] });
      }
    }
    await Promise.all([...causes].map(([hook, cause]) => start(hook, cause)));
  }

  /** Runs a hook that the person agreed to. While it runs, further files wait for its end. */
  async function start(hook: Hook, cause: HookCause): Promise<HookRun | undefined> {
    if (running.has(hook.id)) {
      const queue = waiting.get(hook.id) ?? new Map<string, HookCause>();
      for (const file of cause.files) queue.set(file, cause);
      waiting.set(hook.id, queue);
      return undefined;
    }
    if (!(await agree(hook))) return undefined;
    const abort = createAbort();
    running.set(hook.id, abort);
    changed.fire();
    try {
      const result = await run(hook, cause, abort.signal);
      runs.set(hook.id, result);
      const kept = { ...result, output: result.output.slice(-KEPT_OUTPUT) };
      await files.appendText(home.hookRuns(hook.root), `${JSON.stringify(kept)}\n`);
      return result;
    } finally {
      running.delete(hook.id);
      changed.fire();
      void goOn(hook).catch((error) => log.error(`Hook ${hook.name} could not go on`, error));
    }
  }

  async function goOn(hook: Hook): Promise<void> {
    const queue = waiting.get(hook.id);
    waiting.delete(hook.id);
    const current = get(hook.id);
    if (!queue || !current?.enabled) return;
    for (const [file, cause] of queue) {
      const path = joinPath(hook.root, file);
      if (ledger.chainOf(path, await files.readText(path).catch(() => undefined)).includes(hook.id)) queue.delete(file);
      else queue.set(file, cause);
    }
    const [first] = queue.values();
    if (first) await start(current, { ...first, files: [...queue.keys()] });
  }

  async function agree(hook: Hook): Promise<boolean> {
    if (agreed.has(hook.content)) return true;
    const what = hook.action.type === 'command' ? hook.action.command : hook.action.prompt;
    const when = hook.trigger === 'Manual' ? 'when you start it' : `on ${hook.trigger}${hook.matcher === undefined ? '' : ` of ${hook.matcher}`}`;
    const yes = await consents.require('hook', hook.root, hook.content, {
      title: `Let the hook “${hook.name}” run?`,
      detail: `It runs ${when}:\n\n${what}\n\nFrom ${relativePath(hook.root, hook.path) ?? basename(hook.path)}. If it changes, you are asked again.`,
      answers: [{ id: 'yes', label: 'Let It Run' }],
    });
    if (yes) agreed.add(hook.content);
    changed.fire();
    return yes;
  }

  for (const root of roots) {
    disposables.add(
      watcher.watch(root, (change) => void onFile(root, change).catch((error) => log.error('A file event failed', error))),
    );
  }
  const ready = Promise.all(roots.map(load)).then(
    () => changed.fire(),
    (error) => log.error('Could not read the hooks', error),
  );

  return {
    get all() {
      return all();
    },
    get problems() {
      return [...found.values()].flatMap(({ problems }) => problems);
    },
    ready,
    lastRun: (id) => runs.get(id),
    isRunning: (id) => running.has(id),
    get off() {
      return off();
    },
    async runNow(id, file) {
      const hook = get(id);
      if (!hook) throw new ActError('notFound', 'This hook is no longer there.');
      if (!trust.trusted) throw new ActError('untrusted', 'This workspace is restricted: hooks do not run until you trust it.');
      return start(hook, { trigger: hook.trigger, files: file === undefined ? [] : [file], chain: [] });
    },
    async setEnabled(id, enabled) {
      const hook = get(id);
      const text = hook && (await files.readText(hook.path));
      if (!hook || text === undefined) throw new ActError('notFound', 'This hook is no longer there.');
      const edits = modify(text, ['hooks', hook.index, 'enabled'], enabled, { formattingOptions: { insertSpaces: true, tabSize: 2 } });
      await files.writeText(hook.path, applyJson(text, edits));
      await read(hook.root, hook.path);
      changed.fire();
    },
    async agree(id) {
      const hook = get(id);
      return hook !== undefined && agree(hook);
    },
    isAgreed: (id) => agreed.has(get(id)?.content ?? ''),
    onDidChange: changed.event,
    dispose() {
      timer?.dispose();
      for (const abort of running.values()) abort.abort();
      disposables.dispose();
    },
  };
}

type SavedKind = Exclude<FileChange['kind'], 'edited'>;

const TRIGGERS: Readonly<Record<SavedKind, FileTrigger>> = {
  created: 'PostFileCreate',
  changed: 'PostFileSave',
  deleted: 'PostFileDelete',
};

function matches(hook: Hook, path: string): boolean {
  return hook.matcher === undefined || (compileMatcher(hook.matcher)?.test(path) ?? false);
}
