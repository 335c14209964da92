/** The hooks of the open workspace folders: what there is, what fires when a file changes, what happened last. */
import { applyEdits as applyJson, modify } from 'jsonc-parser';
import { ActError } from '../actError';
import type { Consents } from '../consents';
import type { Home } from '../home';
import { later } from '../later';
import type { FileChange, Ports } from '../ports';
import { type Disposable, DisposableStore } from '../util/disposable';
import { Emitter, type Event } from '../util/event';
import { createDispatcher } from './dispatcher';
import { createHookConsents } from './hookConsents';
import { concernsHooks, createHookFiles } from './hookFiles';
import type { RunHook } from './hookRunner';
import { createHookRuns } from './hookRuns';
import { createKnownFiles } from './knownFiles';
import type { Hook, HookProblem, HookRun } from './model';
import type { WriteLedger } from './writeLedger';

export interface Hooks extends Disposable {
  readonly all: readonly Hook[];
  readonly problems: readonly HookProblem[];
  readonly ready: Promise<void>;
  lastRun(id: string): HookRun | undefined;
  isRunning(id: string): boolean;
  /** Why nothing fires by itself; undefined when hooks are on. */
  readonly off: string | undefined;
  /** Undefined when the person does not agree, or when it runs already. */
  runNow(id: string, file?: string): Promise<HookRun | undefined>;
  /** Ends what runs, child processes included. */
  stop(id: string): void;
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

export function createHooks({
  ports,
  home,
  roots,
  consents,
  ledger,
  run,
  hostRunsHooks,
}: HooksOptions): Hooks {
  const { files, watcher, log, trust, settings } = ports;
  const disposables = new DisposableStore();
  const changed = disposables.add(
    new Emitter<void>((error) => log.error('A listener of hooks failed', error)),
  );
  const found = createHookFiles(ports);
  const known = createKnownFiles(files);
  const agreements = createHookConsents(consents);
  const runs = createHookRuns(ports, home);
  const dispatcher = disposables.add(
    createDispatcher({
      ports,
      hooks: () => found.hooks,
      consents: agreements,
      ledger,
      run,
      isOff: () => off() !== undefined,
      onRun: ({ root }, result) => runs.add(root, result),
      onChange: () => changed.fire(),
    }),
  );

  function get(id: string): Hook {
    const hook = found.hooks.find((each) => each.id === id);
    if (!hook) throw new ActError('notFound', 'This hook is no longer there.');
    return hook;
  }

  async function load(root: string): Promise<void> {
    await found.load(root);
    if (found.hooks.some((hook) => hook.root === root)) await known.learn(root);
    await agreements.learn(found.hooks);
    changed.fire();
  }

  function off(): string | undefined {
    if (!trust.trusted) return 'This workspace is restricted: hooks do not run until you trust it.';
    const setting = settings.get().hooks;
    if (setting === 'off') return 'Hooks are turned off in the settings (earshot.hooks).';
    if (setting === 'auto' && hostRunsHooks)
      return 'Kiro runs these hooks already. Set earshot.hooks to “on” to have Earshot run them, too.';
    return undefined;
  }

  async function onFile(root: string, told: FileChange): Promise<void> {
    const change = known.correct(told);
    if (change.kind !== 'edited' && concernsHooks(root, change.path)) await load(root);
    await dispatcher.onFile(root, change);
  }

  async function start(root: string): Promise<void> {
    const failed = (what: string) => (error: unknown) =>
      log.error(`Could not read ${what} of ${root}`, error);
    await runs.load(root).catch(failed('the last runs'));
    await load(root).catch(failed('the hooks'));
  }

  for (const root of roots) {
    const hear = (change: FileChange) =>
      void onFile(root, change).catch((error) => log.error('A file event failed', error));
    disposables.add(watcher.watch(root, hear));
  }
  disposables.add(trust.onDidGrant(() => changed.fire()));
  disposables.add(settings.onDidChange(() => changed.fire()));

  return {
    get all() {
      return found.hooks;
    },
    get problems() {
      return found.problems;
    },
    ready: Promise.all(roots.map(start)).then(() => {}),
    lastRun: (id) => runs.last(id),
    isRunning: (id) => dispatcher.isRunning(id),
    get off() {
      return off();
    },
    async runNow(id, file) {
      const hook = get(id);
      if (!trust.trusted)
        throw new ActError('untrusted', 'This workspace is restricted: hooks do not run until you trust it.');
      if (dispatcher.isRunning(id)) throw new ActError('busy', `“${hook.name}” is running already.`);
      return dispatcher.start(hook, {
        trigger: hook.trigger,
        files: file === undefined ? [] : [file],
        chain: [],
      });
    },
    stop: (id) => dispatcher.stop(id),
    async setEnabled(id, enabled) {
      const hook = get(id);
      const text = (await files.readText(hook.path)) ?? '';
      const { parseHooks } = await later.parseHooks();
      const now = parseHooks(hook.root, hook.path, text).hooks.find((each) => each.id === id);
      if (now?.content !== hook.content)
        throw new ActError('changed', 'The hook’s file has changed. Try again.');
      const formattingOptions = { insertSpaces: true, tabSize: 2 };
      const edits = modify(text, ['hooks', hook.index, 'enabled'], enabled, { formattingOptions });
      await files.writeText(hook.path, applyJson(text, edits));
      await load(hook.root);
    },
    async agree(id) {
      const hook = found.hooks.find((each) => each.id === id);
      const yes = hook !== undefined && (await agreements.ask(hook));
      changed.fire();
      return yes;
    },
    isAgreed(id) {
      const hook = found.hooks.find((each) => each.id === id);
      return hook !== undefined && agreements.isAgreed(hook);
    },
    onDidChange: changed.event,
    dispose: () => disposables.dispose(),
  };
}
