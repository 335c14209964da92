/** A specification in few words, for the model. */
import type { Requirement, Spec, SpecDocuments, Task } from '../../spec/model';
import { flattenTasks } from '../../spec/tasks/taskTree';
import { type CriterionTrace, LEVELS, type TraceGraph } from '../../trace/model';
import { basename } from '../../util/path';
import { ToolRefusal } from '../tool';

/** Lines of an overview. */
const MOST = 60;

export function describeCriterion({ requirements }: SpecDocuments, id: string | undefined): string {
  const all = requirements?.requirements ?? [];
  if (id === undefined) return capped(all.map(headOf), 'The specification has no requirements.');
  const whole = all.find((requirement) => requirement.id === id);
  const [found] = all.flatMap((requirement) =>
    requirement.criteria
      .filter((each) => each.id === id)
      .map((each) => `${each.id} ${each.text}\n(of ${headOf(requirement)})`),
  );
  // In hand-made documents a requirement's id may look like a criterion's.
  if (found !== undefined) return found;
  if (!whole)
    throw unknown(
      'criterion or requirement',
      id,
      all.map((each) => each.id),
    );
  const criteria = whole.criteria.map((each) => `${each.id} ${each.text}`);
  return [headOf(whole), ...(whole.userStory ? [whole.userStory.text] : []), ...criteria].join('\n');
}

function headOf({ id, title, criteria }: Requirement): string {
  return `Requirement ${id}: ${title} [${criteria.length} criteria]`;
}

const BOXES: Readonly<Record<Task['state'], string>> = {
  open: '[ ]',
  queued: '[~]',
  inProgress: '[-]',
  done: '[x]',
};

export function describeTask({ tasks }: SpecDocuments, id: string | undefined): string {
  const all = flattenTasks(tasks?.tasks ?? []);
  if (id === undefined) return capped(all.map(taskLine), 'The specification has no tasks.');
  const task = all.find((each) => each.id === id);
  if (!task)
    throw unknown(
      'task',
      id,
      all.flatMap((each) => each.id ?? []),
    );
  const covers = task.requirements.length > 0 ? [`Requirements: ${task.requirements.join(', ')}`] : [];
  return [taskLine(task), ...task.details.map((detail) => `- ${detail}`), ...covers].join('\n');
}

function taskLine({ id, title, state, optional }: Task): string {
  return `${BOXES[state]} ${id ?? '-'} ${title}${optional ? ' (optional)' : ''}`;
}

export function describeTrace({ criteria, coverage, required }: TraceGraph, id: string | undefined): string {
  if (id !== undefined) {
    const traces = criteria.filter((trace) => trace.id === id || trace.requirement === id);
    if (traces.length === 0)
      throw unknown(
        'criterion',
        id,
        criteria.map((trace) => trace.id),
      );
    return capped(traces.flatMap(traceLines), '');
  }
  const { covered, suspect, total } = coverage.deep;
  const gaps = criteria
    .filter(({ deep }) => deep !== 'covered')
    .map(({ id: gap, levels }) => {
      const missing = required.filter((level) => levels[level].status !== 'covered');
      return `${gap} lacks ${missing.map((level) => `${level}${levels[level].status === 'suspect' ? ' (suspect)' : ''}`).join(', ')}`;
    });
  return capped([`${covered} of ${total} criteria covered, ${suspect} suspect.`, ...gaps], '');
}

function traceLines({ id, deep, levels }: CriterionTrace): readonly string[] {
  const links = LEVELS.flatMap((level) =>
    levels[level].links.map(
      ({ label, status, reason }) =>
        `- ${level} ${label}${status === 'suspect' ? ` (suspect: ${reason ?? 'the criterion changed'})` : ''}`,
    ),
  );
  return [`${id}: ${deep}`, ...(links.length > 0 ? links : ['- nothing links to it'])];
}

export function describeFindings({ documents, problems }: Spec): string {
  const lines = documents.flatMap(({ path, text = '', problems: found }) =>
    found.map(({ code, severity, message, range }) => {
      const line = text.slice(0, range.start).split('\n').length;
      return `${basename(path)}:${line} ${severity} ${code}: ${message}`;
    }),
  );
  const none = problems.length === 0 ? 'No findings.' : 'No findings in its documents.';
  return capped(lines, none);
}

function capped(lines: readonly string[], none: string): string {
  if (lines.length === 0) return none;
  const more = lines.length - MOST;
  return [
    ...lines.slice(0, MOST),
    ...(more > 0 ? [`[${more} more lines; give an id, or read the document]`] : []),
  ].join('\n');
}

function unknown(what: string, id: string, ids: readonly string[]): ToolRefusal {
  const known =
    ids.length === 0
      ? 'There are none.'
      : `There are ${ids.slice(0, MOST).join(', ')}${ids.length > MOST ? ', …' : ''}.`;
  return new ToolRefusal(`There is no ${what} ${id}. ${known}`);
}
