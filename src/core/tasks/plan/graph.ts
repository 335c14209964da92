/**
 * Which task waits for which. What a task says itself (`_Depends:`) comes first, then the waves of the dependency graph,
 * and where neither speaks the numbers: what stands later waits for the required task before it. Never a cycle: what
 * would close one is a finding, and no edge.
 */

import type { Finding, Reference, TasksDocument } from '../../spec/model';
import { isCheckpointTask } from '../../spec/tasks/checkpointTask';
import { flattenTasks } from '../../spec/tasks/taskTree';
import { knots } from './cycles';
import { nodesByNumber, nodesOf, type PlanNode } from './nodes';

export interface TaskGraph {
  /** In document order. */
  readonly nodes: readonly PlanNode[];
  /** What a node waits for at the least; what those wait for is left out. */
  before(node: PlanNode): readonly PlanNode[];
  /** The wave in which a node can run at the earliest, from 0. */
  rank(node: PlanNode): number;
  readonly findings: readonly Finding[];
  /** The groups that wait for themselves. A run of one of them is refused. */
  readonly cycles: readonly (readonly PlanNode[])[];
}

type Edges = Map<PlanNode, Set<PlanNode>>;

/** A document never changes, and several ask. */
const graphs = new WeakMap<TasksDocument, TaskGraph>();

export function readGraph(document: TasksDocument): TaskGraph {
  const known = graphs.get(document) ?? graphOf(document);
  graphs.set(document, known);
  return known;
}

/** What is wrong with the order. A document that names none, as most, needs no graph for it. */
export function orderFindings(document: TasksDocument): readonly Finding[] {
  const names =
    document.waves.length > 0 || flattenTasks(document.tasks).some(({ depends }) => depends.length > 0);
  return names ? readGraph(document).findings : [];
}

function graphOf(document: TasksDocument): TaskGraph {
  const nodes = nodesOf(document);
  const named = nodesByNumber(nodes);
  const declared = declaredEdges(nodes, named);
  const cycles = knots(nodes, (node) => [...(declared.get(node) ?? [])]);
  const findings: Finding[] = cycles.map((cycle) => cycleFinding(cycle, named));
  const edges = untied(declared, cycles);
  const waves = wavesOf(document, nodes, named);
  const isReadable = document.findings.every(({ rule }) => rule !== 'unreadable-waves');
  if (waves.size > 0 && isReadable) findings.push(...waveFindings(nodes, named, waves));
  addNumbering(nodes, edges, (node) => !node.declares && !waves.has(node));
  const rank = ranks(nodes, edges, waves);
  if (waves.size > 0) addWaves(nodes, edges, rank);
  findings.sort((a, b) => a.range.start - b.range.start);
  return {
    nodes,
    before: (node) => [...(edges.get(node) ?? [])],
    rank: (node) => rank.get(node) ?? 0,
    findings,
    cycles,
  };
}

function declaredEdges(
  nodes: readonly PlanNode[],
  named: ReadonlyMap<string, readonly PlanNode[]>,
): ReadonlyMap<PlanNode, ReadonlySet<PlanNode>> {
  return new Map(
    nodes.map((node) => [
      node,
      new Set(node.declared.flatMap(({ ids }) => ids.flatMap((id) => named.get(id) ?? []))),
    ]),
  );
}

function untied(
  declared: ReadonlyMap<PlanNode, ReadonlySet<PlanNode>>,
  cycles: readonly (readonly PlanNode[])[],
): Edges {
  const group = new Map(cycles.flatMap((cycle, index) => cycle.map((node) => [node, index] as const)));
  const isTied = (a: PlanNode, b: PlanNode) => group.has(a) && group.get(a) === group.get(b);
  return new Map([...declared].map(([node, to]) => [node, new Set([...to].filter((b) => !isTied(node, b)))]));
}

/** What waits by its number waits for the nearest step before it, or for what of it does not wait for this one. */
function addNumbering(nodes: readonly PlanNode[], edges: Edges, applies: (node: PlanNode) => boolean): void {
  const place = new Map(nodes.map((node, index) => [node, index]));
  // Without any, nothing earlier can wait for what is later.
  const goesForward = [...edges].some(([node, to]) =>
    [...to].some((each) => (place.get(each) ?? 0) > (place.get(node) ?? 0)),
  );
  const isFree = (node: PlanNode) => (each: PlanNode) => !(goesForward && reaches(edges, each, node));
  const steps: PlanNode[][] = [];
  for (const node of nodes) {
    const last = steps.at(-1);
    const joins = node.beside && !node.optional && last?.at(-1)?.beside === true;
    if (applies(node))
      for (const each of nearest(steps, joins ? 2 : 1, isFree(node))) edges.get(node)?.add(each);
    if (joins) last?.push(node);
    else if (!node.optional) steps.push([node]);
  }
}

/**
 * Of the last step that has any.
 * @param steps Required tasks in order; those of one may run beside each other
 * @param back Where to begin: 1 is the last
 */
function nearest(
  steps: readonly (readonly PlanNode[])[],
  back: number,
  isFree: (node: PlanNode) => boolean,
): readonly PlanNode[] {
  for (let at = steps.length - back; at >= 0; at--) {
    const free = (steps[at] ?? []).filter(isFree);
    if (free.length > 0) return free;
  }
  return [];
}

function reaches(edges: Edges, from: PlanNode, to: PlanNode): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    if (node === to) return true;
    for (const next of edges.get(node) ?? []) seen.add(next);
  }
  return false;
}

/** The wave of each node that the document names in one; the first counts. */
function wavesOf(
  { waves }: TasksDocument,
  nodes: readonly PlanNode[],
  named: ReadonlyMap<string, readonly PlanNode[]>,
): ReadonlyMap<PlanNode, number> {
  const own = new Map<PlanNode, number>();
  const around = new Map<PlanNode, number>();
  for (const { index, tasks } of waves)
    for (const id of tasks.flatMap(({ ids }) => ids))
      for (const node of named.get(id) ?? []) {
        const into = node.task.id === id ? own : around;
        if (!into.has(node)) into.set(node, index);
      }
  return new Map(
    nodes.flatMap((node) => {
      const wave = own.get(node) ?? around.get(node);
      return wave === undefined ? [] : [[node, wave] as const];
    }),
  );
}

/** The wave in which a node can run at the earliest. Edges have no cycle. */
function ranks(
  nodes: readonly PlanNode[],
  edges: Edges,
  waves: ReadonlyMap<PlanNode, number>,
): ReadonlyMap<PlanNode, number> {
  const rank = new Map<PlanNode, number>();
  for (const root of nodes) {
    const path = [root];
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const to = [...(edges.get(node) ?? [])];
      const unknown = to.filter((each) => !rank.has(each));
      if (unknown.length > 0) path.push(...unknown);
      else {
        path.pop();
        const after = to.reduce((most, each) => Math.max(most, (rank.get(each) ?? 0) + 1), 0);
        rank.set(node, Math.max(waves.get(node) ?? 0, after));
      }
    }
  }
  return rank;
}

/** All of a wave waits for all of the one before it. */
function addWaves(nodes: readonly PlanNode[], edges: Edges, rank: ReadonlyMap<PlanNode, number>): void {
  const byRank = new Map<number, PlanNode[]>();
  for (const node of nodes) {
    const at = rank.get(node) ?? 0;
    byRank.set(at, [...(byRank.get(at) ?? []), node]);
  }
  const order = [...byRank.keys()].sort((a, b) => a - b);
  order.slice(1).forEach((at, index) => {
    for (const node of byRank.get(at) ?? [])
      for (const each of byRank.get(order[index] ?? 0) ?? []) edges.get(node)?.add(each);
  });
}

function cycleFinding(cycle: readonly PlanNode[], named: ReadonlyMap<string, readonly PlanNode[]>): Finding {
  const inside = new Set(cycle);
  const places = cycle
    .flatMap(({ declared }) => declared)
    .flatMap(({ tokens }) => tokens)
    .filter(({ id }) => named.get(id)?.some((node) => inside.has(node)))
    .sort((a, b) => a.range.start - b.range.start);
  const order = [...cycle].sort((a, b) => a.task.line - b.task.line);
  const names = order.map(({ task }) => task.id ?? `“${task.title}”`);
  const distinct = places.filter(
    ({ range }, index) => places.findIndex((each) => each.range.start === range.start) === index,
  );
  const [first, ...others] = distinct;
  return {
    rule: 'task-cycle',
    message:
      names.length === 1
        ? `Task ${names[0]} depends on itself, so it can never begin. Take this dependency out.`
        : `Tasks ${names.join(', ')} wait for each other, so none of them can begin. Take one of these dependencies out.`,
    range: first?.range ?? order[0]?.task.headRange ?? { start: 0, end: 0 },
    related: others.map(({ id, range }) => ({ message: `depends on ${id}`, range })),
  };
}

function waveFindings(
  nodes: readonly PlanNode[],
  named: ReadonlyMap<string, readonly PlanNode[]>,
  waves: ReadonlyMap<PlanNode, number>,
): readonly Finding[] {
  const late = (node: PlanNode, token: Reference['tokens'][number]): readonly Finding[] => {
    const own = waves.get(node);
    const other = Math.max(...(named.get(token.id) ?? []).map((each) => waves.get(each) ?? -1));
    if (own === undefined || other < own) return [];
    return [
      {
        rule: 'wave-contradiction',
        message: `Task ${node.task.id ?? `“${node.task.title}”`} is in wave ${own} and depends on ${token.id}, which is in wave ${other}. It runs after that one; correct the waves or the dependency.`,
        range: token.range,
      },
    ];
  };
  const found = nodes.flatMap((node): readonly Finding[] => {
    if (waves.has(node))
      return node.declared.flatMap(({ tokens }) => tokens.flatMap((token) => late(node, token)));
    // What is done, and where a person looks at what came before, no run puts anywhere.
    if (node.task.state === 'done' || isCheckpointTask(node.task.title)) return [];
    return [
      {
        rule: 'task-in-no-wave',
        message: `The dependency graph names task ${node.task.id ?? `“${node.task.title}”`} in no wave, so it runs after the one before it. Add it to a wave.`,
        range: node.task.headRange,
      },
    ];
  });
  // What a task says for all below it is one place.
  return [...new Map(found.map((finding) => [finding.range.start, finding])).values()];
}
