/** The document that is shown: cards of criteria, or prose, or why there is none. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ReviewModel, ReviewPart } from '../../protocol/review';
import { type ActId, missingAct } from './acts';
import { stagesOf } from './coverage';
import { Missing, NoMatch } from './emptyStates';
import type { FilterChip, FilterId } from './filters';
import { FindingLine } from './findingLine';
import { approvedByPart } from './itemSigns';
import type { ListActs } from './listActs';
import { isCut } from './longParts';
import { type Block, type Card, isCard } from './navigation';
import { PartList, ProseView } from './proseView';
import { RequirementCard } from './requirementCard';
import { missingWords, shownStep } from './summary';
import { Threads, writtenHere } from './threads';
import type { Writing } from './writing';

export interface DocumentViewProps {
  readonly model: ReviewModel;
  readonly cards: readonly Card[];
  /** The cards, and the parts between them. */
  readonly blocks: readonly Block[];
  readonly chips: readonly FilterChip[];
  readonly filters: readonly FilterId[];
  readonly query: string;
  readonly parts: readonly ReviewPart[];
  readonly active: string | undefined;
  /** Long sections that are shown whole. */
  readonly opened: readonly string[];
  readonly writing: Writing | undefined;
  readonly acts: ListActs;
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
      {model.threads.length > 0 && (
        <section class="card document-threads" aria-label="Comments on the document">
          <Threads
            threads={model.threads}
            nav={undefined}
            about="the document"
            writing={writtenHere(props.writing, undefined, model.threads)}
            tabIndex={0}
            acts={acts}
          />
        </section>
      )}
      {model.prose ? <Prose {...props} markdown={model.prose.markdown} /> : <Blocks {...props} />}
    </>
  );
}

function Prose(props: DocumentViewProps & { readonly markdown: string }): JSX.Element {
  const { model, markdown, parts, active, writing, acts } = props;
  if (parts.length === 0 && isFiltered(props))
    return <NoMatch words={noneWords(props)} onClear={props.onClear} />;
  return (
    <ProseView
      kind={model.shown}
      streaming={writes(model)}
      byPart={approvedByPart(model)}
      {...{ markdown, parts, active, writing, acts }}
    />
  );
}

function isFiltered({ filters, query }: DocumentViewProps): boolean {
  return filters.length > 0 || query.trim() !== '';
}

/** A model writes into this document; a revision is written elsewhere. */
function writes(model: ReviewModel): boolean {
  const state = shownStep(model)?.state;
  return model.busy && (state === 'drafting' || state === 'missing');
}

/** The cards of the requirements, and between them what else the document says. */
function Blocks(props: DocumentViewProps): JSX.Element | null {
  const { model, cards, blocks, active, opened, acts } = props;
  const stages = useMemo(() => stagesOf(model), [model]);
  const filtered = isFiltered(props);
  if (blocks.length === 0 && filtered) return <NoMatch words={noneWords(props)} onClear={props.onClear} />;
  const byPart = approvedByPart(model);
  const writing = writes(model) && !filtered;
  return (
    <>
      {blocks.map((block) =>
        isCard(block) ? (
          <RequirementCard
            key={block.key}
            card={block}
            active={isIn(block, active) ? active : undefined}
            byPart={byPart}
            writing={writing && block === cards.at(-1)}
            stages={stages}
            written={writtenIn(block, props.writing)}
            acts={acts}
          />
        ) : (
          <PartList
            key={block[0]?.key}
            kind={model.shown}
            parts={block}
            cutOf={(part) => (filtered ? undefined : isCut(part, opened))}
            {...{ active, byPart, acts }}
            writing={props.writing}
          />
        ),
      )}
      {writing && cards.length === 0 && <Skeleton />}
    </>
  );
}

function isIn({ key, rows }: Card, nav: string | undefined): boolean {
  return nav === key || rows.some((row) => row.nav === nav);
}

/** Only if it is written in this card. */
function writtenIn(card: Card, writing: Writing | undefined): Writing | undefined {
  if (writing?.kind === 'comment') return isIn(card, writing.nav) ? writing : undefined;
  const items = [card.requirement, ...card.rows.map(({ item }) => item)];
  return writtenHere(
    writing,
    undefined,
    items.flatMap(({ threads }) => threads),
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
  if (text) return `Nothing ${filters.length > 0 ? 'in this filter ' : ''}holds “${text}”.`;
  return only?.none ?? 'Nothing passes these filters.';
}
