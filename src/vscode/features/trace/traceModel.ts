/** What the trace panel shows of a spec: its graph, told in the panel's words. Pure. */
import type { Criterion } from '../../../core/ears/model';
import { documentsOf } from '../../../core/spec/documentsOf';
import type { Spec, SpecDocuments } from '../../../core/spec/model';
import { flattenTasks } from '../../../core/spec/tasks/taskTree';
import type { CriterionTrace, Level, LinkPlace, TraceGraph, TraceLink } from '../../../core/trace/model';
import { basename } from '../../../core/util/path';
import type {
  TraceCell,
  TraceCriterion,
  TraceLinkView,
  TraceModel,
  TracePlace,
} from '../../../protocol/trace';

export function traceModel(spec: Spec, graph: TraceGraph, codeProblem: string | undefined): TraceModel {
  const documents = documentsOf(spec.documents);
  const words = wordsOf(documents);
  const traces = new Map(graph.criteria.map((trace) => [trace.id, trace] as const));
  return {
    spec: spec.name,
    path: spec.path,
    groups: (documents.requirements?.requirements ?? []).map(({ id, title, criteria }) => ({
      id,
      title,
      criteria: criteria.flatMap((criterion) => {
        const trace = traces.get(criterion.id);
        return trace
          ? [criterionOf(criterion, trace, spec.type === 'bugfix' ? 'bugfix' : 'requirements', words)]
          : [];
      }),
    })),
    orphans: graph.orphans.map(({ from, label, to, place }) => ({
      level: levelOf(from),
      label,
      to,
      place: placeOf(place),
    })),
    duplicates: graph.duplicates,
    required: graph.required,
    missing: spec.documents.filter(({ text }) => text === undefined).map(({ kind }) => kind),
    code: graph.withCode || codeProblem !== undefined ? 'read' : 'reading',
    codeProblem,
  };
}

/** Titles of what links come from. */
interface Words {
  readonly properties: ReadonlyMap<string, string>;
  readonly tasks: ReadonlyMap<string, string>;
}

function wordsOf({ design, tasks }: SpecDocuments): Words {
  return {
    properties: new Map(design?.properties.map(({ id, title }) => [id, title] as const)),
    tasks: new Map(flattenTasks(tasks?.tasks ?? []).map(({ id, title }) => [id ?? title, title] as const)),
  };
}

function criterionOf(
  { id, pattern, clauses, range }: Criterion,
  { text, levels, deep }: CriterionTrace,
  document: 'requirements' | 'bugfix',
  words: Words,
): TraceCriterion {
  const cell = (level: Level): TraceCell => ({
    status: levels[level].status,
    links: levels[level].links.map((link) => linkOf(link, words)),
  });
  return {
    id,
    text,
    pattern,
    clauses: clauses.map(({ role, keyword, text: said }) => ({ role, keyword, text: said })),
    status: deep,
    cells: {
      design: cell('design'),
      property: cell('property'),
      task: cell('task'),
      test: cell('test'),
      code: cell('code'),
    },
    place: { document, offset: range.start },
  };
}

function linkOf({ level, label, status, reason, by, place }: TraceLink, words: Words): TraceLinkView {
  return {
    short: shortOf(level, label, place),
    label: longOf(level, label, words),
    status,
    reason,
    by: by === undefined ? undefined : propertyName(by),
    place: placeOf(place),
  };
}

function shortOf(level: Level, label: string, place: LinkPlace): string {
  if (level === 'property') return propertyName(label);
  return 'path' in place ? basename(place.path) : label;
}

function longOf(level: Level, label: string, { properties, tasks }: Words): string {
  if (level === 'property') return `${propertyName(label)} ${properties.get(label) ?? ''}`.trim();
  const title = level === 'task' ? tasks.get(label) : undefined;
  return title === undefined || title === label ? label : `${label} ${title}`;
}

/** `1` is `P1`; an id that is named already stays as it is. */
function propertyName(id: string): string {
  return /^\d/.test(id) ? `P${id}` : id;
}

function placeOf(place: LinkPlace): TracePlace {
  return 'path' in place
    ? { path: place.path, line: place.line }
    : { document: place.document, offset: place.range.start };
}

/** `task:2.1` comes from a task. */
function levelOf(from: string): Level {
  const name = from.slice(0, from.indexOf(':'));
  return name === 'design' || name === 'property' || name === 'test' || name === 'code' ? name : 'task';
}
