/** The head of the panel: the stepper and the acts on the document. */
import type { JSX } from 'preact';
import type { DocumentKind } from '../../core/spec/model';
import type { ReviewModel } from '../../protocol/review';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';
import { type ActId, headActs } from './acts';
import { Stepper } from './stepper';

export interface HeadProps {
  readonly model: ReviewModel;
  readonly composing: boolean;
  readonly onShow: (kind: DocumentKind) => void;
  readonly onAct: (act: ActId) => void;
}

export function Head({ model, composing, onShow, onAct }: HeadProps): JSX.Element {
  return (
    <header class="head">
      <Stepper steps={model.steps} shown={model.shown} busy={model.busy} onShow={onShow} />
      <span class="spacer" />
      {model.rehearsed && (
        <span
          class="tag"
          title="The demo's words were written beforehand. No model is asked, nothing is sent."
        >
          <Icon name="mortar-board" small />
          Rehearsed
        </span>
      )}
      {headActs(model, composing).map((act) => (
        <Button
          key={act.id}
          act={act.id}
          label={act.label}
          icon={act.icon}
          shortcut={act.shortcut}
          look={act.filled ? 'filled' : undefined}
          blocked={act.blocked}
          onPress={() => onAct(act.id)}
        />
      ))}
    </header>
  );
}
