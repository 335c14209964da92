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
  readonly onSend: () => void;
  readonly onResolve: (threads: readonly string[]) => void;
}

export function StagedBar({ model, onSend, onResolve }: StagedBarProps): JSX.Element | null {
  const staged = stagedThreads(model);
  const answered = answeredThreads(model);
  if (staged.length === 0 && answered.length === 0) return null;
  const [count, word] = staged.length > 0 ? [staged.length, 'staged'] : [answered.length, 'sent'];
  const also = staged.length > 0 ? objectionsSentence(model) : undefined;
  const places = [...new Set((staged.length > 0 ? staged : answered).map(({ part }) => part))];
  return (
    <section class="staged" aria-label="Comments">
      <Icon name={staged.length > 0 ? 'comment-draft' : 'comment'} small />
      <p class="staged-words" role="status">
        <strong>
          {plural(count, 'comment')} {word}
        </strong>{' '}
        on {places.slice(0, 5).join(', ')}
        {places.length > 5 && ` and ${places.length - 5} more`}
        {also !== undefined && <span class="dim">. {also}</span>}
      </p>
      {staged.length > 0 ? (
        <Button
          act="sendComments"
          look={sendBlock(model) === undefined ? 'filled' : undefined}
          label={count === 1 ? 'Send as revision request' : `Send ${count} as one revision request`}
          shortcut="Ctrl+Shift+Enter"
          blocked={sendBlock(model)}
          onPress={onSend}
        />
      ) : (
        <Button
          act="resolveAll"
          icon="pass"
          label={count === 1 ? 'Resolve it' : `Resolve all ${count}`}
          onPress={() => onResolve(answered.map(({ id }) => id))}
        />
      )}
    </section>
  );
}
