/** Who names which criterion: the properties and tasks of a spec, by the criterion's id. */
import type { DocumentSnapshot, Spec } from '../spec/model';
import { tasksNaming } from '../spec/tasks/tasksNaming';

export interface TraceLinks {
  /** Ids of the properties that validate a criterion, or its whole requirement. */
  properties(criterion: string, requirement: string): readonly string[];
  /** Ids (or titles, without a number) of the tasks that name it in `_Requirements:`, or all at once. */
  tasks(criterion: string, requirement: string): readonly string[];
}

export function traceLinks(spec: Spec): TraceLinks {
  const properties = indexBy(spec.documents.flatMap(propertyLinks));
  const naming = tasksNaming(
    spec.documents.flatMap(({ document }) => (document?.kind === 'tasks' ? document.tasks : [])),
  );
  return {
    properties: (criterion, requirement) => [
      ...(properties.get(criterion) ?? []),
      ...(properties.get(requirement) ?? []),
    ],
    tasks: (criterion, requirement) => naming(criterion, requirement).map(({ id, title }) => id ?? title),
  };
}

type Link = readonly [named: string, by: string];

function propertyLinks({ document }: DocumentSnapshot): Link[] {
  if (document?.kind !== 'design') return [];
  return document.properties.flatMap(({ id, validates }) => validates.map((named): Link => [named, id]));
}

function indexBy(links: readonly Link[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [named, by] of links) index.set(named, [...(index.get(named) ?? []), by]);
  return index;
}
