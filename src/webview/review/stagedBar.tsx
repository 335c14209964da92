/** The comments that wait to be sent, as one request; or those that were sent and wait to be resolved. */
import type { JSX } from 'preact';
import type { ReviewModel } from '../../protocol/review';
import { Button } from '../shared/button';
import { plural } from '../shared/format';
import { Icon } from '../shared/icon';
import { objectionsSentence } from './refusals';
import { answeredThreads, sendBlock, stagedThreads } from './staged';

export interface StagedBarProps {
  readonly model: ReviewModel;
  /** Something else is the next act. */
  readonly quiet: boolean;
  readonly onSend: () => void;
  readonly onResolve: (threads: readonly string[]) => void;
}

export function StagedBar({ model, quiet, onSend, onResolve }: StagedBarProps): JSX.Element | null {
  const staged = stagedThreads(model);
  const isStaged = staged.length > 0;
  const shown = isStaged ? staged : answeredThreads(model);
  if (shown.length === 0) return null;
  const count = shown.length;
  const blocked = sendBlock(model);
  const also = isStaged ? objectionsSentence(model) : undefined;
  const places = [...new Set(shown.map(({ part }) => part))];
  return (
    <section class="staged" aria-label="Comments">
      <Icon name={isStaged ? 'comment-draft' : 'comment'} small />
      <p class="staged-words" role="status">
        <strong>
          {plural(count, 'comment')} {isStaged ? 'staged' : 'sent'}
        </strong>{' '}
        on {places.slice(0, 5).join(', ')}
        {places.length > 5 && ` and ${places.length - 5} more`}
        {also !== undefined && <span class="dim">. {also}</span>}
      </p>
      {isStaged ? (
        <Button
          act="sendComments"
          look={quiet || blocked !== undefined ? undefined : 'filled'}
          label={count === 1 ? 'Send as revision request' : `Send ${count} as one revision request`}
          shortcut="Ctrl+Shift+Enter"
          blocked={blocked}
          onPress={onSend}
        />
      ) : (
        <Button
          act="resolveAll"
          icon="pass"
          label={count === 1 ? 'Resolve it' : `Resolve all ${count}`}
          onPress={() => onResolve(shown.map(({ id }) => id))}
        />
      )}
    </section>
  );
}
