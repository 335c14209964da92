/** One sentence: what stands between this document and its approval. Pure. */
import type { ReviewItem, ReviewModel, ReviewStep } from '../../protocol/review';
import { plural } from '../shared/format';
import { countFindings, type FilterId, isCriterion, itemsOf, openThreads, suspectItems } from './filters';
import { DOCUMENT_NAMES, type Sign } from './words';

/** `filter` makes the words a way to what they count. */
export type SummaryPart = string | { readonly text: string; readonly filter: FilterId };

export interface Summary {
  readonly sign: Sign | undefined;
  readonly strong: string;
  readonly parts: readonly SummaryPart[];
}

/** The step that is shown. */
export function shownStep(model: ReviewModel): ReviewStep | undefined {
  return model.steps.find((step) => step.kind === model.shown);
}

/** The step before the one that is shown. */
export function previousStep(model: ReviewModel): ReviewStep | undefined {
  const at = model.steps.findIndex((step) => step.kind === model.shown);
  return at > 0 ? model.steps[at - 1] : undefined;
}

/** The step after the one that is shown. */
export function nextStep(model: ReviewModel): ReviewStep | undefined {
  const at = model.steps.findIndex((step) => step.kind === model.shown);
  return at >= 0 ? model.steps[at + 1] : undefined;
}

export function countCriteria(model: ReviewModel): number {
  return model.requirements.reduce((sum, requirement) => sum + requirement.criteria.length, 0);
}

/** Requirements that are on disk and in which nothing could be read as a criterion. */
export function isUnreadable(model: ReviewModel): boolean {
  const step = shownStep(model);
  const listed = model.shown === 'requirements' || model.shown === 'bugfix';
  return (
    listed && !model.busy && step !== undefined && step.state !== 'missing' && countCriteria(model) === 0
  );
}

export function summarize(model: ReviewModel): Summary {
  const step = shownStep(model);
  const state = step?.state ?? 'missing';
  if (model.busy) return busySummary(model, state === 'drafting' || state === 'missing');
  if (state === 'missing') return missingSummary(step);
  if (model.incomplete !== undefined || state === 'incomplete') return incompleteSummary(model);
  if (isUnreadable(model)) return unreadableSummary(model, step);
  return approvalSummary(model, step);
}

function approvalSummary(model: ReviewModel, step: ReviewStep | undefined): Summary {
  const state = step?.state ?? 'draft';
  const open = openActs(model);
  if (state === 'approved' && open.length === 0) return approvedSummary(model, step);
  if (state === 'changed') {
    const then: readonly SummaryPart[] =
      open.length > 0 ? [...sentence(open), ', then approve it again.'] : ['Approve it again.'];
    return {
      sign: { icon: 'diff-modified', tone: 'warn' },
      strong: 'Changed since it was approved.',
      parts: capitalized(then),
    };
  }
  if (open.length > 0) {
    return { sign: undefined, strong: openWords(state), parts: [...sentence(open), '.'] };
  }
  return {
    sign: { icon: 'check', tone: 'ok' },
    strong: 'Nothing stands between this document and your approval.',
    parts: [],
  };
}

function openWords(state: ReviewStep['state']): string {
  if (state === 'approved') return 'Approved, but open:';
  return state === 'requested' ? 'Changes requested:' : 'Before approval:';
}

/** What is left to do, each as parts of a sentence. */
function openActs(model: ReviewModel): readonly (readonly SummaryPart[])[] {
  const findings = countFindings(model);
  const acts: SummaryPart[][] = [];
  if (model.revision) acts.push(['decide on the revision']);
  if (findings > 0) acts.push(['settle ', { text: plural(findings, 'finding'), filter: 'findings' }]);
  const comments = openThreads(model).length;
  if (comments > 0) acts.push(['resolve ', { text: plural(comments, 'comment'), filter: 'comments' }]);
  const items = itemsOf(model);
  const changed = items.filter((item) => item.changed !== undefined);
  if (changed.length > 0) acts.push(['re-read ', { text: countOf('changed', changed), filter: 'changed' }]);
  const suspect = suspectItems(model);
  if (suspect.length > 0) acts.push(['look at ', { text: countOf('suspect', suspect), filter: 'suspect' }]);
  return acts;
}

/** `2 changed criteria`, `3 changed parts`. */
function countOf(what: string, items: readonly ReviewItem[]): string {
  return items.every(isCriterion)
    ? plural(items.length, `${what} criterion`, `${what} criteria`)
    : plural(items.length, `${what} part`);
}

/** Does anything stand between the document and its approval? */
export function isSettled(model: ReviewModel): boolean {
  return suspectItems(model).length === 0 && hasOnlySuspects(model);
}

/** Nothing is open but what is suspect, if that. What changed is read with the approval itself. */
export function hasOnlySuspects(model: ReviewModel): boolean {
  return !model.revision && countFindings(model) === 0 && openThreads(model).length === 0;
}

function sentence(acts: readonly (readonly SummaryPart[])[]): readonly SummaryPart[] {
  return acts.flatMap((act, index) => (index === 0 ? act : [', ', ...act]));
}

function capitalized(parts: readonly SummaryPart[]): readonly SummaryPart[] {
  const [first, ...rest] = parts;
  return typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : parts;
}

function busySummary(model: ReviewModel, drafting: boolean): Summary {
  if (!drafting)
    return {
      sign: undefined,
      strong: 'Revising:',
      parts: ['the answer comes as a revision that you accept or refuse.'],
    };
  const findings = countFindings(model);
  const parts: SummaryPart[] = model.prose
    ? [plural(countLines(model.prose.markdown), 'line')]
    : [
        plural(model.requirements.length, 'requirement'),
        `, ${plural(countCriteria(model), 'criterion', 'criteria')}`,
      ];
  parts.push(' so far');
  if (findings > 0) parts.push(', ', { text: plural(findings, 'finding'), filter: 'findings' });
  return { sign: undefined, strong: 'Drafting:', parts: [...parts, '.'] };
}

function countLines(text: string): number {
  return text.trim() ? text.trimEnd().split('\n').length : 0;
}

function missingSummary(step: ReviewStep | undefined): Summary {
  return { sign: undefined, strong: `${step?.fileName ?? 'The document'} is not written yet.`, parts: [] };
}

/** Where a document that is missing would start from. */
export function missingWords(model: ReviewModel): string {
  const before = previousStep(model);
  if (!before) return 'Nothing is drafted yet.';
  if (before.state === 'approved') return `${before.fileName} is approved: the draft starts from it.`;
  if (before.ready) return `It starts from ${before.fileName}, as a quick spec does, approved or not.`;
  return `It starts from ${before.fileName} once that is approved.`;
}

function incompleteSummary(model: ReviewModel): Summary {
  const kept = countCriteria(model);
  const reason = model.incomplete ?? 'It was cut off.';
  const parts = kept > 0 ? [reason, ` ${plural(kept, 'criterion is', 'criteria are')} kept.`] : [reason];
  return { sign: { icon: 'warning', tone: 'warn' }, strong: 'The draft is not whole.', parts };
}

function unreadableSummary(model: ReviewModel, step: ReviewStep | undefined): Summary {
  return {
    sign: { icon: 'error', tone: 'err' },
    strong: `${step?.fileName ?? 'The document'} has no acceptance criterion.`,
    parts:
      model.findings.length > 0 ? [] : ['Criteria are numbered items below a heading “Acceptance Criteria”.'],
  };
}

function approvedSummary(model: ReviewModel, step: ReviewStep | undefined): Summary {
  const count = countCriteria(model);
  const note = step?.note.startsWith('approved') ? step.note : 'approved';
  const progress =
    step?.note && !step.note.startsWith('approved')
      ? `${step.note.charAt(0).toUpperCase()}${step.note.slice(1)}. `
      : '';
  const bound = count > 0 ? `${plural(count, 'criterion', 'criteria')}, bound` : 'Bound';
  return {
    sign: { icon: 'pass-filled', tone: 'ok' },
    strong: `${note.charAt(0).toUpperCase()}${note.slice(1)}.`,
    parts: [`${progress}${bound} to this exact text.`],
  };
}

/** What was made from criteria that changed since approval; undefined where there is nothing to refine. */
export function refinable(
  model: ReviewModel,
): { readonly changes: string; readonly followers: string } | undefined {
  const step = shownStep(model);
  const listed = model.shown === 'requirements' || model.shown === 'bugfix';
  if (!listed || model.busy || model.revision || step?.state !== 'changed' || step.note === '')
    return undefined;
  const written = model.steps.filter(({ kind, state }) => kind !== model.shown && state !== 'missing');
  const followers = written.map(({ fileName }) => fileName).join(' and ');
  return followers === '' ? undefined : { changes: step.note, followers };
}

/** `1.2, 2.1 and 3 more have no task.`: in tasks that are there and that nobody writes. */
export function taskless(model: ReviewModel): string | undefined {
  const { withoutTask: ids, shown, busy, revision } = model;
  const state = shownStep(model)?.state;
  const written = state !== 'missing' && state !== 'drafting' && state !== 'incomplete';
  if (shown !== 'tasks' || ids.length === 0 || busy || revision || !written) return undefined;
  const named = ids.length > 4 ? `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more` : ids.join(', ');
  return `${named} ${ids.length === 1 ? 'has' : 'have'} no task.`;
}

/** `Approve 18 criteria`, `Approve design`; with an ellipsis while something is open. */
export function approveLabel(model: ReviewModel, open: boolean): string {
  if (open) return 'Approve…';
  const count = countCriteria(model);
  return count > 0
    ? `Approve ${plural(count, 'criterion', 'criteria')}`
    : `Approve ${DOCUMENT_NAMES[model.shown].toLowerCase()}`;
}
