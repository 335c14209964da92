/** A requirement and its criteria. */
import type { JSX } from 'preact';
import type { ReviewRequirement } from '../../protocol/review';
import { plural } from '../shared/format';
import { Icon } from '../shared/icon';
import { Markdown } from '../shared/markdown';
import { memo } from '../shared/memo';
import type { Stages } from './coverage';
import { CriterionRow } from './criterionRow';
import { isCriterion, isOpen, nameOf } from './filters';
import { FindingLine } from './findingLine';
import { ChangedSign, type ItemState, itemState } from './itemSigns';
import { storyParts } from './lines';
import type { ListActs } from './listActs';
import type { Card } from './navigation';
import { PartRow } from './partRow';
import { RowActs } from './rowActs';
import { Threads, writtenHere } from './threads';
import type { Writing } from './writing';

export interface RequirementCardProps {
  readonly card: Card;
  /** The row with the tab stop, when it is in this card. */
  readonly active: string | undefined;
  /** The approval says for each criterion whether it still holds. */
  readonly byPart: boolean;
  /** The model writes here: a caret behind the last criterion, bars below it. */
  readonly writing: boolean;
  readonly stages: Stages;
  /** Only if it is written in this card. */
  readonly written: Writing | undefined;
  readonly acts: ListActs;
}

export const RequirementCard = memo(
  ({ card, active, byPart, writing, stages, written, acts }: RequirementCardProps): JSX.Element => {
    const { requirement, rows, folded, key } = card;
    const { aside, findings, threads, userStory } = requirement;
    const titleId = `title-${key}`;
    return (
      <section class={classesOf(card)} aria-labelledby={titleId}>
        <CardHead
          requirement={requirement}
          nav={key}
          titleId={titleId}
          folded={folded}
          active={active === key}
          state={itemState(requirement, byPart)}
          acts={acts}
        />
        {!folded && userStory && <Story words={userStory} />}
        {!folded && aside !== '' && (
          <div class="card-aside">
            <Markdown text={aside} />
          </div>
        )}
        {!folded && findings.length > 0 && (
          <div class="card-findings">
            {findings.map((finding) => (
              <FindingLine
                key={`${finding.rule}${finding.start}`}
                finding={finding}
                shortcut={undefined}
                tabIndex={active === key ? 0 : -1}
                onFix={acts.fix}
                onOpen={acts.open}
              />
            ))}
          </div>
        )}
        {!folded && (
          <Threads
            threads={threads}
            nav={key}
            about={nameOf(requirement)}
            writing={writtenHere(written, key, threads)}
            tabIndex={active === key ? 0 : -1}
            acts={acts}
          />
        )}
        {!folded && (
          <ul class="rows" aria-label={`Criteria of ${requirement.id}`}>
            {rows.map(({ nav, item }, index) => {
              const common = {
                nav,
                active: active === nav,
                state: itemState(item, byPart),
                writing: writtenHere(written, nav, item.threads),
                acts,
              };
              return isCriterion(item) ? (
                <CriterionRow
                  key={nav}
                  criterion={item}
                  caret={writing && index === rows.length - 1}
                  stages={stages}
                  {...common}
                />
              ) : (
                <PartRow key={nav} part={item} {...common} />
              );
            })}
            {writing && (
              <li class="row skeleton-row" aria-hidden="true">
                <span class="bar" />
                <span class="bar short" />
              </li>
            )}
          </ul>
        )}
      </section>
    );
  },
);

function classesOf({ requirement, folded }: Card): string {
  return ['card', folded && 'folded', requirement.changed && 'edited'].filter(Boolean).join(' ');
}

interface CardHeadProps {
  readonly requirement: ReviewRequirement;
  readonly nav: string;
  readonly titleId: string;
  readonly folded: boolean;
  readonly active: boolean;
  readonly state: ItemState;
  readonly acts: ListActs;
}

const CardHead = memo((props: CardHeadProps): JSX.Element => {
  const { requirement, nav, titleId, folded, active, state, acts } = props;
  const items = [requirement, ...requirement.criteria, ...requirement.notes];
  const findings = items.reduce((sum, item) => sum + item.findings.length, 0);
  const counts = [plural(requirement.criteria.length, 'criterion', 'criteria')];
  if (findings > 0) counts.push(plural(findings, 'finding'));
  const comments = items.flatMap(({ threads }) => threads.filter(isOpen)).length;
  if (comments > 0) counts.push(plural(comments, 'comment'));
  return (
    <div class="card-head">
      <h2 class="card-title">
        <button
          type="button"
          class="card-fold"
          data-nav={nav}
          aria-expanded={!folded}
          title={folded ? 'Unfold (X)' : 'Fold (X)'}
          tabIndex={active ? 0 : -1}
          onFocus={() => acts.activate(nav)}
          onClick={() => acts.toggleFold(requirement.id)}
        >
          <Icon name={folded ? 'chevron-right' : 'chevron-down'} />
          <span id={titleId}>
            <span class="card-number tabular">{requirement.id}</span> {requirement.title}
          </span>
          <ChangedSign state={state} />
        </button>
      </h2>
      <span class="counts small dim">
        <span class="counts-words">{counts.join(', ')}</span>
        {!folded && <RowActs item={requirement} nav={nav} tabIndex={active ? 0 : -1} acts={acts} />}
      </span>
      {!folded && (
        <div class="columns meta dim" aria-hidden="true">
          <span>Pattern</span>
          <span>Design</span>
          <span>Property</span>
          <span>Task</span>
          <span>Test</span>
        </div>
      )}
    </div>
  );
});

function Story({ words }: { readonly words: string }): JSX.Element {
  return (
    <p class="story small dim">
      {storyParts(words).map((part, index) =>
        part.form ? (
          <span key={index} class="story-form">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}
