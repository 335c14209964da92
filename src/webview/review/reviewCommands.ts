/** Carries out what a key asks for. */

import { takeFocus } from '../shared/focus';
import { toggled } from '../shared/keptState';
import { headActs, missingAct } from './acts';
import { isCriterion, isHead, isPart } from './filters';
import type { KeyCommand } from './keys';
import type { ListActs } from './listActs';
import { isCut } from './longParts';
import { navOf, type Stop } from './navigation';
import { type ReviewActs, type ReviewContext, toNextChange } from './reviewActs';
import { sendBlock, stagedThreads } from './staged';
import { shownStep } from './summary';

/** The function that carries commands out; true when there was something to do. */
export function useCommands(context: ReviewContext, acts: ReviewActs): (command: KeyCommand) => boolean {
  return (command) => run(command, context, acts);
}

function run(command: KeyCommand, context: ReviewContext, acts: ReviewActs): boolean {
  switch (command.do) {
    case 'move':
    case 'toEnd':
      return move(command, context);
    case 'filter':
      return pressChip(command.key, context);
    case 'decide':
      return decideChange(command.accepted, context, acts);
    case 'refuse':
      acts.decide(false);
      return true;
    case 'round':
      return acts.stepRounds(command.delta);
    case 'showRevision':
      acts.showRevision();
      return true;
    case 'fixAll':
      if (context.model.safeFixes > 0) acts.fixAll();
      return context.model.safeFixes > 0;
    case 'generate':
      acts.generateMissing();
      return true;
    case 'send':
      return send(context, acts);
    case 'keys':
      context.setKeysOpen(true);
      return true;
    case 'toFound':
      return toFound(context);
    case 'find':
      takeFocus(context.findBox.current);
      return context.findBox.current !== null;
    case 'escape':
      return stepOut(context, acts);
    case 'primary':
    case 'retry':
    case 'request':
      return press(command.do, context, acts);
    default:
      return onStop(command.do, context, acts);
  }
}

function move(
  command: Extract<KeyCommand, { do: 'move' | 'toEnd' }>,
  { roving, stops }: ReviewContext,
): boolean {
  if (stops.length === 0) return false;
  if (command.do === 'move') roving.move(command.delta);
  else roving.toEnd(command.which);
  return true;
}

function toList({ roving }: ReviewContext): boolean {
  if (roving.active !== undefined) roving.focus(roving.active);
  return roving.active !== undefined;
}

/** Heads are there for what stands below them. */
function toFound(context: ReviewContext): boolean {
  const { roving, stops } = context;
  const found = stops.find(({ item }) => item !== undefined && !isHead(item));
  if (found === undefined) return toList(context);
  roving.focus(found.nav);
  return true;
}

function pressChip(key: string, { chips, ui, patch, stops, cards }: ReviewContext): boolean {
  const chip = chips.find((each) => each.key === key);
  if (!chip || (stops.length === 0 && cards.length === 0 && ui.filters.length === 0)) return false;
  patch({ filters: toggled(ui.filters, chip.id) });
  return true;
}

/** The change with the focus, and on to the next; the first one gets the focus where none has it. */
function decideChange(taken: boolean, context: ReviewContext, acts: ReviewActs): boolean {
  const { model, roving, stops } = context;
  const { revision } = model;
  if (!revision) return false;
  const stop = stops.find(({ nav }) => nav === roving.active);
  const focused = document.activeElement?.closest('.change') !== null;
  const [first] = revision.changes;
  if (stop?.change && focused) {
    acts.decideChange(stop.change, taken);
    // A refusal asks for its reason first.
    if (taken) toNextChange(context);
  } else if (first) roving.focus(navOf(first));
  return first !== undefined;
}

function send({ model }: ReviewContext, acts: ReviewActs): boolean {
  if (stagedThreads(model).length === 0 || sendBlock(model) !== undefined) return false;
  acts.sendComments();
  return true;
}

/** Leaves the field, then the composer, then the filter, then the draft. */
function stepOut(context: ReviewContext, acts: ReviewActs): boolean {
  const { model, ui, findBox } = context;
  const focused = document.activeElement;
  if (focused && focused === findBox.current && ui.query === '') toList(context);
  else if (ui.writing && focused?.closest('.comment-box')) acts.list.stopWriting();
  else if (ui.asking !== undefined && focused?.closest('.reason-box')) acts.closeReason(false);
  else if (ui.composing) acts.closeComposer();
  else if (ui.compared) acts.compare(undefined);
  else if (ui.filters.length > 0 || ui.query !== '') acts.clearFilter();
  else if (model.busy) acts.act('cancel');
  else return false;
  return true;
}

/** A head act by its key: the same as pressing its button, also when that is blocked. */
function press(
  which: 'primary' | 'retry' | 'request',
  { model, ui }: ReviewContext,
  acts: ReviewActs,
): boolean {
  if (which === 'primary' && model.revision) {
    acts.decide(true);
    return true;
  }
  const offered = [...headActs(model, ui.composing), ...[missingAct(model) ?? []].flat()];
  const wanted = { primary: 'Ctrl+Enter', retry: 'R', request: undefined }[which];
  const act = offered.find((each) =>
    which === 'request' ? each.id === 'requestChanges' : each.shortcut === wanted,
  );
  if (!act || act.blocked !== undefined) return false;
  acts.act(act.id);
  return true;
}

function onStop(
  what: 'fix' | 'open' | 'fold' | 'comment' | 'ask' | 'trace',
  context: ReviewContext,
  acts: ReviewActs,
): boolean {
  const { stops, roving, model } = context;
  const stop = stops.find((each) => each.nav === roving.active);
  if (!stop) {
    if (what !== 'open' || shownStep(model)?.state === 'missing') return false;
    acts.act('open');
    return true;
  }
  return what === 'fold' ? fold(stop, context, acts.list) : onPlace(what, stop, acts.list);
}

function onPlace(
  what: 'fix' | 'open' | 'comment' | 'ask' | 'trace',
  { nav, item }: Stop,
  acts: ListActs,
): boolean {
  if (item === undefined) return false;
  if (what === 'open') acts.open(item.offset);
  else if (what === 'comment') acts.comment(nav, item);
  else if (what === 'ask') acts.ask(item);
  else if (what === 'trace') {
    if (isCriterion(item)) acts.trace(item);
    return isCriterion(item);
  } else {
    const finding = item.findings.find((each) => each.fix !== undefined);
    if (finding) acts.fix(finding);
    return finding !== undefined;
  }
  return true;
}

/** A requirement or a long section; the focus stays there: on the head of a requirement, once its rows are gone. */
function fold({ nav, requirement, item }: Stop, context: ReviewContext, acts: ListActs): boolean {
  const { ui, cards, roving } = context;
  if (requirement) {
    const head = cards.find((each) => each.requirement === requirement)?.key;
    acts.toggleFold(requirement.id);
    if (head !== undefined) roving.focus(head);
    return true;
  }
  const isLong = item !== undefined && isPart(item) && isCut(item, ui.opened) !== undefined;
  if (isLong) acts.toggleWhole(nav);
  return isLong;
}
