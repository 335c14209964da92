/** Which run a command is about: the one that is named, the spec's latest, or the person's choice. */
import * as vscode from 'vscode';
import type { Core } from '../../../core';
import { ActError } from '../../../core/actError';
import type { Spec } from '../../../core/spec/model';
import { tallyOf, tallyWords } from '../../../core/tasks/report/runTally';
import type { RunState } from '../../../core/tasks/run/model';
import { pickSpec } from '../../adapters/specTarget';
import { runLabel } from './runModel';

/** The argument of the commands: a run, and maybe one task of it. */
export interface RunTarget {
  readonly spec?: string;
  readonly run?: string;
  readonly task?: string;
}

export function runTarget(value: unknown): RunTarget {
  if (typeof value !== 'object' || value === null) return {};
  const text = (key: string) => {
    const field: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
    return typeof field === 'string' ? { [key]: field } : {};
  };
  return { ...text('spec'), ...text('run'), ...text('task') };
}

/** Newest first. */
export async function runsOf(core: Core, spec: string): Promise<readonly RunState[]> {
  return core.runs.list(spec);
}

export async function pickRun(
  core: Core,
  argument: unknown,
  title: string,
): Promise<{ readonly spec: Spec; readonly run: RunState } | undefined> {
  const { run: id } = runTarget(argument);
  const named = id === undefined ? undefined : core.runs.get(id);
  const spec = await pickSpec(core, named ? { spec: named.spec } : argument, title);
  if (!spec) return undefined;
  const run = named ?? (await runsOf(core, spec.path))[0];
  if (!run)
    throw new ActError('notFound', `No tasks of “${spec.name}” have run yet. “Earshot: Plan Run…” begins.`);
  return { spec, run };
}

export async function chooseRun(core: Core, spec: Spec): Promise<RunState | undefined> {
  const all = await runsOf(core, spec.path);
  const items = all.map((run) => ({ label: runLabel(run), ...wordsOf(run), run }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Runs of ${spec.name}`,
    placeHolder: all.length === 0 ? 'Nothing has run yet' : 'Choose a run to look at',
    matchOnDetail: true,
  });
  return picked?.run;
}

function wordsOf(run: RunState): { readonly description: string; readonly detail: string } {
  const { done, others } = tallyWords(tallyOf(run));
  return {
    description: new Date(run.startedAt).toLocaleString(),
    detail: [run.status, done, ...others].join(', '),
  };
}
