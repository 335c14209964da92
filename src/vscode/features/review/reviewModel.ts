/** What the review panel shows of a spec: a snapshot, told in the panel's words. Pure. */

import type { SessionEntry } from '../../../core/agent/session/sessions';
import type { DocumentKind, DocumentSnapshot, Spec } from '../../../core/spec/model';
import { changesWords, claimWords, isReady, stateWords, votesWords } from '../../../core/spec/phase';
import type { TraceGraph } from '../../../core/trace/model';
import { basename } from '../../../core/util/path';
import type { PlacedThread } from '../../../core/workflow/comments/comments';
import type { ReviewModel, ReviewStep } from '../../../protocol/review';
import type { AgentOff } from '../../adapters/agentOff';
import { countChanges } from './countChanges';
import { reviewChanges } from './reviewChanges';
import { changedSince, findingsOf } from './reviewItems';
import { partsIn, reviewPart } from './reviewParts';
import { reviewRequirements, traceOf } from './reviewRequirements';
import { roundsOf } from './reviewRounds';
import { suspectsIn } from './reviewSuspects';
import { threadsOf } from './reviewThreads';

export interface ReviewInput {
  readonly spec: Spec;
  readonly shown: DocumentKind;
  readonly sessions: readonly SessionEntry[];
  readonly isLive: (id: string) => boolean;
  /** Of the shown document. */
  readonly threads: readonly PlacedThread[];
  /** With code once it was looked at. */
  readonly graph: TraceGraph;
  /** The person's name, as comments have it. */
  readonly me: string;
  /** The rounds that are to be compared. */
  readonly compared: { readonly from: string; readonly to: string } | undefined;
  /** Why the agent is off. */
  readonly off: AgentOff | undefined;
  readonly rehearsed: boolean;
}

export function reviewModel(input: ReviewInput): ReviewModel {
  const { spec, shown, sessions, isLive, off, rehearsed } = input;
  const snapshot = spec.documents.find(({ kind }) => kind === shown) ?? spec.documents[0];
  const mine = sessions.filter(
    ({ state }) =>
      state.started.spec === spec.path && snapshot && state.started.document === basename(snapshot.path),
  );
  // Only the newest counts: an older one was made from a text that is gone.
  const newest = mine.find(({ state }) => state.revision);
  const waiting = newest?.state.revision?.accepted === undefined ? newest : undefined;
  return {
    spec: spec.name,
    type: spec.type,
    steps: spec.documents.map((step) => stepOf(spec, step)),
    shown: snapshot?.kind ?? shown,
    ...contentOf(snapshot, input),
    withoutTask: withoutTask(spec, input.graph),
    safeFixes: snapshot?.problems.filter(({ fixes }) => fixes?.some(({ safe }) => safe)).length ?? 0,
    modelMissing: off?.message,
    ...(off ? { restricted: off.restricted } : {}),
    rehearsed,
    revision: waiting && revisionOf(waiting, snapshot?.kind ?? shown, sessions),
    ...roundsOf(mine, snapshot, input.compared),
    objections: newest?.state.revision?.objections ?? [],
    busy: mine.some(({ id }) => isLive(id)),
    incomplete:
      snapshot?.state === 'incomplete'
        ? (mine.find(({ state }) => state.draft)?.state.reason ?? 'The draft was cut off.')
        : undefined,
  };
}

function revisionOf(
  { id, state }: SessionEntry,
  kind: DocumentKind,
  sessions: readonly SessionEntry[],
): ReviewModel['revision'] {
  const { revision } = state;
  if (revision === undefined) return undefined;
  const followed = sessions.find((each) => each.id === revision.follows);
  const notes = [...(revision.notes ?? []), ...(followed ? followedNote(followed) : [])];
  return {
    session: id,
    ...countChanges(revision.before, revision.after),
    ...reviewChanges(kind, revision),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** It was made for another document as that was going to be, which it may not have become. */
function followedNote({ state: { revision, started } }: SessionEntry): readonly string[] {
  const name = started.document ?? '';
  if (revision?.accepted === false)
    return [`This was made for a revision of ${name} that you refused. Refuse it, too, then refine again.`];
  return revision?.partly
    ? [
        `This was made for a revision of ${name} of which you left something out. Compare it with ${name} as it is.`,
      ]
    : [];
}

/** Its criteria or its parts, and what is said about neither. */
function contentOf(
  snapshot: DocumentSnapshot | undefined,
  { spec, threads: placed, graph, me }: ReviewInput,
): Pick<ReviewModel, 'requirements' | 'sections' | 'prose' | 'findings' | 'threads'> {
  const { document } = snapshot ?? {};
  if (snapshot === undefined || document === undefined)
    return { requirements: [], sections: [], prose: undefined, findings: [], threads: [] };
  const [findings, threads] = [findingsOf(snapshot.problems), threadsOf(placed, me)];
  const facts = {
    findings,
    threads,
    changedOf: changedSince(snapshot),
    suspectsOf: suspectsIn(document.kind, graph),
  };
  const content =
    'requirements' in document
      ? { ...reviewRequirements(document, facts, traceOf(spec, graph)), prose: undefined }
      : {
          requirements: [],
          sections: [],
          prose: {
            markdown: document.text,
            parts: partsIn(document).map((part) => reviewPart(part, facts)),
          },
        };
  // What no part of it took is about the document.
  return { ...content, findings: findings.rest(), threads: threads.rest() };
}

/** Empty where the words of the state say it all. */
function approvalNote(document: DocumentSnapshot): string {
  const { state, approval, claim, changes, votes, requested, suspects } = document;
  if (state === 'approved' && approval && !requested && suspects === 0) return `approved by ${approval.by}`;
  const waiting = votesWords(votes, state);
  const said = state === 'claimed' && claim ? claimWords(claim) : changes && changesWords(changes);
  const told = [said, waiting].filter((words) => words !== undefined);
  if (told.length === 0) return '';
  return [
    ...told,
    ...(requested ? ['changes requested'] : []),
    ...(suspects > 0 ? [`${suspects} suspect`] : []),
  ].join(', ');
}

function tasksNote({ suspects }: DocumentSnapshot, done: number, total: number): string {
  return `${done} of ${total} done${suspects > 0 ? `, ${suspects} suspect` : ''}`;
}

function stepOf(spec: Spec, document: DocumentSnapshot): ReviewStep {
  const { kind, path, state, changes } = document;
  const { done, total } = spec.progress;
  const note = kind === 'tasks' && total > 0 ? tasksNote(document, done, total) : approvalNote(document);
  return {
    kind,
    fileName: basename(path),
    state,
    words: stateWords(document),
    ...((document.requested || document.suspects > 0) && { open: true }),
    note,
    byPart: changes !== undefined,
    ready: isReady(document, spec),
  };
}

function withoutTask({ documents }: Spec, { criteria }: TraceGraph): readonly string[] {
  const tasks = documents.find(({ kind }) => kind === 'tasks');
  if (tasks?.document?.kind !== 'tasks') return [];
  return criteria.filter(({ levels }) => levels.task.status === 'uncovered').map(({ id }) => id);
}
