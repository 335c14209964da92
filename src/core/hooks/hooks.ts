/** The hooks of the open workspace folders: what there is, what fires when a file changes, what happened last. */
import { ActError } from '../actError';
import type { AgentProblems } from '../agent/profiles/agentProblems';
import type { Consents } from '../consents';
import type { Home } from '../home';
import { later } from '../later';
import type { FileChange, Ports } from '../ports';
import { isPowersData, powersFolder } from '../powers/powerPlaces';
import type { AbortSignal } from '../util/abort';
import { type Disposable, DisposableStore, toDisposable } from '../util/disposable';
import { Emitter, type Event } from '../util/event';
import { joinPath, relativePath } from '../util/path';
import type { HookCause } from './cause';
import { createDispatcher } from './dispatcher';
import { createDuty } from './duty';
import { fits } from './fits';
import { createCommitWatch } from './gitCommits';
import { createHookConsents } from './hookConsents';
import { createHookFiles } from './hookFiles';
import type { RunHook } from './hookRunner';
import { createHookRuns } from './hookRuns';
import { concernsHooks, hooksFolder } from './hooksFolder';
import { RESTRICTED, whyNotRun, whyOff } from './hooksOff';
import { createKnownFiles } from './knownFiles';
import type {
  FileTrigger,
  Hook,
  HookJson,
  HookMigration,
  HookNotice,
  HookProblem,
  HookRun,
  WouldFire,
} from './model';
import { withNotice } from './notices';
import { createScheduler } from './scheduler';
import type { SessionChains } from './sessionChains';
import { createSessionHooks, type Happening, type SessionHooks } from './sessionHooks';
import { isFileTrigger, isShared } from './triggers';
import type { WriteLedger } from './writeLedger';

export interface Hooks extends Disposable {
  readonly all: readonly Hook[];
  /** Of the files of custom agents, once somebody looks at those: fired in the sessions of these agents alone. */
  readonly ofAgents: readonly Hook[];
  readonly problems: readonly HookProblem[];
  readonly ready: Promise<void>;
  lastRun(id: string): HookRun | undefined;
  /** The newest first. */
  runs(id: string): readonly HookRun[];
  isRunning(id: string): boolean;
  /** Why nothing fires by itself; undefined when hooks are on. */
  readonly off: string | undefined;
  /** Kiro fires it itself. */
  isLeft(hook: Hook): boolean;
  /** Undefined when the person does not agree, or when it runs already. */
  runNow(id: string, file?: string): Promise<HookRun | undefined>;
  /** Ends what runs, child processes included. */
  stop(id: string): void;
  setEnabled(id: string, enabled: boolean): Promise<void>;
  /** Asks for consent to the hook as it stands; true when it may run. */
  agree(id: string): Promise<boolean>;
  /** Has the person agreed to the hook as it stands? As far as is known without asking. */
  isAgreed(id: string): boolean;
  /**
   * What would fire if a file (relative) were saved, created or deleted, though nothing is: and what would keep it from
   * running.
   */
  wouldFire(root: string, file: string, trigger: FileTrigger): Promise<readonly WouldFire[]>;
  /** What came with a switch of branches, a rebase or a pull, and fired nothing. The newest first. */
  readonly suppressed: readonly HookNotice[];
  /** What fired nothing because a limit was reached. The newest first. */
  readonly dropped: readonly HookNotice[];
  /**
   * Puts a hook into a file, in place of the one with its name where there is one; the file's path.
   * @param root Undefined: the person's own, for every workspace
   */
  save(root: string | undefined, fileName: string, hook: HookJson): Promise<string>;
  remove(id: string): Promise<void>;
  /** What would become of the files of Kiro 0.x. */
  migration(root: string): Promise<readonly HookMigration[]>;
  /** Does so: new files are written, those of 0.x are kept as `.kiro.hook.old`. */
  migrate(root: string): Promise<readonly HookMigration[]>;
  /** From a description, by the model; nothing is saved. */
  draft(root: string, description: string, signal: AbortSignal): Promise<HookJson>;
  /** A file changed: for a host whose port watches nothing. */
  heard(root: string, change: FileChange): Promise<void>;
  /** Resolves when all that was fired beside sessions is over. */
  settled(): Promise<void>;
  /** Those that fire in sessions of the agent, and around tasks. */
  readonly inSession: SessionHooks;
  /** Something beside sessions and files: fires beside whatever goes on. */
  happened(root: string, happening: Happening): void;
  readonly onDidChange: Event<void>;
}

export interface HooksOptions {
  readonly ofAgents: Pick<AgentProblems, 'hooks' | 'onDidChange'>;
  readonly ports: Ports;
  readonly home: Home;
  readonly roots: readonly string[];
  readonly consents: Consents;
  readonly ledger: WriteLedger;
  readonly run: RunHook;
  readonly draft: Hooks['draft'];
  readonly chains: SessionChains;
  /** `~/.kiro`; undefined: the person has no hooks of their own. */
  readonly kiroHome: string | undefined;
  /** True inside Kiro or beside its extension: the host runs the same hooks already. */
  readonly hostRunsHooks: boolean;
  /** A command that ends by itself leaves to a window what that fires. */
  readonly isCommand?: boolean;
}

export function createHooks({
  ofAgents,
  ports,
  home,
  roots,
  consents,
  ledger,
  run,
  draft,
  chains,
  kiroHome,
  hostRunsHooks,
  isCommand = false,
}: HooksOptions): Hooks {
  const { files, watcher, log, trust, settings } = ports;
  const off = () => whyOff(ports);
  const disposables = new DisposableStore();
  const changed = disposables.add(
    new Emitter<void>((error) => log.error('A listener of hooks failed', error)),
  );
  const found = createHookFiles(ports, roots, kiroHome);
  const known = createKnownFiles(files);
  const agreements = createHookConsents(consents, kiroHome, ports.administration?.hookVerdict);
  const runs = createHookRuns(ports, home);
  const duty = createDuty(files, ports.processes, home, isCommand);
  const notices: Record<'suppressed' | 'dropped', readonly HookNotice[]> = { suppressed: [], dropped: [] };
  const dispatcher = disposables.add(
    createDispatcher({
      ports,
      hooks: () => found.hooks,
      consents: agreements,
      ledger,
      run,
      isOff: () => off() !== undefined,
      isLeft,
      isOurs: duty.isOurs,
      onRun,
      onChange: () => changed.fire(),
      onNotice(kind, reason, occurrences) {
        notices[kind] = withNotice(notices[kind], ports.clock.now(), reason, occurrences);
        changed.fire();
      },
    }),
  );

  const inSession = createSessionHooks({
    ports,
    hooks: () => found.hooks,
    consents: agreements,
    run,
    isOff: () => off() !== undefined,
    onRun,
    onChange: () => changed.fire(),
    chains,
    look: (root) => ready.then(() => load(root)).catch(failed(`the hooks of ${root}`)),
    begin: (hook, cause) => void startBeside(hook, cause),
  });

  /** What a hook committed itself must not fire hooks of commits, for ever. */
  async function onRun({ root }: Hook, result: HookRun): Promise<void> {
    await commits.get(root)?.skip();
    await runs.add(root, result);
  }

  const isRunning = (id: string) => dispatcher.isRunning(id) || inSession.isRunning(id);
  const runsOne = (root: string) => found.hooks.some((hook) => hook.root === root && isRunning(hook.id));

  function happened(root: string, { trigger, subjects, facts }: Happening): void {
    if (off() !== undefined) return;
    for (const hook of found.hooks) {
      const isMeant = hook.root === root && hook.trigger === trigger && hook.enabled;
      if (!isMeant || (subjects.length > 0 && !fits(hook.condition, ...subjects))) continue;
      begin(hook, facts);
    }
  }

  const startBeside = (hook: Hook, cause: HookCause) =>
    dispatcher
      .start(hook, cause, true)
      .catch((error) => log.error(`The hook ${hook.name} could not be fired`, error));

  function begin(hook: Hook, facts: Happening['facts']): void {
    if (off() !== undefined || agreements.isDeclined(hook)) return;
    void startBeside(hook, { trigger: hook.trigger, files: [], chain: [], facts });
  }

  /** Each window sees it. */
  async function onceFor(root: string, act: () => void): Promise<void> {
    if (off() === undefined && (await duty.isOurs(root))) act();
  }

  const scheduler = disposables.add(
    createScheduler(ports.clock, (hook) => void onceFor(hook.root, () => begin(hook, {}))),
  );
  const commits = new Map(
    roots.map((root) => [
      root,
      disposables.add(
        createCommitWatch(ports, root, async ({ hash, message }) => {
          const facts = { commit: hash, message };
          if (runsOne(root)) return;
          await onceFor(root, () => happened(root, { trigger: 'OnGitCommit', subjects: [message], facts }));
        }),
      ),
    ]),
  );

  const find = (id: string) => [...found.hooks, ...ofAgents.hooks].find((each) => each.id === id);

  function get(id: string): Hook {
    const hook = find(id);
    if (!hook) throw new ActError('notFound', 'This hook is no longer there.');
    return hook;
  }

  async function load(root: string | undefined): Promise<void> {
    await found.load(root);
    for (const each of root === undefined ? roots : [root])
      if (found.hooks.some((hook) => hook.root === each)) await known.learn(each);
    await agreements.learn(found.hooks);
    scheduler.arrange(found.hooks);
    for (const [each, watch] of commits)
      watch.look(
        found.hooks.some((hook) => hook.root === each && hook.enabled && hook.trigger === 'OnGitCommit'),
      );
    await takeDuty(root === undefined ? roots : [root]);
    changed.fire();
  }

  /** Taken before something happens, so that commands know; left where hooks are off. */
  async function takeDuty(wanted: readonly string[]): Promise<void> {
    for (const root of wanted) {
      if (off() !== undefined) await duty.leave([root]);
      else if (
        found.hooks.some(
          (hook) => hook.root === root && hook.enabled && !isLeft(hook) && isShared(hook.trigger),
        )
      )
        await duty.isOurs(root);
    }
  }

  /** Of the files both hear; sessions, tasks and what is beyond Kiro are ours alone. */
  function isLeft({ trigger }: Hook): boolean {
    return hostRunsHooks && settings.get().hooks === 'auto' && isFileTrigger(trigger);
  }

  async function onFile(root: string, told: FileChange): Promise<void> {
    const change = known.correct(told);
    if (change.kind !== 'edited' && concernsHooks(root, change.path)) await load(root);
    await dispatcher.onFile(root, change);
  }

  const failed = (what: string) => (error: unknown) => log.error(`Could not read ${what}`, error);

  async function start(root: string): Promise<void> {
    await runs.load(root).catch(failed(`the last runs of ${root}`));
    await load(root).catch(failed(`the hooks of ${root}`));
  }

  const factsOf = (hook: Hook) => ({
    off: off(),
    isLeft: isLeft(hook),
    forbidden: ports.administration?.hookVerdict(hook),
    isAgreed: agreements.isAgreed(hook),
  });

  const own = kiroHome === undefined ? undefined : joinPath(kiroHome, 'hooks');
  if (own !== undefined && kiroHome !== undefined)
    for (const folder of [own, powersFolder(kiroHome)])
      disposables.add(
        watcher.watch(folder, ({ kind, path }) => {
          if (kind !== 'edited' && !isPowersData(kiroHome, path))
            void load(undefined).catch(failed('your own hooks'));
        }),
      );
  for (const root of roots) {
    const hear = (change: FileChange) =>
      void onFile(root, change).catch((error) => log.error('A file event failed', error));
    disposables.add(watcher.watch(root, hear));
  }
  const onSwitch = () => {
    changed.fire();
    void takeDuty(roots).catch(failed('who fires hooks'));
  };
  disposables.add(
    ofAgents.onDidChange(() => void agreements.learn(ofAgents.hooks).then(onSwitch, failed('your consents'))),
  );
  disposables.add(trust.onDidGrant(onSwitch));
  disposables.add(settings.onDidChange(onSwitch));
  disposables.add(toDisposable(() => void duty.leave(roots)));
  const ready = Promise.all([load(undefined).catch(failed('your own hooks')), ...roots.map(start)]).then(
    () => {},
  );

  return {
    get all() {
      return found.hooks;
    },
    get ofAgents() {
      return ofAgents.hooks;
    },
    get problems() {
      return found.problems;
    },
    ready,
    lastRun: (id) => runs.of(id)[0],
    runs: (id) => runs.of(id),
    isRunning,
    get off() {
      return off();
    },
    isLeft,
    async runNow(id, file) {
      const hook = get(id);
      if (!trust.trusted) throw new ActError('untrusted', RESTRICTED);
      if (dispatcher.isRunning(id)) throw new ActError('busy', `“${hook.name}” is running already.`);
      return dispatcher.start(hook, {
        trigger: hook.trigger,
        files: file === undefined ? [] : [file],
        chain: [],
      });
    },
    stop(id) {
      dispatcher.stop(id);
      inSession.stop(id);
    },
    heard: onFile,
    async settled() {
      await Promise.all([...commits.values()].map((watch) => watch.now()));
      await dispatcher.settled();
    },
    inSession,
    happened,
    async setEnabled(id, enabled) {
      const hook = get(id);
      await (await later.hookWork()).setEnabled(files, hook, enabled);
      await load(hook.isHome ? undefined : hook.root);
    },
    async wouldFire(root, file, trigger) {
      const path = relativePath(root, file) ?? file;
      return dispatcher
        .fittingFile(root, path, trigger)
        .map((hook) => ({ hook, blocked: whyNotRun(hook, path, factsOf(hook)) }))
        .map(({ hook, blocked }) => (blocked === undefined ? { hook } : { hook, blocked }));
    },
    get suppressed() {
      return notices.suppressed;
    },
    get dropped() {
      return notices.dropped;
    },
    async save(root, fileName, hook) {
      const folder = root === undefined ? own : hooksFolder(root);
      if (folder === undefined) throw new ActError('notFound', 'There is no folder for hooks of your own.');
      const path = await (await later.hookWork()).save(files, folder, fileName, hook);
      await load(root);
      return path;
    },
    async remove(id) {
      const hook = get(id);
      await (await later.hookWork()).remove(files, hook);
      await load(hook.isHome ? undefined : hook.root);
    },
    migration: async (root) => (await later.hookWork()).migration(files, root),
    async migrate(root) {
      const migrated = await (await later.hookWork()).migrate(files, root);
      await load(root);
      return migrated;
    },
    draft,
    async agree(id) {
      const hook = find(id);
      const yes = hook !== undefined && (await agreements.ask(hook));
      changed.fire();
      return yes;
    },
    isAgreed(id) {
      const hook = find(id);
      return hook !== undefined && agreements.isAgreed(hook);
    },
    onDidChange: changed.event,
    dispose: () => disposables.dispose(),
  };
}
