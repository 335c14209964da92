/** Words: the person's, the model's, and the notes between them. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AttachmentLabel } from '../../../core/agent/turn/attachments';
import { useEndAnchor } from '../../shared/anchor';
import { IconButton } from '../../shared/button';
import { plural } from '../../shared/format';
import { Icon } from '../../shared/icon';
import { Markdown } from '../../shared/markdown';
import { memo } from '../../shared/memo';
import type { AgentActs } from '../agentActs';
import { MentionText } from '../composer/mentionText';
import { Fold } from './fold';

const LONG_LINES = 7;
const LONG_TEXT = 480;
/** Longer than anybody writes: documents and instructions that were put together for the model. */
const BRIEF_LINES = 24;

export interface PromptProps {
  readonly text: string;
  /** It was put together for the model. */
  readonly given: boolean;
  readonly attachments: readonly AttachmentLabel[] | undefined;
  readonly seq: number | undefined;
  /** A checkpoint was taken before it. */
  readonly restorable: boolean;
  readonly acts: AgentActs;
}

const NONE: readonly AttachmentLabel[] = [];

export const Prompt = memo(
  ({ text, given, attachments = NONE, seq, restorable, acts }: PromptProps): JSX.Element => {
    const [whole, setWhole] = useState(false);
    const lines = text.trim().split('\n').length;
    const pictures = attachments.filter(({ type }) => type === 'image');
    if (given || (lines > BRIEF_LINES && attachments.length === 0))
      return <Brief text={text} lines={lines} pictures={pictures.length} />;
    const long = lines > LONG_LINES || text.length > LONG_TEXT;
    return (
      <div class="prompt">
        <span class="visually-hidden">You: </span>
        {pictures.length > 0 && (
          <div class="prompt-pictures">
            {pictures.map(({ label }, index) => (
              <span key={`${index} ${label}`} class="mention">
                <Icon name="file-media" small />
                {label}
              </span>
            ))}
          </div>
        )}
        <div class={long && !whole ? 'prompt-text clamped' : 'prompt-text'}>
          <MentionText text={text.trim()} attachments={attachments} onOpen={acts.openFile} />
        </div>
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
        {seq !== undefined && (
          <span class="prompt-acts">
            {restorable && (
              <IconButton
                icon="discard"
                label="Restore to before this turn…"
                act="restoreHere"
                onPress={() => acts.restoreBefore(seq)}
              />
            )}
            <IconButton
              icon="repo-forked"
              label="Fork before this message, and change it"
              act="forkHere"
              onPress={() => acts.forkShown(seq)}
            />
          </span>
        )}
      </div>
    );
  },
);

interface BriefProps {
  readonly text: string;
  readonly lines: number;
  readonly pictures: number;
}

function Brief({ text, lines, pictures }: BriefProps): JSX.Element {
  const shown = pictures === 0 ? '' : `, ${plural(pictures, 'picture')}`;
  return (
    <Fold
      open={false}
      boxed
      icon="note"
      label={
        <>
          What the model was given{' '}
          <span class="dim tabular">
            {plural(lines, 'line')}
            {shown}
          </span>
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
