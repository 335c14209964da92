/** A section, a property or a task: its words, why it is suspect, what is wrong with it and said about it. */
import type { JSX } from 'preact';
import type { ReviewPart } from '../../protocol/review';
import { Markdown } from '../shared/markdown';
import { memo } from '../shared/memo';
import { FindingLine } from './findingLine';
import { type ItemState, itemWords, SuspectLines } from './itemSigns';
import type { ListActs } from './listActs';
import { RowActs } from './rowActs';
import { Threads } from './threads';
import type { Writing } from './writing';

export interface PartRowProps {
  readonly part: ReviewPart;
  readonly active: boolean;
  readonly state: ItemState;
  readonly writing: Writing | undefined;
  /** Only its first lines are shown; undefined: it is not long, or something in it is to be told. */
  readonly cut?: boolean | undefined;
  readonly acts: ListActs;
}

export const PartRow = memo(({ part, active, state, writing, cut, acts }: PartRowProps): JSX.Element => {
  const inner = active ? 0 : -1;
  const { key: nav, findings, suspects, threads } = part;
  return (
    <li
      class={cut ? 'part cut' : 'part'}
      data-nav={nav}
      data-depth={part.depth}
      data-item-state={state}
      tabIndex={active ? 0 : -1}
      aria-label={[part.id, ...itemWords(part, state)].join(', ')}
      onFocus={() => acts.activate(nav)}
    >
      <Markdown text={part.text} />
      {cut !== undefined && (
        <button
          type="button"
          class="link small part-more"
          aria-expanded={!cut}
          tabIndex={inner}
          title={cut ? 'Show all (X)' : 'Show less (X)'}
          onClick={() => acts.toggleWhole(nav)}
        >
          {cut ? 'Show all' : 'Show less'}
        </button>
      )}
      <RowActs item={part} nav={nav} tabIndex={inner} acts={acts} />
      <SuspectLines suspects={suspects} />
      {findings.length > 0 && (
        <div class="part-findings">
          {findings.map((finding) => (
            <FindingLine
              key={`${finding.rule}${finding.start}`}
              finding={finding}
              shortcut={undefined}
              tabIndex={inner}
              onFix={acts.fix}
              onOpen={acts.open}
            />
          ))}
        </div>
      )}
      <Threads {...{ threads, nav, writing, acts }} about={part.id} tabIndex={inner} />
    </li>
  );
});
