/** What was said about a place, thread by thread, and the box of a comment that is being written there. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ReviewComment, ReviewThread } from '../../protocol/review';
import { formatTime } from '../shared/format';
import { Icon } from '../shared/icon';
import { memo } from '../shared/memo';
import { CommentBox } from './commentBox';
import type { ListActs } from './listActs';
import type { Writing } from './writing';

export interface ThreadsProps {
  readonly threads: readonly ReviewThread[];
  /** Of the row that they stand in; undefined where none is written. */
  readonly nav: string | undefined;
  /** Named to screen readers: `1.2`. */
  readonly about: string;
  /** Only if it is written here: what is written elsewhere draws nothing here. */
  readonly writing: Writing | undefined;
  readonly tabIndex: number;
  readonly acts: ListActs;
}

/** Is it written among these? */
export function writtenHere(
  writing: Writing | undefined,
  nav: string | undefined,
  threads: readonly ReviewThread[],
): Writing | undefined {
  if (writing === undefined) return undefined;
  const here =
    writing.kind === 'comment' ? writing.nav === nav : threads.some(({ id }) => id === writing.thread);
  return here ? writing : undefined;
}

export const Threads = memo(
  ({ threads, about, writing, tabIndex, acts }: ThreadsProps): JSX.Element | null => {
    if (threads.length === 0 && writing?.kind !== 'comment') return null;
    return (
      <div class="threads">
        {threads.map((thread) => (
          <Thread
            key={thread.id}
            thread={thread}
            writing={writing?.kind !== 'comment' && writing?.thread === thread.id ? writing : undefined}
            tabIndex={tabIndex}
            acts={acts}
          />
        ))}
        {writing?.kind === 'comment' && (
          <CommentBox
            label={`Comment on ${about}`}
            quote={writing.quote}
            text={writing.text}
            send="Comment"
            onText={acts.write}
            onSend={acts.sendWriting}
            onCancel={acts.stopWriting}
          />
        )}
      </div>
    );
  },
);

interface ThreadProps {
  readonly thread: ReviewThread;
  readonly writing: Writing | undefined;
  readonly tabIndex: number;
  readonly acts: ListActs;
}

function Thread({ thread, writing, tabIndex, acts }: ThreadProps): JSX.Element {
  const { comments, resolved } = thread;
  const [opened, setOpened] = useState(false);
  const shown = !resolved || opened || writing !== undefined;
  const [first] = comments;
  if (!shown)
    return (
      <button
        type="button"
        class="thread-resolved small dim"
        tabIndex={tabIndex}
        aria-expanded={false}
        onClick={() => setOpened(true)}
      >
        <Icon name="pass" small />
        Resolved: {first?.text.split('\n')[0]}
      </button>
    );
  return (
    <div class={resolved ? 'thread resolved' : 'thread'}>
      <PlaceLine thread={thread} />
      {comments.map((comment, index) =>
        writing?.kind === 'reword' && writing.comment === comment.id ? (
          <Box key={comment.id} label="Edit your comment" send="Save" {...{ writing, acts }} />
        ) : (
          <Comment
            key={comment.id}
            comment={comment}
            last={index === comments.length - 1}
            {...{ thread, tabIndex, acts }}
          />
        ),
      )}
      {writing?.kind === 'answer' && <Box label="Reply" send="Reply" {...{ writing, acts }} />}
      {resolved && opened && (
        <button type="button" class="link small" tabIndex={tabIndex} onClick={() => setOpened(false)}>
          Fold
        </button>
      )}
    </div>
  );
}

function Box({
  label,
  send,
  writing,
  acts,
}: {
  readonly label: string;
  readonly send: string;
  readonly writing: Writing;
  readonly acts: ListActs;
}): JSX.Element {
  return (
    <CommentBox
      quote=""
      text={writing.text}
      onText={acts.write}
      onSend={acts.sendWriting}
      onCancel={acts.stopWriting}
      {...{ label, send }}
    />
  );
}

/** Where it was begun, when that is no longer what stands here. */
function PlaceLine({
  thread: { place, part, quote },
}: {
  readonly thread: ReviewThread;
}): JSX.Element | null {
  if (place === 'there') return null;
  return (
    <p class="thread-place small">
      <Icon name={place === 'gone' ? 'debug-disconnect' : 'diff-modified'} tone="warn" small />
      <span>
        {place === 'gone' ? `Its place is gone: ${part}` : 'The text changed since'}
        {quote !== '' && <span class="dim">, it was “{quote}”</span>}
      </span>
    </p>
  );
}

interface CommentProps {
  readonly thread: ReviewThread;
  readonly comment: ReviewComment;
  readonly last: boolean;
  readonly tabIndex: number;
  readonly acts: ListActs;
}

function Comment({ thread, comment, last, tabIndex, acts }: CommentProps): JSX.Element {
  const { id, by, at, text, own } = comment;
  const link = (act: string, label: string, run: () => void): JSX.Element => (
    <button type="button" class="link" data-act={act} tabIndex={tabIndex} onClick={run}>
      {label}
    </button>
  );
  return (
    <article class="comment" aria-label={`${own ? 'You' : by}: ${text}`}>
      <span class="avatar" aria-hidden="true">
        {own ? 'You' : by.trim().charAt(0).toUpperCase()}
      </span>
      <div class="comment-head small">
        <strong>{own ? 'You' : by}</strong>
        <time class="dim" dateTime={at}>
          {formatTime(Date.parse(at), Date.now())}
        </time>
        {last && <StateTag thread={thread} />}
        {last && link('answer', 'Reply', () => acts.answer(thread.id))}
        {last &&
          link('resolve', thread.resolved ? 'Reopen' : 'Resolve', () =>
            acts.resolve([thread.id], !thread.resolved),
          )}
        {own && link('reword', 'Edit', () => acts.reword(thread.id, id, text))}
        {own && link('remove', 'Remove', () => acts.remove(thread.id, id, thread.comments[0]?.id === id))}
      </div>
      <p class="comment-text">{text}</p>
    </article>
  );
}

function StateTag({ thread: { resolved, sent } }: { readonly thread: ReviewThread }): JSX.Element {
  if (resolved) return <span class="tag">Resolved</span>;
  return (
    <span class="tag">
      <Icon name={sent ? 'send' : 'comment-draft'} small />
      {sent ? 'Sent' : 'Staged, not sent'}
    </span>
  );
}
