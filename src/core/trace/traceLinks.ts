/** Who names which criterion: the properties and tasks of a spec, by the criterion's id. */
import type { DocumentSnapshot, Spec } from '../spec/model';
import { flattenTasks } from '../spec/tasks/taskTree';

export interface TraceLinks {
  /** Ids of the properties that validate a criterion, or its whole requirement. */
  properties(criterion: string, requirement: string): readonly string[];
  /** Ids (or titles, without a number) of the tasks that name it in `_Requirements:`. */
  tasks(criterion: string, requirement: string): readonly string[];
}

export function traceLinks(spec: Spec): TraceLinks {
  const properties = indexBy(spec.documents.flatMap(propertyLinks));
  const tasks = indexBy(spec.documents.flatMap(taskLinks));
  const both = (index: ReadonlyMap<string, readonly string[]>, criterion: string, requirement: string) => [
    ...(index.get(criterion) ?? []),
    ...(index.get(requirement) ?? []),
  ];
  return {
    properties: (criterion, requirement) => both(properties, criterion, requirement),
    tasks: (criterion, requirement) => both(tasks, criterion, requirement),
  };
}

type Link = readonly [named: string, by: string];

function propertyLinks({ document }: DocumentSnapshot): Link[] {
  if (document?.kind !== 'design') return [];
  return document.properties.flatMap(({ id, validates }) => validates.map((named): Link => [named, id]));
}

function taskLinks({ document }: DocumentSnapshot): Link[] {
  if (document?.kind !== 'tasks') return [];
  return flattenTasks(document.tasks).flatMap(({ id, title, requirements }) =>
    requirements.map((named): Link => [named, id ?? title]),
  );
}

function indexBy(links: readonly Link[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [named, by] of links) index.set(named, [...(index.get(named) ?? []), by]);
  return index;
}
