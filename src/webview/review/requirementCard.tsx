/** A requirement and its criteria. */
import type { JSX } from 'preact';
import type { ReviewRequirement } from '../../protocol/review';
import { IconButton } from '../shared/button';
import { plural } from '../shared/format';
import { Icon } from '../shared/icon';
import { memo } from '../shared/memo';
import type { Stages } from './coverage';
import { CriterionRow } from './criterionRow';
import { isOpen } from './filters';
import { itemState } from './itemSigns';
import { storyParts } from './lines';
import type { ListActs } from './listActs';
import type { Card } from './navigation';
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
    const { requirement, criteria, navs, folded, key } = card;
    const titleId = `title-${key}`;
    return (
      <section class={folded ? 'card folded' : 'card'} aria-labelledby={titleId}>
        <CardHead
          requirement={requirement}
          nav={key}
          titleId={titleId}
          folded={folded}
          active={active === key}
          acts={acts}
        />
        {!folded && requirement.userStory && <Story words={requirement.userStory} />}
        {!folded && (
          <Threads
            threads={requirement.threads}
            nav={key}
            about={`requirement ${requirement.id}`}
            writing={writtenHere(written, key, requirement.threads)}
            tabIndex={0}
            acts={acts}
          />
        )}
        {!folded && (
          <ul class="rows" aria-label={`Criteria of ${requirement.id}`}>
            {criteria.map((criterion, index) => (
              <CriterionRow
                key={navs[index]}
                criterion={criterion}
                nav={navs[index] ?? criterion.id}
                active={active === navs[index]}
                state={itemState(criterion, byPart)}
                caret={writing && index === criteria.length - 1}
                stages={stages}
                writing={writtenHere(written, navs[index], criterion.threads)}
                acts={acts}
              />
            ))}
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

interface CardHeadProps {
  readonly requirement: ReviewRequirement;
  readonly nav: string;
  readonly titleId: string;
  readonly folded: boolean;
  readonly active: boolean;
  readonly acts: ListActs;
}

const CardHead = memo(({ requirement, nav, titleId, folded, active, acts }: CardHeadProps): JSX.Element => {
  const findings = requirement.criteria.reduce((sum, criterion) => sum + criterion.findings.length, 0);
  const counts = [plural(requirement.criteria.length, 'criterion', 'criteria')];
  if (findings > 0) counts.push(plural(findings, 'finding'));
  const comments = [requirement, ...requirement.criteria].flatMap(({ threads }) =>
    threads.filter(isOpen),
  ).length;
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
          tabIndex={folded && !active ? -1 : 0}
          onFocus={() => folded && acts.activate(nav)}
          onClick={() => acts.toggleFold(requirement.id)}
        >
          <Icon name={folded ? 'chevron-right' : 'chevron-down'} />
          <span id={titleId}>
            <span class="card-number tabular">{requirement.id}</span> {requirement.title}
          </span>
        </button>
      </h2>
      <span class="counts small dim">
        {counts.join(', ')}
        {!folded && (
          <span class="row-acts">
            <IconButton
              act="comment"
              icon="comment"
              label={`Comment on requirement ${requirement.id}`}
              onPress={() => acts.comment(nav, requirement)}
            />
          </span>
        )}
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
