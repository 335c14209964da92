/**
 * The core's only door. `createCore(ports)` wires the product by hand and returns it; whoever shows it (the
 * editor, the CLI) renders what it says and calls its acts. The core names no host.
 */
import { createReviews, type Reviews } from './agent/changes/reviews';
import { createMentions, type Mentions } from './agent/mentions/mentions';
import { type AgentProblems, createAgentProblems } from './agent/profiles/agentProblems';
import type { Agents } from './agent/profiles/agents';
import { createSessions, type Sessions } from './agent/session/sessions';
import type { Chats } from './agent/turn/chats';
import type { Talk } from './agent/turn/talk';
import type { Checkpoints } from './checkpoints/checkpoints';
import { lateCheckpoints } from './checkpoints/lateCheckpoints';
import type { RestorePlan } from './checkpoints/model';
import { type Consents, createConsents } from './consents';
import { createHome } from './home';
import { createHooks, type Hooks } from './hooks/hooks';
import type { HookBudgets, SessionChains } from './hooks/sessionChains';
import { createWriteLedger } from './hooks/writeLedger';
import { later } from './later';
import { createLintConfigs, type LintConfigs } from './lint/lintConfigs';
import { createServers } from './mcp/createServers';
import type { McpServers } from './mcp/servers';
import type { Order } from './order/order';
import type { Ports } from './ports';
import type { Powers } from './powers/powers';
import { createSpecStore, type SpecStore } from './spec/specStore';
import type { Foundation } from './steering/foundation';
import { createGuidance, type GuidanceStore } from './steering/guidance';
import { createRuns, type OwnRuns } from './tasks/run/createRuns';
import { createRunStore } from './tasks/run/runStore';
import type { Runs } from './tasks/run/runs';
import { createTaskRunner, type TaskRunner } from './tasks/taskRunner';
import { createTrace, type Trace } from './trace/trace';
import { createLedger, type Ledger } from './usage/ledger';
import { createMeter, type Meter } from './usage/meter';
import { type Disposable, DisposableStore, toDisposable } from './util/disposable';
import { lazy } from './util/lazy';
import { basename, joinPath, relativePath } from './util/path';
import { createApprovedTexts } from './workflow/approvals/approvedTexts';
import { createKeyRing } from './workflow/approvals/keyRing';
import { type Comments, createComments } from './workflow/comments/comments';
import type { CommitMessages } from './workflow/commitMessage';
import { draftState, inRevision } from './workflow/drafting/underWay';
import type { Upkeep } from './workflow/upkeep/upkeep';
import { createWorkflow, type Workflow } from './workflow/workflow';

export interface CoreOptions {
  /** Workspace folders. */
  readonly roots: readonly string[];
  /** `~/.earshot` or what takes its place. */
  readonly home: string;
  /** `~/.kiro`, or what `KIRO_HOME` names: the person's own hooks, steering, agents and servers, of every workspace. */
  readonly kiroHome?: string;
  /** True inside Kiro or beside its extension. */
  readonly hostRunsHooks: boolean;
  /** True for the command line: what a window at the same folder fires is left to it. */
  readonly isCommand?: boolean;
}

export interface Core extends Disposable {
  readonly specs: SpecStore;
  readonly workflow: Workflow;
  readonly upkeep: Upkeep;
  /** Steering that is derived from the repository. */
  readonly foundation: Foundation;
  /** Steering, AGENTS.md and skills: what there is, what is in the context, what is wrong. */
  readonly guidance: GuidanceStore;
  readonly sessions: Sessions;
  readonly chats: Chats;
  /** Steering, skills and servers that are installed as one. */
  readonly powers: Powers;
  /** Custom agents: those that there are. */
  readonly agents: Pick<Agents, 'list'> & {
    /** What is wrong in their files. */
    readonly files: AgentProblems;
  };
  /** What `#file:…` in a message may name. */
  readonly mentions: Mentions;
  /** What the person says about the changes of a turn. */
  readonly reviews: Reviews;
  readonly tasks: TaskRunner;
  /** Runs of tasks: plans, state, and what a person may do to them. */
  readonly runs: Runs;
  readonly hooks: Hooks;
  /** Servers of tools. */
  readonly servers: McpServers;
  readonly consents: Consents;
  readonly commitMessages: CommitMessages;
  readonly lint: LintConfigs;
  readonly trace: Trace;
  readonly comments: Comments;
  /** The workspace as it was, and ways back. */
  readonly checkpoints: Checkpoints;
  /** Rename, group, duplicate, archive, delete. */
  order(): Promise<Order>;
  /** What was asked of models, and when a limit comes near. */
  readonly usage: Ledger & Pick<Meter, 'onDidComeNear'>;
  /** Is it a file of permission rules? */
  isRuleFile(path: string): boolean;
  readonly ports: Ports;
  /** Stops what runs, closes logs. */
  close(): Promise<void>;
}

export function createCore(
  given: Ports,
  { roots, home: homePath, kiroHome, hostRunsHooks, isCommand = false }: CoreOptions,
): Core {
  const disposables = new DisposableStore();
  const home = createHome(homePath, given.hasher, given.administration?.path);
  const consents = createConsents(given, home);
  const budgets: HookBudgets = new Map();
  const sessions: Sessions = createSessions(given, home, () => specs.roots);
  const ledger = createLedger(given.files, home.usage);
  const meter = createMeter({
    ...given,
    ledger,
    holdsFile: joinPath(home.usage, 'under-way.jsonl'),
    onCut: (session, usage, cost) => sessions.appendLive(session, { type: 'turn.cut', usage, cost }),
    sessionOf: (id) => sessions.get(id)?.started,
    // A sub-agent spends what the session that it works for may.
    budgetOf(session) {
      const main = sessions.get(session)?.started.parent?.session ?? session;
      const limit = budgets.get(main);
      if (limit === undefined) return runs.budgetOf(main);
      return { scope: 'hook', of: main, limit, spent: sessions.get(main)?.cost ?? 0 };
    },
  });
  const ports: Ports = { ...given, models: meter.models };
  const keyRing = createKeyRing(given, home.keys);
  const lintConfigs = disposables.add(createLintConfigs(ports));
  const specs: SpecStore = disposables.add(
    createSpecStore({
      ...ports,
      roots,
      lintConfigs,
      judge: async (root) => ({
        signatures: ports.signatures,
        accepted: await keyRing.accepted(root),
      }),
      draftState: (spec, fileName, hash) => draftState(sessions, spec, fileName, hash),
      inRevision: (spec, fileName) => inRevision(sessions, spec, fileName),
    }),
  );
  const checkpoints = disposables.add(lateCheckpoints(given, home, roots));
  const writes = createWriteLedger(ports.hasher);
  const chains: SessionChains = new Map();
  const servers = disposables.add(
    createServers({
      ports,
      kiroHome,
      roots,
      consents,
      ...(given.administration && {
        forbids: given.administration.serverVerdict,
        registry: given.administration.registered,
      }),
    }),
  );
  const work = lazy(async () => {
    const loaded = await later.work();
    const { createChats, createCommitMessages, createHookRunner, createPermissions } = loaded;
    const turns = loaded.createTurnCheckpoints(checkpoints);
    const permissions = createPermissions(given, home);
    const onWrite = (path: string, text: string | undefined) => writes.record(path, text, []);
    const agents = loaded.createAgents(ports, consents, kiroHome);
    const powers = loaded.createPowers(ports, consents, kiroHome);
    const talk: Talk = loaded.createTalk({
      ports,
      specs,
      permissions,
      around: [
        loaded.hooksAround(hooks.inSession),
        loaded.steeringAround({
          files: given.files,
          kiroHome,
          reading: (root) => permissions.gate(root).reading(given.files),
        }),
        loaded.profileAround(given, permissions),
        loaded.powersAround(powers, given.files),
        loaded.mcpAround({ servers, permissions, editorTools: loaded.allowedEditorTools(given) }),
        loaded.subagentsAround({ ports, sessions, agents, talk: () => talk }),
      ],
      onWrite,
      checkpoints: turns,
    });
    const { worktrees } = given;
    return {
      permissions,
      engine: loaded.createEngine({
        ports,
        specs,
        sessions,
        consents,
        ledger,
        store: runStore,
        work: loaded.createWork(talk),
        hooks: loaded.taskHooks(hooks.inSession),
        mend: loaded.createMend(talk),
        proof: loaded.createProof({
          ports,
          consents,
          trace,
          checkpoints,
          reviewer: loaded.createReviewer(ports, sessions, permissions, talk),
        }),
        checkpoints,
        openPlaces: worktrees && ((options) => loaded.openWorktreePlaces(worktrees, options)),
        clearPlaces: worktrees?.settle,
      }),
      runHook: createHookRunner(ports, sessions, writes, talk, chains, budgets, checkpoints),
      commitMessages: createCommitMessages(ports, sessions, permissions),
      reading: (root: string) => permissions.gate(root).reading(given.files),
      chats: createChats({
        ports,
        specs,
        sessions,
        mentions,
        talk,
        agents,
      }),
      agents,
      powers,
    };
  });
  const agentProblems = disposables.add(createAgentProblems(given, roots, kiroHome));
  const hooks: Hooks = disposables.add(
    createHooks({
      ofAgents: agentProblems,
      ports,
      home,
      roots,
      consents,
      ledger: writes,
      run: async (...args) => (await work()).runHook(...args),
      draft: async (...args) => (await later.work()).draftHook(ports, sessions, ...args),
      chains,
      kiroHome,
      hostRunsHooks,
      isCommand,
    }),
  );
  /** As a request without tools has it. */
  const steering = async (root: string): Promise<string> => {
    const [{ alwaysText }, { reading }] = await Promise.all([later.steering(), work()]);
    return alwaysText({ files: given.files, root, kiroHome, reading: await reading(root) });
  };
  const drafting = lazy(async () => {
    const { createDrafting } = await later.drafting();
    return createDrafting({
      ports,
      sessions,
      lint: lintConfigs.of,
      reading: async (root) => (await work()).reading(root),
      steering,
      refresh: (spec) => specs.refresh(spec),
    });
  });
  const beginnings = lazy(async () => {
    const { createBeginnings } = await later.drafting();
    return createBeginnings({ ports, sessions, specs, drafting: await drafting(), steering });
  });
  const approvedTexts = createApprovedTexts(ports.files, home.approvedTexts);
  const workflow = createWorkflow({
    approvers: (root) => lintConfigs.approversOf(root),
    ports,
    specs,
    sessions,
    consents,
    keyRing,
    approvedTexts,
    drafting,
    beginnings,
  });
  const trace = createTrace(ports, () => specs.all);
  const keeping = lazy(async () => {
    const { createUpkeep } = await later.upkeep();
    return createUpkeep({ ports, specs, sessions, trace, approvedTexts, drafting });
  });
  const upkeep: Upkeep = {
    plan: async (...args) => (await keeping()).plan(...args),
    refine: async (...args) => (await keeping()).refine(...args),
    syncTasks: async (...args) => (await keeping()).syncTasks(...args),
  };
  const founding = lazy(async () => {
    const { createFoundation } = await later.foundation();
    return createFoundation({ ports, sessions, reading: async (root) => (await work()).reading(root) });
  });
  const foundation: Foundation = {
    present: async (...args) => (await founding()).present(...args),
    propose: async (...args) => (await founding()).propose(...args),
    accept: async (...args) => (await founding()).accept(...args),
  };
  const runStore = createRunStore(ports, home, () => specs.roots);
  const runs: OwnRuns = createRuns(runStore, sessions, async () => (await work()).engine);
  const tasks = createTaskRunner(ports, specs, sessions, runs);
  const mentions = createMentions(
    ports.files,
    () => specs.all,
    async (root) => (await work()).reading(root),
    kiroHome,
  );
  const chats: Chats = {
    start: async (...args) => (await work()).chats.start(...args),
    say: async (...args) => (await work()).chats.say(...args),
    resume: async (...args) => (await work()).chats.resume(...args),
    compact: async (...args) => (await work()).chats.compact(...args),
  };
  const guidance = disposables.add(
    createGuidance({
      ports: given,
      roots,
      kiroHome,
      sessions,
      reading: async (root) => (await work()).reading(root),
    }),
  );
  const order = lazy(async () => {
    const { createOrder } = await later.order();
    return createOrder({ ports: given, specs, sessions, home, roots: () => specs.roots });
  });
  const commitMessages: CommitMessages = {
    draft: async (...args) => (await work()).commitMessages.draft(...args),
  };
  // Asked to stop first: a session that waits for something of the core would wait for ever.
  disposables.add(toDisposable(() => void sessions.stopAll()));
  return Object.freeze({
    specs,
    sessions,
    chats,
    powers: {
      list: async (...args) => (await work()).powers.list(...args),
      install: async (...args) => (await work()).powers.install(...args),
      remove: async (...args) => (await work()).powers.remove(...args),
    } satisfies Powers,
    agents: { list: async (root: string) => (await work()).agents.list(root), files: agentProblems },
    mentions,
    reviews: createReviews(given, sessions, (path, text, hook) =>
      writes.record(path, text, hook === undefined ? [] : [hook]),
    ),
    consents,
    commitMessages,
    lint: lintConfigs,
    trace,
    upkeep,
    foundation,
    guidance,
    comments: createComments(ports),
    checkpoints: {
      ...checkpoints,
      async restore(plan: RestorePlan) {
        const before = await checkpoints.restore(plan);
        hooks.happened(plan.root, { trigger: 'OnCheckpointRestore', subjects: [], facts: {} });
        return before;
      },
    },
    order,
    usage: { ...ledger, onDidComeNear: meter.onDidComeNear },
    hooks,
    servers,
    isRuleFile: home.isRuleFile,
    ports,
    tasks,
    runs,
    workflow: {
      ...workflow,
      async approve(...args: Parameters<Workflow['approve']>) {
        const [spec, kind] = args;
        await workflow.approve(...args);
        const root = specs.get(spec)?.root ?? '';
        const subjects = [relativePath(root, spec) ?? spec];
        const facts = { spec_name: basename(spec), document: kind };
        hooks.happened(root, { trigger: 'OnApproval', subjects, facts });
      },
      async reconcile() {
        await Promise.all(roots.map((root) => given.worktrees?.settle(root)));
        await workflow.reconcile();
        await tasks.reconcile();
      },
    },
    dispose: () => disposables.dispose(),
    async close() {
      await Promise.all([sessions.stopAll(), runs.stopAll()]);
      await servers.close();
      disposables.dispose();
    },
  });
}
