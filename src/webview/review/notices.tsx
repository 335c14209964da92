/** What has to be known before anything else is read: a waiting revision, a missing model, a failure. */
import type { JSX } from 'preact';
import type { ReviewModel, ReviewRevision } from '../../protocol/review';
import { Button, IconButton } from '../shared/button';
import { Icon } from '../shared/icon';
import { waitsForModel } from './acts';
import { changesSentence, refusedChanges } from './refusals';
import type { ReviewActs } from './reviewActs';
import { refinable, taskless } from './summary';

export interface NoticesProps {
  readonly model: ReviewModel;
  /** As in `refusalOf`. */
  readonly refused: readonly string[];
  readonly acts: ReviewActs;
  /** Something the host could not do. */
  readonly error: string | undefined;
  readonly onErrorClosed: () => void;
}

export function Notices({ model, refused, acts, error, onErrorClosed }: NoticesProps): JSX.Element {
  const { modelMissing, revision } = model;
  const refined = refinable(model);
  const missing = taskless(model);
  return (
    <>
      {error !== undefined && <ErrorNotice message={error} onClose={onErrorClosed} />}
      {modelMissing !== undefined && (
        <ModelNotice
          reason={modelMissing}
          restricted={model.restricted === true}
          urgent={waitsForModel(model)}
          onSetUp={acts.setUp}
        />
      )}
      {refined && <RefineNotice {...refined} blocked={modelMissing} onRefine={acts.refine} />}
      {missing !== undefined && <SyncNotice missing={missing} onSync={acts.syncTasks} />}
      {revision && (
        <RevisionBanner
          revision={revision}
          left={refusedChanges(revision, refused).length}
          onShow={acts.showRevision}
          onDecide={acts.decide}
        />
      )}
    </>
  );
}

export interface RevisionBannerProps {
  readonly revision: ReviewRevision;
  /** How many of its changes are to be left out. */
  readonly left: number;
  readonly onShow: () => void;
  readonly onDecide: (accepted: boolean) => void;
}

export function RevisionBanner({ revision, left, onShow, onDecide }: RevisionBannerProps): JSX.Element {
  const all = revision.changes.length;
  return (
    <section class="notice revision" aria-label="Revision">
      <Icon name="git-pull-request" />
      <p class="notice-words">
        <strong>A revision waits for your decision:</strong> {changesSentence(revision)}.{' '}
        <span class="tone-ok tabular">
          <span class="visually-hidden">{revision.added} lines added</span>
          <span aria-hidden="true">+{revision.added}</span>
        </span>{' '}
        <span class="tone-err tabular">
          <span class="visually-hidden">{revision.removed} lines removed</span>
          <span aria-hidden="true">−{revision.removed}</span>
        </span>{' '}
        <span class="dim">Nothing is written until you accept it.</span>
        {revision.notes?.map((note) => (
          <span key={note} class="notice-note">
            {note}
          </span>
        ))}
      </p>
      <span class="notice-acts">
        <Button act="showRevision" icon="diff" label="Show diff" shortcut="D" onPress={onShow} />
        <Button
          act="refuse"
          icon="close"
          label="Refuse all"
          shortcut="Shift+N"
          onPress={() => onDecide(false)}
        />
        <Button
          act="accept"
          look="filled"
          icon="check"
          label={left > 0 ? `Accept ${all - left} of ${all}` : 'Accept'}
          shortcut="Ctrl+Enter"
          blocked={
            all > 0 && left === all ? 'Every change is left out: refuse the revision instead' : undefined
          }
          onPress={() => onDecide(true)}
        />
      </span>
    </section>
  );
}

export interface RefineNoticeProps {
  /** `1.2 changed, 2.1 new`. */
  readonly changes: string;
  /** `design.md and tasks.md`. */
  readonly followers: string;
  /** Why no model can be asked. */
  readonly blocked: string | undefined;
  readonly onRefine: () => void;
}

export function RefineNotice({ changes, followers, blocked, onRefine }: RefineNoticeProps): JSX.Element {
  return (
    <section class="notice quiet" aria-label="Changed since approval">
      <Icon name="diff-modified" tone="warn" />
      <p class="notice-words">
        <strong>{changes}.</strong> What {followers} {followers.includes(' and ') ? 'say' : 'says'} may no
        longer hold.
      </p>
      <span class="notice-acts">
        <Button
          act="refine"
          look="inline"
          icon="sync"
          label={`Refine ${followers}`}
          title="Only the parts that name what changed are sent and revised. You take or leave each change."
          blocked={blocked}
          onPress={onRefine}
        />
      </span>
    </section>
  );
}

export interface SyncNoticeProps {
  /** `1.2 has no task.` */
  readonly missing: string;
  readonly onSync: () => void;
}

export function SyncNotice({ missing, onSync }: SyncNoticeProps): JSX.Element {
  return (
    <section class="notice quiet" aria-label="Criteria without a task">
      <Icon name="circle-slash" />
      <p class="notice-words">
        <strong>{missing}</strong>
      </p>
      <span class="notice-acts">
        <Button
          act="syncTasks"
          look="inline"
          icon="checklist"
          label="Sync tasks"
          title="Tasks for these criteria come as a revision that you take or leave. Nothing is ticked."
          onPress={onSync}
        />
      </span>
    </section>
  );
}

export interface ModelNoticeProps {
  readonly reason: string;
  readonly restricted: boolean;
  /** Nothing goes on before this is done. */
  readonly urgent: boolean;
  readonly onSetUp: () => void;
}

export function ModelNotice({ reason, restricted, urgent, onSetUp }: ModelNoticeProps): JSX.Element {
  return (
    <section class="notice quiet" aria-label={restricted ? 'Restricted mode' : 'No model'}>
      <Icon name={restricted ? 'workspace-untrusted' : 'plug'} tone="warn" />
      <p class="notice-words">
        <strong>{restricted ? 'This folder is not trusted.' : 'No model is set up.'}</strong> {reason}
      </p>
      <span class="notice-acts">
        <Button
          act="setUp"
          look={urgent ? 'filled' : 'inline'}
          label={restricted ? 'Manage trust' : 'Set up a model…'}
          onPress={onSetUp}
        />
      </span>
    </section>
  );
}

export function ErrorNotice({
  message,
  onClose,
}: {
  readonly message: string;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <section class="notice failed" role="alert">
      <Icon name="error" tone="err" />
      <p class="notice-words">{message}</p>
      <IconButton icon="close" label="Dismiss" onPress={onClose} />
    </section>
  );
}
