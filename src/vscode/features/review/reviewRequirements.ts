/** A document of requirements: its criteria below their heads, and all that stands around them. Pure. */
import type { Criterion } from '../../../core/ears/model';
import type { Requirement, RequirementsDocument, Spec } from '../../../core/spec/model';
import { isCriteriaHead } from '../../../core/spec/requirements/criteriaRegion';
import type { TraceGraph } from '../../../core/trace/model';
import { traceLinks } from '../../../core/trace/traceLinks';
import { applyEdits, type TextRange } from '../../../core/util/textRange';
import type { ReviewCriterion, ReviewModel } from '../../../protocol/review';
import { type ItemFacts, itemOf } from './reviewItems';
import { type PlacedPart, partsIn, reviewPart } from './reviewParts';

export function reviewRequirements(
  document: RequirementsDocument,
  facts: ItemFacts,
  traced: TracedOf,
): Pick<ReviewModel, 'requirements' | 'sections'> {
  const named = new Set(
    document.requirements.flatMap(({ id, criteria }) => [headId(id), ...criteria.map((each) => each.id)]),
  );
  const parts = partsIn(document);
  const others = parts.filter(({ id }) => !named.has(id));
  const within = ({ range }: PlacedPart, { start, end }: TextRange) =>
    range.start >= start && range.start < end;
  const isOwn = (part: PlacedPart) => document.requirements.some(({ range }) => within(part, range));
  return {
    requirements: document.requirements.map((requirement) => {
      const { id, range, title, userStory, criteria, headingRange } = requirement;
      const head = parts.find((part) => part.id === headId(id) && within(part, range))?.range ?? headingRange;
      // Each takes what is said about it; what then is left in the requirement is about its head.
      const own = criteria.map((criterion) => criterionOf(criterion, id, facts, traced));
      const notes = others.filter((part) => within(part, range)).map((part) => reviewPart(part, facts));
      return {
        ...itemOf(facts, {
          id,
          text: document.text.slice(head.start, head.end),
          range,
          part: headId(id),
        }),
        title,
        userStory: userStory?.text,
        aside: asideOf(document, requirement, head),
        criteria: own,
        notes,
      };
    }),
    sections: others.filter((part) => !isOwn(part)).map((part) => reviewPart(part, facts)),
  };
}

function headId(requirement: string): string {
  return `Requirement ${requirement}`;
}

/** A head without what is shown of it by itself. */
function asideOf(
  { text, blocks }: RequirementsDocument,
  { headingRange, userStory }: Requirement,
  { start, end }: TextRange,
): string {
  const shown = blocks.filter(
    (block) =>
      block.range.start >= start &&
      block.range.start < end &&
      (block.range.start === headingRange.start ||
        (block.line === block.endLine && isCriteriaHead(text, block)) ||
        (userStory !== undefined &&
          block.range.start <= userStory.range.start &&
          block.range.end >= userStory.range.end)),
  );
  const edits = shown.map(({ range }) => ({
    range: { start: range.start - start, end: range.end - start },
    newText: '',
  }));
  return applyEdits(text.slice(start, end), edits).trim();
}

function criterionOf(
  { id, text, range, pattern, clauses }: Criterion,
  requirement: string,
  facts: ItemFacts,
  traced: TracedOf,
): ReviewCriterion {
  return {
    ...itemOf(facts, { id, text, range }),
    pattern,
    clauses: clauses.map(({ role, keyword, text: words }) => ({ role, keyword, text: words })),
    ...traced(id, requirement),
  };
}

type TracedOf = (
  criterion: string,
  requirement: string,
) => Pick<ReviewCriterion, 'sections' | 'properties' | 'tasks' | 'tests'>;

/** What names a criterion; only the graph knows the sections that name it in their words, and tests. */
export function traceOf(spec: Spec, { criteria, withCode }: TraceGraph): TracedOf {
  const links = traceLinks(spec);
  const traced = new Map(criteria.map(({ id, levels }) => [id, levels]));
  return (id, requirement) => {
    const levels = traced.get(id);
    const tests = levels?.test.links.flatMap(({ label, place }) =>
      'path' in place ? [{ label, ...place }] : [],
    );
    return {
      sections: levels?.design.links.map(({ label }) => label) ?? [],
      properties: links.properties(id, requirement),
      tasks: links.tasks(id, requirement),
      tests: withCode ? (tests ?? []) : undefined,
    };
  };
}
