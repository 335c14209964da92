/** What stands at a place of a spec, and everything else that names it. */

import type { Criterion } from '../ears/model';
import type {
  CorrectnessProperty,
  DocumentKind,
  GlossaryTerm,
  Requirement,
  SpecDocuments,
  Task,
} from '../spec/model';
import { type Mention, mentionsOf } from '../spec/references/mentions';
import { flattenTasks } from '../spec/tasks/taskTree';

/** The mention at an offset; the smallest where several lie in one another. */
export function mentionAt(
  documents: SpecDocuments,
  document: DocumentKind,
  offset: number,
): Mention | undefined {
  let found: Mention | undefined;
  for (const mention of mentionsOf(documents)) {
    const { start, end } = mention.range;
    if (mention.document !== document || offset < start || offset > end) continue;
    if (found === undefined || end - start < found.range.end - found.range.start) found = mention;
  }
  return found;
}

/** All mentions of the same thing, definitions first. */
export function mentionsOfSame(documents: SpecDocuments, { kind, id }: Mention): readonly Mention[] {
  const same = mentionsOf(documents).filter((mention) => mention.kind === kind && mention.id === id);
  return [
    ...same.filter(({ role }) => role === 'definition'),
    ...same.filter(({ role }) => role === 'reference'),
  ];
}

/** What a mention names; undefined where there is no such thing. */
export type Entity =
  | { readonly kind: 'requirement'; readonly requirement: Requirement }
  | { readonly kind: 'criterion'; readonly criterion: Criterion; readonly requirement: Requirement }
  | { readonly kind: 'property'; readonly property: CorrectnessProperty }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'term'; readonly term: GlossaryTerm };

export function entityOf(
  documents: SpecDocuments,
  { kind, id }: Pick<Mention, 'kind' | 'id'>,
): Entity | undefined {
  const requirements = documents.requirements?.requirements ?? [];
  switch (kind) {
    case 'requirement': {
      const requirement = requirements.find((each) => each.id.toUpperCase() === id.toUpperCase());
      return requirement && { kind, requirement };
    }
    case 'criterion':
      for (const requirement of requirements) {
        const criterion = requirement.criteria.find((each) => each.id.toUpperCase() === id.toUpperCase());
        if (criterion !== undefined) return { kind, criterion, requirement };
      }
      return undefined;
    case 'property': {
      const property = documents.design?.properties.find((each) => each.id === id);
      return property && { kind, property };
    }
    case 'task': {
      const task = flattenTasks(documents.tasks?.tasks ?? []).find((each) => each.id === id);
      return task && { kind, task };
    }
    case 'term': {
      const term = documents.requirements?.glossary.find(({ name }) => name === id);
      return term && { kind, term };
    }
  }
}

/** Where the thing is defined; its whole text, not its id alone. */
export function rangeOfEntity(entity: Entity) {
  switch (entity.kind) {
    case 'requirement':
      return entity.requirement.headingRange;
    case 'criterion':
      return entity.criterion.range;
    case 'property':
      return entity.property.headingRange;
    case 'task':
      return entity.task.headRange;
    case 'term':
      return entity.term.range;
  }
}
