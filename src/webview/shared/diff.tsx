/** A change drawn line by line, as an editor shows it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DiffRow, FileDiff } from './diffRows';
import { plural } from './format';
import { memo } from './memo';

/** `+4 −1`. */
export function DiffCounts({ diff }: { readonly diff: FileDiff }): JSX.Element {
  return (
    <span class="diff-counts tabular">
      {diff.added > 0 && (
        <span class="tone-ok">
          <span class="visually-hidden">{plural(diff.added, 'line')} added</span>
          <span aria-hidden="true">+{diff.added}</span>
        </span>
      )}
      {diff.removed > 0 && (
        <span class="tone-err">
          <span class="visually-hidden">{plural(diff.removed, 'line')} removed</span>
          <span aria-hidden="true">−{diff.removed}</span>
        </span>
      )}
    </span>
  );
}

export interface DiffLinesProps {
  readonly diff: FileDiff;
  /** Rows that are drawn before the rest must be asked for. */
  readonly limit: number;
}

export const DiffLines = memo(({ diff, limit }: DiffLinesProps): JSX.Element => {
  const [whole, setWhole] = useState(false);
  if (!diff.rows) return <p class="diff-note small dim">Too much changed to draw it here.</p>;
  if (diff.rows.length === 0) return <p class="diff-note small dim">Nothing changed.</p>;
  const shown = whole || diff.rows.length <= limit + 2 ? diff.rows : diff.rows.slice(0, limit);
  const left = diff.rows.length - shown.length;
  return (
    <>
      <section class="diff scroller mono" aria-label="Changed lines">
        <div class="diff-rows" style={{ '--digits': `${digitsOf(diff)}ch` }}>
          {shown.map(drawRow)}
        </div>
      </section>
      {left > 0 && (
        <button type="button" class="diff-more small" onClick={() => setWhole(true)}>
          {plural(left, 'more line')}
        </button>
      )}
    </>
  );
});

/** Room for the longest line number. */
function digitsOf({ rows }: FileDiff): number {
  const numbers = (rows ?? []).map((row) => (row.kind === 'gap' ? 0 : row.line));
  return String(Math.max(10, ...numbers.slice(-400))).length;
}

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;
const WORDS = { same: '', added: 'added ', removed: 'removed ' } as const;

function drawRow(row: DiffRow, index: number): JSX.Element {
  if (row.kind === 'gap') {
    return (
      <div key={index} class="diff-gap">
        {plural(row.lines, 'unchanged line')}
      </div>
    );
  }
  const Mark = row.kind === 'removed' ? 'del' : 'ins';
  return (
    <div key={index} class={`diff-row ${row.kind}`}>
      <span class="diff-line" aria-hidden="true">
        {row.line}
      </span>
      <span class="diff-sign">
        <span class="visually-hidden">{WORDS[row.kind]}</span>
        <span aria-hidden="true">{SIGNS[row.kind]}</span>
      </span>
      <span class="diff-text">
        {row.parts.map((part, at) => (part.changed ? <Mark key={at}>{part.text}</Mark> : part.text))}
      </span>
    </div>
  );
}
