/**
 * The core's only door. `createCore(ports)` wires the product by hand and returns it; whoever shows it (the
 * editor, the CLI) renders what it says and calls its acts. The core names no host.
 */
import { createSessions, type Sessions } from './agent/sessions';
import { type Consents, createConsents } from './consents';
import { createHome } from './home';
import { createHookRunner } from './hooks/hookRunner';
import { createHooks, type Hooks } from './hooks/hooks';
import { createWriteLedger } from './hooks/writeLedger';
import type { Ports } from './ports';
import { createSpecStore, type SpecStore } from './spec/specStore';
import { createTaskRunner, type TaskRunner } from './tasks/taskRunner';
import { type Disposable, DisposableStore } from './util/disposable';
import { createWorkflow, type Workflow } from './workflow/workflow';

export interface CoreOptions {
  /** Workspace folders. */
  readonly roots: readonly string[];
  /** `~/.earshot` or what takes its place. */
  readonly home: string;
  /** True inside Kiro or beside its extension. */
  readonly hostRunsHooks: boolean;
}

export interface Core extends Disposable {
  readonly specs: SpecStore;
  readonly workflow: Workflow;
  readonly sessions: Sessions;
  readonly tasks: TaskRunner;
  readonly hooks: Hooks;
  readonly consents: Consents;
  readonly ports: Ports;
  /** Stops what runs, closes logs. */
  close(): Promise<void>;
}

export function createCore(ports: Ports, { roots, home: homePath, hostRunsHooks }: CoreOptions): Core {
  const disposables = new DisposableStore();
  const home = createHome(homePath, ports.hasher);
  const consents = createConsents(ports, home);
  const sessions = createSessions(ports, home, () => roots);
  const specs = disposables.add(
    createSpecStore({ ...ports, roots, draftState: (spec, fileName, hash) => draftState(sessions, spec, fileName, hash) }),
  );
  const ledger = createWriteLedger(ports.hasher);
  const hooks = disposables.add(
    createHooks({ ports, home, roots, consents, ledger, run: createHookRunner(ports, sessions, ledger), hostRunsHooks }),
  );
  return Object.freeze({
    specs,
    sessions,
    consents,
    hooks,
    ports,
    workflow: createWorkflow(ports, specs, sessions, consents),
    tasks: createTaskRunner(ports, specs, sessions, consents),
    dispose: () => disposables.dispose(),
    async close() {
      await sessions.stopAll();
      disposables.dispose();
    },
  });
}

/** Derived from the log: a live draft, or one that ended early and whose text nobody touched since. */
function draftState(
  sessions: Sessions,
  spec: string,
  fileName: string,
  hash: string | undefined,
): 'drafting' | 'incomplete' | undefined {
  const last = sessions.known.find(
    ({ state }) => state.started.kind === 'draft' && state.started.spec === spec && state.started.document === fileName,
  );
  if (!last) return undefined;
  if (sessions.isLive(last.id)) return 'drafting';
  const { draft } = last.state;
  return draft && !draft.complete && draft.hash === hash ? 'incomplete' : undefined;
}
