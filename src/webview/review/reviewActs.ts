/** What can be done in the panel: messages to the host, and changes of what is shown. */

import type { RefObject } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { DocumentKind } from '../../core/spec/model';
import type { FromReview, ReviewChange, ReviewModel, ToReview } from '../../protocol/review';
import { takeFocus } from '../shared/focus';
import type { Host } from '../shared/host';
import { toggled } from '../shared/keptState';
import type { Roving } from '../shared/roving';
import type { ActId } from './acts';
import { type FilterChip, type FilterId, nameOf } from './filters';
import type { ListActs } from './listActs';
import { missingRequest } from './missing';
import type { Card, Stop } from './navigation';
import { objectionsTo, refusalOf, refusedChanges } from './refusals';
import { type Compared, stepRounds } from './rounds';
import { nextStep } from './summary';
import type { Patch, UiState } from './uiState';
import { commentOn, sendingOf, type Writing } from './writing';

export type ReviewHost = Host<FromReview, ToReview>;

/** Everything a command may look at: as it is when the command is given. */
export interface ReviewContext {
  readonly host: ReviewHost;
  readonly model: ReviewModel;
  readonly ui: UiState;
  readonly patch: Patch;
  readonly roving: Roving;
  readonly stops: readonly Stop[];
  readonly cards: readonly Card[];
  readonly chips: readonly FilterChip[];
  readonly findBox: RefObject<HTMLInputElement | null>;
  readonly setKeysOpen: (open: boolean) => void;
  /** Goes to an id once its document is shown. */
  readonly setTarget: (id: string | undefined) => void;
}

export interface ReviewActs {
  readonly list: ListActs;
  show(kind: DocumentKind): void;
  act(id: ActId): void;
  setUp(): void;
  refine(): void;
  syncTasks(): void;
  showOnly(filter: FilterId): void;
  clearFilter(): void;
  jumpTo(id: string): void;
  foldAll(): void;
  showRevision(): void;
  decide(accepted: boolean): void;
  /** Takes or leaves one change of the revision: written with the rest. */
  decideChange(change: ReviewChange, taken: boolean): void;
  /** Why a change is refused: its words, and that they are written; without, none is given. */
  writeReason(text: string): void;
  closeReason(kept: boolean): void;
  compare(compared: Compared | undefined): void;
  /** False where there is no round to go to. */
  stepRounds(delta: 1 | -1): boolean;
  sendRequest(): void;
  closeComposer(): void;
  fixAll(): void;
  sendComments(): void;
  generateMissing(): void;
}

/** The acts; the same object for as long as the panel lives, so that nothing is drawn again for it. */
export function useActs(context: ReviewContext): ReviewActs {
  const latest = useRef(context);
  latest.current = context;
  return useMemo(() => createActs(() => latest.current), []);
}

function createActs(now: () => ReviewContext): ReviewActs {
  const post = (message: FromReview): void => now().host.channel.post(message);
  const show = (kind: DocumentKind): void => {
    if (kind !== now().model.shown) post({ type: 'show', kind });
  };
  const clearFilter = (): void => now().patch({ filters: [], query: '' });
  return {
    list: createListActs(now, post, show),
    show,
    act: (id) => runAct(id, now(), post),
    setUp: () => post({ type: 'setUp' }),
    refine: () => post({ type: 'refine' }),
    syncTasks: () => post({ type: 'syncTasks' }),
    showOnly: (filter) => now().patch({ filters: [filter], query: '' }),
    clearFilter,
    jumpTo(id) {
      const { ui, patch, cards, roving } = now();
      const card = cards.find(({ rows }) => rows.some(({ nav }) => nav === id));
      if (!card) clearFilter();
      if (card?.folded) patch({ folded: ui.folded.filter((each) => each !== card.requirement.id) });
      // The row may have to be drawn first.
      requestAnimationFrame(() => requestAnimationFrame(() => roving.focus(id)));
    },
    foldAll() {
      const { cards, patch } = now();
      const all = cards.map((card) => card.requirement.id);
      patch({ folded: cards.every((card) => card.folded) ? [] : all });
    },
    showRevision() {
      const { revision } = now().model;
      if (revision) post({ type: 'showRevision', session: revision.session });
    },
    decide(accepted) {
      const { model, ui } = now();
      const { revision } = model;
      if (!revision) return;
      const left = accepted ? refusedChanges(revision, ui.refused) : [];
      // Nothing would be left of it: that is a refusal, and only said as one.
      if (left.length > 0 && left.length === revision.changes.length) return;
      const refused = left.flatMap(({ keys }) => keys);
      const objections = objectionsTo(revision, ui);
      post({ type: 'decideRevision', session: revision.session, accepted, refused, objections });
    },
    decideChange(change, taken) {
      const { model, ui, patch } = now();
      if (!model.revision) return;
      const refusal = refusalOf(model.revision, change);
      const others = ui.refused.filter((each) => each !== refusal);
      const reasons = taken ? { ...ui.reasons, [refusal]: '' } : ui.reasons;
      patch({ refused: taken ? others : [...others, refusal], reasons, asking: taken ? undefined : refusal });
    },
    writeReason(text) {
      const { ui, patch } = now();
      if (ui.asking !== undefined) patch({ reasons: { ...ui.reasons, [ui.asking]: text } });
    },
    closeReason(kept) {
      const { ui, patch } = now();
      if (ui.asking === undefined) return;
      patch({ asking: undefined, ...(kept ? {} : { reasons: { ...ui.reasons, [ui.asking]: '' } }) });
      toNextChange(now());
    },
    compare: (compared) => now().patch({ compared }),
    stepRounds(delta) {
      const { model, ui, patch } = now();
      const compared = stepRounds(model.rounds, ui.compared, delta);
      if (compared) patch({ compared });
      return compared !== undefined;
    },
    sendRequest() {
      const { ui, model, patch } = now();
      post({ type: 'requestChanges', kind: model.shown, text: ui.request.trim() });
      patch({ composing: false, request: '' });
    },
    closeComposer: () => now().patch({ composing: false }),
    fixAll: () => post({ type: 'fixAll', kind: now().model.shown }),
    sendComments: () => post({ type: 'sendComments', kind: now().model.shown }),
    generateMissing() {
      const missing = missingRequest(now().model);
      if (missing === undefined) return;
      show(missing.kind);
      now().patch({ composing: true, request: missing.text });
    },
  };
}

function createListActs(
  now: () => ReviewContext,
  post: (message: FromReview) => void,
  show: (kind: DocumentKind) => void,
): ListActs {
  // What was begun elsewhere and has words stays: it is finished or left first.
  const begin = (writing: Writing): void => {
    const { ui, patch } = now();
    if (ui.writing && ui.writing.text.trim() !== '' && ui.writing.kind !== 'reword') focusWriting();
    else patch({ writing });
  };
  // The focus goes back to the row, so that the next key finds it.
  const leave = (): void => {
    const { patch, roving } = now();
    patch({ writing: undefined });
    if (roving.active !== undefined) roving.focus(roving.active);
  };
  return {
    activate: (nav) => now().roving.activate(nav),
    open: (offset) => post({ type: 'open', kind: now().model.shown, offset }),
    fix: (finding) => post({ type: 'fix', rule: finding.rule, offset: finding.offset }),
    jump(kind, id) {
      now().setTarget(id);
      show(kind);
    },
    openTest: ({ path, line }) => post({ type: 'openTest', path, line }),
    toggleFold(requirement) {
      const { ui, patch } = now();
      patch({ folded: toggled(ui.folded, requirement) });
    },
    toggleWhole(key) {
      const { ui, patch } = now();
      patch({ opened: toggled(ui.opened, key) });
    },
    comment: (nav, place) => begin(commentOn(nav, place, selectedIn(nav))),
    answer: (thread) => begin({ kind: 'answer', thread, text: '' }),
    reword: (thread, comment, text) => begin({ kind: 'reword', thread, comment, text }),
    remove: (thread, comment, isFirst) => post({ type: 'removeComment', thread, comment, isFirst }),
    resolve: (threads, resolved) => post({ type: 'resolveComments', threads, resolved }),
    write(text) {
      const { ui, patch } = now();
      if (ui.writing) patch({ writing: { ...ui.writing, text } });
    },
    sendWriting() {
      const { ui, model } = now();
      if (!ui.writing || ui.writing.text.trim() === '') return;
      post(sendingOf(ui.writing, model.shown));
      leave();
    },
    stopWriting: leave,
    preview: () => post({ type: 'preview' }),
    trace: ({ id }) => post({ type: 'trace', criterion: id }),
    ask: (item) => post({ type: 'ask', kind: now().model.shown, id: nameOf(item), text: item.text }),
  };
}

function runAct(id: ActId, { model, patch }: ReviewContext, post: (message: FromReview) => void): void {
  const kind = model.shown;
  const next = nextStep(model);
  if (id === 'cancel') post({ type: 'cancel' });
  else if (id === 'open') post({ type: 'open', kind, offset: model.findings[0]?.offset ?? 0 });
  else if (id === 'requestChanges') patch({ composing: true });
  else if (id === 'approve') post({ type: 'approve', kind });
  else if (id === 'confirm') post({ type: 'confirmLinks', kind });
  else if (id === 'retry' || id === 'draftThis') post({ type: 'draft', kind });
  else if (id === 'draftNext' && next) post({ type: 'draft', kind: next.kind });
}

/** After the last of them the focus stays there: what is left is to apply them. */
export function toNextChange({ stops, roving }: ReviewContext): void {
  const at = stops.findIndex(({ nav }) => nav === roving.active);
  const next = stops[at + 1]?.change === undefined ? stops[at] : stops[at + 1];
  if (next !== undefined) roving.focus(next.nav);
}

function focusWriting(): void {
  takeFocus(document.querySelector<HTMLElement>('.comment-box textarea'));
}

/** The words that are selected inside a row; empty where they reach beyond it. */
function selectedIn(nav: string): string {
  const selection = document.getSelection();
  const row = document.querySelector(`[data-nav="${CSS.escape(nav)}"]`);
  if (!selection || !row || selection.isCollapsed) return '';
  return row.contains(selection.anchorNode) && row.contains(selection.focusNode) ? selection.toString() : '';
}
