/** What the head offers, and which of it is the next right act. Pure. */
import type { ReviewModel } from '../../protocol/review';
import type { IconName } from '../shared/iconNames';
import { suspectItems } from './filters';
import {
  approveLabel,
  hasOnlySuspects,
  isSettled,
  isUnreadable,
  nextStep,
  previousStep,
  shownStep,
} from './summary';
import { DOCUMENT_NAMES } from './words';

export type ActId =
  | 'cancel'
  | 'retry'
  | 'open'
  | 'requestChanges'
  | 'approve'
  | 'confirm'
  | 'draftNext'
  | 'draftThis';

export interface Act {
  readonly id: ActId;
  readonly label: string;
  readonly icon?: IconName;
  readonly shortcut?: string | undefined;
  readonly filled: boolean;
  readonly blocked: string | undefined;
}

/** @param composing the request for changes is being written: sending it is then the filled act */
export function headActs(model: ReviewModel, composing: boolean): readonly Act[] {
  const step = shownStep(model);
  if (model.busy)
    return [
      {
        id: 'cancel',
        label: 'Cancel',
        icon: 'debug-stop',
        shortcut: 'Esc',
        filled: false,
        blocked: undefined,
      },
    ];
  if (!step || step.state === 'missing') return [];
  if (step.state === 'incomplete') return [retryAct(model)];
  if (isUnreadable(model)) {
    return [
      {
        id: 'open',
        label: `Open ${step.fileName}`,
        icon: 'go-to-file',
        shortcut: 'Enter',
        filled: !model.revision,
        blocked: undefined,
      },
    ];
  }
  const request: Act = {
    id: 'requestChanges',
    label: 'Request changes',
    icon: 'comment',
    filled: false,
    blocked: requestBlock(model),
  };
  return step.state === 'approved'
    ? [request, ...confirmAct(model, composing), ...draftNextAct(model, composing)]
    : [request, approveAct(model, composing), ...(step.ready ? draftNextAct(model, true) : [])];
}

function requestBlock(model: ReviewModel): string | undefined {
  if (model.modelMissing !== undefined) return model.modelMissing;
  return model.revision ? 'Decide on the revision first' : undefined;
}

function retryAct(model: ReviewModel): Act {
  const blocked = model.modelMissing;
  return {
    id: 'retry',
    label: 'Retry',
    icon: 'debug-restart',
    shortcut: 'R',
    filled: blocked === undefined,
    blocked,
  };
}

function approveAct(model: ReviewModel, composing: boolean): Act {
  const open = !isSettled(model);
  return {
    id: 'approve',
    label: approveLabel(model, open),
    icon: 'pass',
    // While a revision waits, that is the key that applies it.
    shortcut: model.revision ? undefined : 'Ctrl+Enter',
    filled: !open && !composing,
    blocked: undefined,
  };
}

/** What it was made from changed, and it is right all the same: that is a person's word, too. */
function confirmAct(model: ReviewModel, composing: boolean): readonly Act[] {
  const suspect = suspectItems(model).length;
  if (suspect === 0) return [];
  const filled = !composing && hasOnlySuspects(model);
  const label = suspect === 1 ? 'It is still right' : `All ${suspect} are still right`;
  return [{ id: 'confirm', label, icon: 'pass', shortcut: 'Ctrl+Enter', filled, blocked: undefined }];
}

function draftNextAct(model: ReviewModel, composing: boolean): readonly Act[] {
  const next = nextStep(model);
  if (next?.state !== 'missing') return [];
  const label = `Draft ${DOCUMENT_NAMES[next.kind].toLowerCase()}`;
  const filled = !composing && !model.revision && model.modelMissing === undefined;
  return [
    {
      id: 'draftNext',
      label,
      icon: 'sparkle',
      // Before an approval that is the key of the approval.
      shortcut: shownStep(model)?.state === 'approved' ? 'Ctrl+Enter' : undefined,
      filled,
      blocked: model.modelMissing,
    },
  ];
}

/** For a document that is missing: its draft, when the one before it is approved. */
export function missingAct(model: ReviewModel): Act | undefined {
  const before = previousStep(model);
  if (model.busy || shownStep(model)?.state !== 'missing' || before?.ready === false) return undefined;
  return {
    id: 'draftThis',
    label: 'Draft it',
    icon: 'sparkle',
    shortcut: 'Ctrl+Enter',
    filled: model.modelMissing === undefined,
    blocked: model.modelMissing,
  };
}

const BY_MODEL: ReadonlySet<ActId> = new Set(['retry', 'draftNext', 'draftThis']);

/** The next right act is a model's, and there is no model: setting one up comes first. */
export function waitsForModel(model: ReviewModel): boolean {
  const acts = [...headActs(model, false), missingAct(model)];
  return acts.some((act) => act !== undefined && act.blocked !== undefined && BY_MODEL.has(act.id));
}
