/** The document that is shown: cards of criteria, or prose, or why there is none. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ReviewModel } from '../../protocol/review';
import { type ActId, missingAct } from './acts';
import { stagesOf } from './coverage';
import { Missing, NoMatch } from './emptyStates';
import type { FilterChip, FilterId } from './filters';
import { FindingLine } from './findingLine';
import type { ListActs } from './listActs';
import type { Card } from './navigation';
import { ProseView } from './proseView';
import { RequirementCard } from './requirementCard';
import { missingWords, shownStep } from './summary';

export interface DocumentViewProps {
  readonly model: ReviewModel;
  readonly cards: readonly Card[];
  readonly chips: readonly FilterChip[];
  readonly filters: readonly FilterId[];
  readonly query: string;
  readonly active: string | undefined;
  readonly acts: ListActs;
  readonly target: string | undefined;
  readonly onArrived: () => void;
  readonly onAct: (act: ActId) => void;
  readonly onClear: () => void;
}

export function DocumentView(props: DocumentViewProps): JSX.Element {
  const { model, acts } = props;
  const missing = shownStep(model)?.state === 'missing' && !model.busy;
  if (missing) {
    return (
      <Missing words={missingWords(model)} act={missingAct(model)} onAct={() => props.onAct('draftThis')} />
    );
  }
  return (
    <>
      {model.findings.length > 0 && (
        <section class="card document-findings" aria-label="Findings of the document">
          {model.findings.map((finding) => (
            <FindingLine
              key={`${finding.rule}${finding.offset}`}
              finding={finding}
              shortcut={undefined}
              tabIndex={0}
              onFix={acts.fix}
              onOpen={acts.open}
            />
          ))}
        </section>
      )}
      {model.prose ? <Prose {...props} markdown={model.prose.markdown} /> : <Cards {...props} />}
    </>
  );
}

function Prose(props: DocumentViewProps & { readonly markdown: string }): JSX.Element {
  const { model, markdown, target, onArrived } = props;
  return <ProseView kind={model.shown} streaming={writes(model)} {...{ markdown, target, onArrived }} />;
}

/** A model writes into this document; a revision is written elsewhere. */
function writes(model: ReviewModel): boolean {
  const state = shownStep(model)?.state;
  return model.busy && (state === 'drafting' || state === 'missing');
}

function Cards(props: DocumentViewProps): JSX.Element | null {
  const { model, cards, active, acts } = props;
  const stages = useMemo(() => stagesOf(model), [model]);
  const filtered = props.filters.length > 0 || props.query.trim() !== '';
  if (cards.length === 0 && filtered) return <NoMatch words={noneWords(props)} onClear={props.onClear} />;
  const approved = shownStep(model)?.state === 'approved';
  const writing = writes(model) && !filtered;
  if (cards.length === 0) return writing ? <Skeleton /> : null;
  return (
    <>
      {cards.map((card, index) => (
        <RequirementCard
          key={card.key}
          card={card}
          active={
            active !== undefined && (active === card.key || card.navs.includes(active)) ? active : undefined
          }
          approved={approved}
          writing={writing && index === cards.length - 1}
          stages={stages}
          acts={acts}
        />
      ))}
    </>
  );
}

function Skeleton(): JSX.Element {
  return (
    <div class="card loading-card" aria-hidden="true">
      <span class="bar" />
      <span class="bar" />
      <span class="bar short" />
    </div>
  );
}

function noneWords({ filters, query, chips }: DocumentViewProps): string {
  const only = filters.length === 1 ? chips.find((chip) => chip.id === filters[0]) : undefined;
  const text = query.trim();
  if (text) return `No criterion ${filters.length > 0 ? 'in this filter ' : ''}holds “${text}”.`;
  return only?.none ?? 'No criterion passes these filters.';
}
