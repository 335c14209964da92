/** What a command is about: the row, the lens' argument, the open document, or what the person picks. */
import * as vscode from 'vscode';
import type { Core } from '../../core';
import { ActError } from '../../core/actError';
import { labelsOf } from '../../core/order/names';
import type { DocumentKind, DocumentSnapshot, Spec, Task } from '../../core/spec/model';
import { stateWords } from '../../core/spec/phase';
import { flattenTasks } from '../../core/spec/tasks/taskTree';
import { toPath } from './paths';

/** The argument of our commands, from rows, lenses, panels and tests alike. */
export interface SpecTarget {
  readonly spec: string;
  readonly kind?: DocumentKind;
  readonly task?: string;
}

export function isSpecTarget(value: unknown): value is SpecTarget {
  return typeof (value as Partial<SpecTarget> | null)?.spec === 'string';
}

/** The spec document that a file is; undefined for any other file. */
export function documentAt(
  core: Core,
  uri: vscode.Uri,
): { spec: Spec; document: DocumentSnapshot } | undefined {
  if (uri.scheme !== 'file') return undefined;
  const path = toPath(uri);
  for (const spec of core.specs.all) {
    const document = spec.documents.find((candidate) => candidate.path === path);
    if (document) return { spec, document };
  }
  return undefined;
}

function activeDocument(core: Core): { spec: Spec; document: DocumentSnapshot } | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && documentAt(core, uri);
}

/** The spec of a command: its argument, the open document's, the only one, or the person's choice. */
export async function pickSpec(
  core: Core,
  argument: unknown,
  title: string,
  fits: (spec: Spec) => boolean = () => true,
): Promise<Spec | undefined> {
  await core.specs.ready;
  if (isSpecTarget(argument)) {
    const named = core.specs.get(argument.spec) ?? core.specs.find(argument.spec);
    if (named) return named;
    throw new ActError('notFound', 'This spec is no longer there.');
  }
  const active = activeDocument(core)?.spec;
  if (active) return active;
  const all = core.specs.all.filter(fits);
  if (core.specs.all.length === 0)
    throw new ActError('notFound', 'There is no spec here yet. “Earshot: New Spec…” starts one.');
  if (all.length <= 1) return all[0] ?? core.specs.all[0];
  const labels = labelsOf(core.specs.all, core.specs.roots);
  const items = all.map((spec) => ({
    label: labels.get(spec.path) ?? spec.name,
    description: describe(spec),
    spec,
  }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Choose a spec' }))?.spec;
}

function describe(spec: Spec): string {
  const { done, total } = spec.progress;
  return total > 0 ? `${done}/${total} tasks` : '';
}

export interface PickedDocument {
  readonly spec: Spec;
  readonly document: DocumentSnapshot;
}

/** The document of a command; `fits` says which come into question. */
export async function pickDocument(
  core: Core,
  argument: unknown,
  title: string,
  fits: (document: DocumentSnapshot) => boolean,
): Promise<PickedDocument | undefined> {
  const spec = await pickSpec(core, argument, title, ({ documents }) => documents.some(fits));
  if (!spec) return undefined;
  const kind = isSpecTarget(argument) ? argument.kind : activeDocument(core)?.document.kind;
  const named = kind && spec.documents.find((document) => document.kind === kind);
  if (named) return { spec, document: named };
  const fitting = spec.documents.filter(fits);
  if (fitting.length <= 1) return fitting[0] && { spec, document: fitting[0] };
  const items = fitting.map((document) => ({
    label: `${document.kind}.md`,
    description: stateWords(document),
    document,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: `${title} (${spec.name})` });
  return picked && { spec, document: picked.document };
}

export function hasOpenTasks({ progress }: Spec): boolean {
  return progress.done < progress.total;
}

export interface PickedTask {
  readonly spec: Spec;
  readonly task: Task;
}

/** The task of a command: its argument's, the one at the cursor, or the person's choice among those that are open. */
export async function pickTask(
  core: Core,
  argument: unknown,
  title: string,
  withDone = false,
): Promise<PickedTask | undefined> {
  const spec = await pickSpec(core, argument, title, withDone ? undefined : hasOpenTasks);
  if (!spec) return undefined;
  const all = tasksOf(spec);
  const key = isSpecTarget(argument) ? argument.task : undefined;
  if (key !== undefined) {
    const task = all.find((candidate) => candidate.key === key);
    if (!task) throw new ActError('notFound', `There is no task ${key} in “${spec.name}” any more.`);
    return { spec, task };
  }
  const atCursor = taskAtCursor(core, spec, all);
  if (atCursor && (withDone || atCursor.state !== 'done')) return { spec, task: atCursor };
  const items = all
    .filter(({ state }) => state !== 'done')
    .map((task) => ({
      label: `${task.id ?? ''} ${task.title}`.trim(),
      description: task.optional ? 'optional' : '',
      task,
    }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `${title} (${spec.name})`,
    matchOnDescription: true,
  });
  return picked && { spec, task: picked.task };
}

export function tasksOf(spec: Spec): readonly Task[] {
  const document = spec.documents.find(({ kind }) => kind === 'tasks')?.document;
  return document?.kind === 'tasks' ? flattenTasks(document.tasks) : [];
}

/**
 * The tasks whose lines are selected, with all cursors; where a selection lies in the details of a task, that one.
 * Empty where the active editor shows no tasks.
 */
export async function selectedTasks(
  core: Core,
): Promise<{ readonly spec: Spec; readonly tasks: readonly Task[] } | undefined> {
  const editor = vscode.window.activeTextEditor;
  const active = activeDocument(core);
  if (!editor || active?.document.kind !== 'tasks') return undefined;
  // What was typed a moment ago may have moved the lines.
  const spec = await core.specs.refresh(active.spec.path);
  if (!spec) return undefined;
  const all = tasksOf(spec);
  const tasks = editor.selections.flatMap((selection) => {
    const { start, end } = selection;
    // Up to the beginning of a line is not that line.
    const last = end.line > start.line && end.character === 0 ? end.line - 1 : end.line;
    const heads = all.filter(({ line }) => start.line <= line && line <= last);
    return heads.length > 0 ? heads : (taskAtLine(editor.document, all, start.line) ?? []);
  });
  return { spec, tasks: [...new Set(tasks)] };
}

function taskAtCursor(core: Core, spec: Spec, all: readonly Task[]): Task | undefined {
  const active = activeDocument(core);
  const editor = vscode.window.activeTextEditor;
  if (!editor || active?.spec !== spec || active.document.kind !== 'tasks') return undefined;
  return taskAtLine(editor.document, all, editor.selection.active.line);
}

function taskAtLine(document: vscode.TextDocument, all: readonly Task[], line: number): Task | undefined {
  const offset = document.offsetAt(new vscode.Position(line, 0));
  return all.filter(({ line: from, range }) => from <= line && offset < range.end).at(-1);
}
