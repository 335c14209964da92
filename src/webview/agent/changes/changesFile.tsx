/** One changed file: its pieces, each with a choice. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FileView, HunkView } from '../../../core/agent/changes/view';
import { IconButton } from '../../shared/button';
import { DiffCounts, DiffLines } from '../../shared/diff';
import { diffFile, type FileDiff } from '../../shared/diffRows';
import { Icon } from '../../shared/icon';
import type { AgentActs } from '../agentActs';
import { isRefused, kindWord, toggled } from './changesWords';

/** Rows of a piece before the rest must be asked for. */
const ROWS = 10;

export function ChangedFile({
  file,
  acts,
}: {
  readonly file: FileView;
  readonly acts: AgentActs;
}): JSX.Element {
  const { path, hunks, byHunk, refused } = file;
  const diffs = useMemo(() => hunks.map(diffOfHunk), [hunks]);
  const total = {
    added: diffs.reduce((sum, { added }) => sum + added, 0),
    removed: diffs.reduce((sum, { removed }) => sum + removed, 0),
    rows: [],
  };
  const word = kindWord(file);
  const whole = refused === 'all';
  return (
    <section class={whole ? 'changed-file is-out' : 'changed-file'} aria-label={path}>
      <header class="changed-head">
        <button type="button" class="changed-path mono" title={path} onClick={() => acts.openChanges(path)}>
          <bdi>{path}</bdi>
        </button>
        {word !== '' && <span class="dim small">{word}</span>}
        <DiffCounts diff={total} />
        <span class="spacer" />
        <IconButton icon="diff" label={`Open the diff of ${path}`} onPress={() => acts.openChanges(path)} />
        <Choice
          kept={refused === undefined}
          what={byHunk ? `all of ${path}` : path}
          mixed={byHunk && refused !== undefined && !whole}
          onPress={() =>
            acts.review({ type: 'choose', path, refused: refused === undefined ? 'all' : undefined })
          }
        />
      </header>
      {diffs.map((diff, index) => (
        <div key={index} class={isRefused(file, index) ? 'hunk is-out' : 'hunk'}>
          {byHunk && (
            <div class="hunk-head small">
              <span class="dim tabular">{placeOf(hunks[index])}</span>
              <span class="spacer" />
              <Choice
                kept={!isRefused(file, index)}
                what={`the piece at ${placeOf(hunks[index])} of ${path}`}
                onPress={() => acts.review({ type: 'choose', path, refused: toggled(file, index) })}
              />
            </div>
          )}
          <DiffLines diff={diff} limit={ROWS} />
        </div>
      ))}
    </section>
  );
}

interface ChoiceProps {
  readonly kept: boolean;
  readonly what: string;
  /** Some of its pieces are refused, others kept. */
  readonly mixed?: boolean;
  readonly onPress: () => void;
}

/** A switch: pressed is kept. */
function Choice({ kept, what, mixed = false, onPress }: ChoiceProps): JSX.Element {
  const word = mixed ? 'In part' : kept ? 'Kept' : 'Refused';
  return (
    <button
      type="button"
      class={mixed ? 'keep part' : kept ? 'keep' : 'keep off'}
      aria-pressed={mixed ? 'mixed' : kept ? 'true' : 'false'}
      aria-label={`Keep ${what}`}
      title={kept ? `Refuse ${what}` : `Keep ${what}`}
      onClick={onPress}
    >
      <Icon name={mixed ? 'diff-modified' : kept ? 'check' : 'close'} small />
      {word}
    </button>
  );
}

function placeOf(hunk: HunkView | undefined): string {
  if (!hunk) return '';
  const count = Math.max(1, hunk.added.length);
  return count === 1 ? `line ${hunk.line}` : `lines ${hunk.line}–${hunk.line + count - 1}`;
}

/** Of a piece by itself, with the line numbers of the file. */
function diffOfHunk({ oldLine, line, removed, added }: HunkView): FileDiff {
  const diff = diffFile(removed.join(''), added.join(''), 1);
  const rows = diff.rows?.map((row) => {
    if (row.kind === 'gap') return row;
    const first = row.kind === 'removed' ? oldLine : line;
    return { ...row, line: row.line + first - 1 };
  });
  return { ...diff, rows };
}
