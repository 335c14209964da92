/** The phases as tabs: where the work is, and what each document's state is. */

import type { JSX, TargetedKeyboardEvent } from 'preact';
import type { DocumentKind } from '../../core/spec/model';
import type { ReviewStep } from '../../protocol/review';
import { takeFocus } from '../shared/focus';
import { Icon, Spinner } from '../shared/icon';
import { DOCUMENT_NAMES, STATE_SIGNS } from './words';

export interface StepperProps {
  readonly steps: readonly ReviewStep[];
  readonly shown: DocumentKind;
  readonly busy: boolean;
  readonly onShow: (kind: DocumentKind) => void;
}

export function Stepper({ steps, shown, busy, onShow }: StepperProps): JSX.Element {
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const delta = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = steps[steps.findIndex((step) => step.kind === shown) + delta];
    if (delta === 0 || !next) return;
    event.preventDefault();
    onShow(next.kind);
    takeFocus(event.currentTarget.querySelector<HTMLElement>(`[data-step="${next.kind}"]`));
  };
  return (
    <div class="stepper" role="tablist" aria-label="Documents" onKeyDown={onKeyDown}>
      {steps.map((step, index) => (
        <Step
          key={step.kind}
          step={step}
          first={index === 0}
          chosen={step.kind === shown}
          busy={busy}
          onShow={onShow}
        />
      ))}
    </div>
  );
}

interface StepProps {
  readonly step: ReviewStep;
  readonly first: boolean;
  readonly chosen: boolean;
  readonly busy: boolean;
  readonly onShow: (kind: DocumentKind) => void;
}

function Step({ step, first, chosen, busy, onShow }: StepProps): JSX.Element {
  const sign = STATE_SIGNS[step.state];
  const name = DOCUMENT_NAMES[step.kind];
  const note = step.note || (step.state === 'missing' ? '' : step.words);
  // The state, and what is told beside it: of tasks, how many are done.
  const told = [step.words, ...(note && !note.startsWith(step.words) ? [note] : [])].join(', ');
  return (
    <>
      {!first && (
        <span class="step-arrow" aria-hidden="true">
          <Icon name="chevron-right" tone="dim" small />
        </span>
      )}
      <button
        type="button"
        role="tab"
        id={`step-${step.kind}`}
        class="step"
        data-step={step.kind}
        data-state={step.state}
        aria-selected={chosen}
        aria-controls="document"
        title={`${step.fileName}: ${told}`}
        tabIndex={chosen ? 0 : -1}
        onClick={() => onShow(step.kind)}
      >
        {step.state === 'drafting' || (chosen && busy) ? (
          <Spinner />
        ) : (
          <Icon name={sign.icon} tone={step.open && sign.tone === 'ok' ? 'warn' : sign.tone} />
        )}
        <span class="step-name">{name}</span>
        <span class="visually-hidden">, {told}</span>
        {note && (
          <span class="step-note small dim" aria-hidden="true">
            {note}
          </span>
        )}
      </button>
    </>
  );
}
