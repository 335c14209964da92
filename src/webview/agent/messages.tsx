/** Words: the person's, the model's, and the notes between them. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useEndAnchor } from '../shared/anchor';
import { plural } from '../shared/format';
import { Icon } from '../shared/icon';
import { Markdown } from '../shared/markdown';
import { memo } from '../shared/memo';
import { Fold } from './fold';

const LONG_LINES = 7;
const LONG_TEXT = 480;
/** Longer than anybody writes: documents and instructions that were put together for the model. */
const BRIEF_LINES = 24;

export const Prompt = memo(({ text }: { readonly text: string }): JSX.Element => {
  const [whole, setWhole] = useState(false);
  const lines = text.trim().split('\n').length;
  if (lines > BRIEF_LINES) return <Brief text={text} lines={lines} />;
  const long = lines > LONG_LINES || text.length > LONG_TEXT;
  return (
    <div class="prompt">
      <span class="visually-hidden">You: </span>
      <div class={long && !whole ? 'prompt-text clamped' : 'prompt-text'}>{text.trim()}</div>
      {long && (
        <button
          type="button"
          class="prompt-more small"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : lines > LONG_LINES ? `Show all ${plural(lines, 'line')}` : 'Show all'}
        </button>
      )}
    </div>
  );
});

function Brief({ text, lines }: { readonly text: string; readonly lines: number }): JSX.Element {
  return (
    <Fold
      open={false}
      boxed
      icon="note"
      label={
        <>
          What the model was given <span class="dim tabular">{plural(lines, 'line')}</span>
        </>
      }
      aside={null}
    >
      {() => <div class="brief scroller">{text.trim()}</div>}
    </Fold>
  );
}

export const Message = memo(
  ({ text, live }: { readonly text: string; readonly live: boolean }): JSX.Element => (
    <div class="message" aria-busy={live}>
      <Markdown text={text} streaming={live} />
    </div>
  ),
);

export interface DocumentMessageProps {
  readonly name: string;
  readonly text: string;
  readonly live: boolean;
}

/** The document that the model writes: its end while it grows, a line when it is there. */
export const DocumentMessage = memo(
  ({ name, text, live }: DocumentMessageProps): JSX.Element => (
    <Fold
      open={live}
      boxed
      icon={live ? undefined : 'file'}
      label={
        <>
          {live ? 'Writing' : 'Wrote'} {name}{' '}
          <span class="dim small tabular">{plural(text.trimEnd().split('\n').length, 'line')}</span>
        </>
      }
      aside={null}
    >
      {() => <DocumentText text={text} live={live} />}
    </Fold>
  ),
);

function DocumentText({ text, live }: { readonly text: string; readonly live: boolean }): JSX.Element {
  const { scroller, content } = useEndAnchor(live);
  return (
    <section class="document-text scroller" ref={scroller} aria-label="The document">
      <div ref={content}>
        <Markdown text={text} streaming={live} />
      </div>
    </section>
  );
}

const NOTE_SIGNS = {
  info: { icon: 'info', tone: 'dim' },
  warning: { icon: 'warning', tone: 'warn' },
  error: { icon: 'error', tone: 'err' },
} as const;

export interface NoteProps {
  readonly level: keyof typeof NOTE_SIGNS;
  readonly text: string;
}

export const Note = memo(({ level, text }: NoteProps): JSX.Element => {
  const sign = NOTE_SIGNS[level];
  return (
    <p class={`note small ${level === 'info' ? 'dim' : ''}`}>
      <Icon name={sign.icon} tone={sign.tone} small />
      <span>
        {level !== 'info' && <span class="visually-hidden">{level}: </span>}
        {text}
      </span>
    </p>
  );
});
