/** What the review panel shows of a spec: a snapshot, told in the panel's words. Pure. */

import type { SessionEntry } from '../../../core/agent/sessions';
import type { Criterion } from '../../../core/ears/model';
import type { DocumentKind, DocumentSnapshot, Problem, Requirement, Spec } from '../../../core/spec/model';
import { changesWords, claimWords } from '../../../core/spec/phase';
import { type TraceLinks, traceLinks } from '../../../core/trace/traceLinks';
import { basename } from '../../../core/util/path';
import type {
  ReviewCriterion,
  ReviewFinding,
  ReviewModel,
  ReviewRequirement,
  ReviewStep,
} from '../../../protocol/review';
import type { AgentOff } from '../../adapters/agentOff';
import { countChanges } from './countChanges';
import { reviewChanges } from './reviewChanges';

export interface ReviewInput {
  readonly spec: Spec;
  readonly shown: DocumentKind;
  readonly sessions: readonly SessionEntry[];
  readonly isLive: (id: string) => boolean;
  /** Why the agent is off. */
  readonly off: AgentOff | undefined;
  readonly rehearsed: boolean;
}

export function reviewModel({ spec, shown, sessions, isLive, off, rehearsed }: ReviewInput): ReviewModel {
  const snapshot = spec.documents.find(({ kind }) => kind === shown) ?? spec.documents[0];
  const document = snapshot?.document;
  const mine = sessions.filter(
    ({ state }) =>
      state.started.spec === spec.path && snapshot && state.started.document === basename(snapshot.path),
  );
  // Only the newest counts: an older one was made from a text that is gone.
  const newest = mine.find(({ state }) => state.revision);
  const waiting = newest?.state.revision?.accepted === undefined ? newest : undefined;
  const requirements = document && 'requirements' in document ? document.requirements : [];
  const links = traceLinks(spec);
  const placed = requirements.flatMap(({ criteria }) => criteria.map(({ range }) => range));
  return {
    spec: spec.name,
    type: spec.type,
    steps: spec.documents.map((step) => stepOf(spec, step)),
    shown: snapshot?.kind ?? shown,
    requirements: requirements.map((requirement) =>
      requirementOf(requirement, snapshot?.problems ?? [], links),
    ),
    prose:
      document && !('requirements' in document) && snapshot?.text !== undefined
        ? { markdown: snapshot.text }
        : undefined,
    findings: (snapshot?.problems ?? [])
      .filter(({ range }) => !placed.some(({ start, end }) => range.start >= start && range.end <= end))
      .map((problem) => findingOf(problem, problem.range.start)),
    modelMissing: off?.message,
    ...(off ? { restricted: off.restricted } : {}),
    rehearsed,
    revision: waiting && revisionOf(waiting, snapshot?.kind ?? shown),
    busy: mine.some(({ id }) => isLive(id)),
    incomplete:
      snapshot?.state === 'incomplete'
        ? (mine.find(({ state }) => state.draft)?.state.reason ?? 'The draft was cut off.')
        : undefined,
  };
}

function revisionOf({ id, state }: SessionEntry, kind: DocumentKind): ReviewModel['revision'] {
  const { revision } = state;
  return (
    revision && {
      session: id,
      ...countChanges(revision.before, revision.after),
      changes: reviewChanges(kind, revision),
      ...(revision.notes === undefined ? {} : { notes: revision.notes }),
    }
  );
}

function stepOf(spec: Spec, document: DocumentSnapshot): ReviewStep {
  const { kind, path, state, approval, claim, changes } = document;
  const { done, total } = spec.progress;
  const note =
    kind === 'tasks' && total > 0
      ? `${done} of ${total} done`
      : state === 'approved' && approval
        ? `approved by ${approval.by}`
        : state === 'claimed' && claim
          ? claimWords(claim)
          : ((changes && changesWords(changes)) ?? '');
  return { kind, fileName: basename(path), state, note };
}

function requirementOf(
  requirement: Requirement,
  problems: readonly Problem[],
  links: TraceLinks,
): ReviewRequirement {
  const { id, title, userStory, criteria, headingRange } = requirement;
  return {
    id,
    title,
    userStory: userStory?.text,
    criteria: criteria.map((criterion) => criterionOf(criterion, id, problems, links)),
    offset: headingRange.start,
  };
}

function criterionOf(
  { id, text, range, pattern, clauses }: Criterion,
  requirement: string,
  problems: readonly Problem[],
  links: TraceLinks,
): ReviewCriterion {
  const mine = problems.filter(
    (problem) => problem.range.start >= range.start && problem.range.end <= range.end,
  );
  return {
    id,
    text,
    pattern,
    clauses: clauses.map(({ role, keyword, text: words }) => ({ role, keyword, text: words })),
    findings: mine.map((problem) => findingOf(problem, range.start)),
    offset: range.start,
    properties: links.properties(id, requirement),
    tasks: links.tasks(id, requirement),
  };
}

function findingOf({ rule, severity, message, range, fixes }: Problem, from: number): ReviewFinding {
  return {
    rule,
    severity,
    message,
    start: range.start - from,
    end: range.end - from,
    fix: fixes?.[0]?.title,
    offset: range.start,
  };
}
