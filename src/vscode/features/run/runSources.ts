/** What the panel wants to know of a run beside its log: of the spec's text, its sessions and its checkpoints. */
import type { Core } from '../../../core';
import type { SessionState, ToolItem } from '../../../core/agent/session/sessionState';
import type { Checkpoint } from '../../../core/checkpoints/model';
import type { Spec } from '../../../core/spec/model';
import { sum } from '../../../core/tasks/report/figures';
import type { RunningTask, RunState } from '../../../core/tasks/run/model';
import { basename } from '../../../core/util/path';
import { tasksOf } from '../../adapters/specTarget';
import type { RunSources, SessionFigures } from './runModel';

export interface Looked {
  readonly chosen: string | undefined;
  readonly checkpoints: readonly Checkpoint[];
  readonly hasHistory: boolean;
}

export function runSources(core: Core, spec: Spec, run: RunState, looked: Looked): RunSources {
  const tasks = tasksOf(spec);
  const byKey = new Map(tasks.map((task) => [task.key, task] as const));
  const times = new Map(looked.checkpoints.map(({ id, at }) => [id, at] as const));
  const leaves = tasks.filter(({ children }) => children.length === 0);
  return {
    spec: { name: spec.name, path: spec.path },
    now: core.ports.clock.now(),
    chosen: looked.chosen,
    left:
      run.options.selection.kind === 'required'
        ? leaves.filter((task) => task.optional && task.state !== 'done')
        : [],
    figures: figuresOf(core, run),
    doing: (task) => doingOf(core, task),
    checkpoints: looked.checkpoints.length,
    hasHistory: looked.hasHistory,
    boundaryOf: ({ key, title }) => {
      const task = byKey.get(key);
      return task?.title === title ? task.boundary : [];
    },
    boxOf: ({ key, title }) => {
      const task = byKey.get(key);
      return task?.title === title ? task.state : undefined;
    },
    takenAt: (checkpoint) => times.get(checkpoint),
    canRestore: true,
  };
}

export function figuresOf({ sessions }: Core, { tasks }: RunState): SessionFigures {
  const states = tasks.flatMap((task) => task.sessions.flatMap(({ id }) => sessions.get(id) ?? []));
  const all = (count: (state: SessionState) => number) => sum(states.map(count)) ?? 0;
  return {
    cost: states.length === 0 ? undefined : sum(states.map(({ cost }) => cost)),
    calls: all(({ turns }) => turns),
    commands: all(
      ({ items }) => items.filter((item) => item.type === 'tool' && item.name === 'run_command').length,
    ),
    tokens: all(
      ({ usage }) => usage.inputTokens + usage.outputTokens + usage.cacheReadTokens + usage.cacheWriteTokens,
    ),
    cached: all(({ usage }) => usage.cacheReadTokens),
  };
}

const VERBS: Readonly<Record<string, string>> = {
  read_file: 'reading',
  edit_file: 'editing',
  write_file: 'writing',
  delete_file: 'deleting',
  move_file: 'moving',
};

/** What its agent does at this moment; undefined where it thinks. */
function doingOf({ sessions }: Core, task: RunningTask): string | undefined {
  const session = task.sessions.at(-1);
  const items = (session && sessions.get(session.id)?.items) ?? [];
  const call = items.findLast((item): item is ToolItem => item.type === 'tool');
  if (call === undefined || call.status === 'denied') return undefined;
  if (call.status === 'asking') return 'asks for your permission';
  const { path, command } = fieldsOf(call.input);
  const verb = VERBS[call.name];
  if (verb !== undefined && path !== undefined) return `${verb} ${basename(path)}`;
  return call.status === 'running' ? command : undefined;
}

/** Input is whatever a model wrote. */
function fieldsOf(input: unknown): { readonly path?: string; readonly command?: string } {
  if (typeof input !== 'object' || input === null) return {};
  const path = 'path' in input && typeof input.path === 'string' ? { path: input.path } : {};
  const isCommand = 'command' in input && typeof input.command === 'string';
  return { ...path, ...(isCommand ? { command: String(input.command).slice(0, 40) } : {}) };
}
