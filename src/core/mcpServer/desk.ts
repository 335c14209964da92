/** The specs as another agent gets them: read afresh for each call, since nobody tells us what it changed in between. */
import { createPermissions } from '../agent/permissions';
import { ToolRefusal } from '../agent/turn/toolRefusal';
import { createHome, type Home } from '../home';
import { createLintConfigs } from '../lint/lintConfigs';
import { isCalled, labelsOf } from '../order/names';
import type { Ports, ProcessRunner } from '../ports';
import type { DocumentKind, Spec, Task } from '../spec/model';
import { createSpecStore, type SpecStore } from '../spec/specStore';
import { claimOf, readClaims, recordClaim, type TaskClaim } from '../tasks/evidence/claims';
import { evidenceOf, readEvidence, type TaskEvidence, taskHash } from '../tasks/evidence/records';
import type { TraceGraph } from '../trace/model';
import { createTrace } from '../trace/trace';
import type { AbortSignal } from '../util/abort';
import { isInside } from '../util/path';
import type { TextRange } from '../util/textRange';
import { createKeyRing } from '../workflow/approvals/keyRing';
import { createComments } from '../workflow/comments/comments';
import { deskFiles } from './deskFiles';

/** What is known of a task besides its box. */
export interface Known {
  /** What our own checks found. */
  readonly found: TaskEvidence | undefined;
  /** What another agent says, where nothing was checked since. */
  readonly claim: TaskClaim | undefined;
}

export interface LabelledSpec {
  /** Its name where no other has it, else with its place. */
  readonly name: string;
  readonly spec: Spec;
}

export interface Desk {
  readonly root: string;
  specs(): Promise<readonly LabelledSpec[]>;
  /** Rejects with a `ToolRefusal` that names those that there are. */
  spec(name: string): Promise<Spec>;
  trace(spec: Spec, signal: AbortSignal): Promise<TraceGraph>;
  known(spec: Spec): Promise<(task: Task) => Known>;
  /** A remark in the review of a document: a person decides about it. */
  remark(spec: Spec, kind: DocumentKind, range: TextRange, text: string, by: string): Promise<void>;
  claim(
    spec: Spec,
    task: Task,
    said: Pick<TaskClaim, 'by' | 'summary' | 'files' | 'commands'>,
  ): Promise<void>;
}

export type DeskPorts = Pick<Ports, 'files' | 'hasher' | 'clock' | 'ids' | 'signatures' | 'log' | 'settings'>;

export interface DeskPlaces {
  readonly root: string;
  readonly home: string;
  /** An administrator's file of settings. */
  readonly managed?: string;
}

const NEVER = () => ({ dispose() {} });
const STARTS_NOTHING: ProcessRunner = {
  run: async () => {
    throw new ToolRefusal('Nothing is started for other agents.');
  },
  owner: '',
  isAlive: () => false,
};

export function createDesk(ports: DeskPorts, { root, home: path, managed }: DeskPlaces): Desk {
  const home = createHome(path, ports.hasher, managed);
  const files = guarded(ports, root, home);
  const own = { ...ports, files };
  const keyRing = createKeyRing(own, home.keys);
  const nobody = { present: false, ask: async () => undefined };
  const trace = createTrace(
    { ...own, processes: STARTS_NOTHING, person: { ...nobody, name: async () => 'nobody' } },
    () => read(({ all }) => all),
  );

  async function read<T>(use: (store: SpecStore) => T): Promise<T> {
    const lintConfigs = createLintConfigs(own);
    const store = createSpecStore({
      ...own,
      roots: [root],
      watcher: { watch: NEVER },
      lintConfigs,
      judge: async (each) => ({ signatures: ports.signatures, accepted: await keyRing.accepted(each) }),
      draftState: () => undefined,
    });
    try {
      await store.ready;
      return use(store);
    } finally {
      store.dispose();
      lintConfigs.dispose();
    }
  }

  async function specs(): Promise<readonly LabelledSpec[]> {
    return read(({ all, roots }) => {
      const labels = labelsOf(all, roots);
      return all.map((spec) => ({ name: labels.get(spec.path) ?? spec.name, spec }));
    });
  }

  return {
    root,
    specs,
    async spec(name) {
      const all = await specs();
      const exact = all.filter((each) => each.name === name);
      const found = exact.length > 0 ? exact : all.filter(({ spec }) => isCalled(spec, name));
      const [first] = found;
      if (first && found.length === 1) return first.spec;
      const names = (found.length > 1 ? found : all).map((each) => each.name).join(', ');
      if (found.length > 1) throw new ToolRefusal(`Several specs are called ${name}. Name one: ${names}.`);
      throw new ToolRefusal(
        names === ''
          ? `There is no spec ${name}: this workspace has none. A person starts one in Earshot.`
          : `There is no spec ${name}. There are: ${names}.`,
      );
    },
    trace: (spec, signal) => trace.graph(spec, { signal }),
    async known(spec) {
      const [evidence, claims] = await Promise.all([
        readEvidence(files, spec.path),
        readClaims(files, spec.path),
      ]);
      return (task) => {
        const hash = taskHash(ports.hasher, task);
        const found = evidenceOf(evidence, task, hash);
        return { found, claim: claimOf(claims, task, hash, found) };
      };
    },
    remark: (spec, kind, range, text, by) =>
      createComments({ ...own, person: { ...nobody, name: async () => by } }).comment(
        spec,
        kind,
        range,
        text,
      ),
    claim: (spec, task, said) =>
      recordClaim(files, spec.path, spec.root, {
        v: 1,
        at: new Date(ports.clock.now()).toISOString(),
        id: ports.ids.uuid(),
        task: task.id ?? task.key,
        title: task.title,
        hash: taskHash(ports.hasher, task),
        ...said,
      }),
  };
}

function guarded(ports: DeskPorts, root: string, home: Home) {
  const person = { present: false, ask: async () => undefined, name: async () => 'nobody' };
  const gate = createPermissions({ ...ports, person }, home).gate(root, false);
  const isOwn = (path: string) => isInside(home.path, path) || path === home.administration;
  return deskFiles(ports.files, gate.reading(ports.files), root, isOwn);
}
