/** The log of a session, anchored to its end. */
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { AgentModel, HelperSummary } from '../../../protocol/agent';
import { useEndAnchor } from '../../shared/anchor';
import { Button } from '../../shared/button';
import { plural } from '../../shared/format';
import { Spinner } from '../../shared/icon';
import { memo } from '../../shared/memo';
import { reuse } from '../../shared/reuse';
import type { AgentActs } from '../agentActs';
import { ChoiceBox } from '../question/choiceBox';
import { Question } from '../question/question';
import { CallGroup } from './callGroup';
import { EditCard } from './editCard';
import { editsOf } from './edits';
import { EndState } from './endState';
import { type Entry, entriesOf } from './entries';
import { HelperRow } from './helperRow';
import type { Live } from './live';
import { DocumentMessage, Message, Note, Prompt } from './messages';
import { CheckCard, RunCard } from './runCard';

export interface LogProps {
  readonly session: NonNullable<AgentModel['session']>;
  readonly live: Live;
  readonly blocked: string | undefined;
  /** Messages before which a checkpoint was taken. */
  readonly restorable: readonly number[];
  readonly helpers: readonly HelperSummary[];
  readonly acts: AgentActs;
}

export function Log({ session, live, blocked, restorable, helpers, acts }: LogProps): JSX.Element {
  const anchor = useEndAnchor();
  const last = useRef<readonly Entry[]>([]);
  // Entries that did not change stay the same objects, so that nothing is drawn again for them.
  const entries = useMemo(() => reuse(last.current, entriesOf(session, live)), [session, live]);
  last.current = entries;
  const [whole, setWhole] = useState(false);
  const hidden = whole ? 0 : hiddenEntries(entries.length);
  const document = session.started.document ?? 'the answer';
  return (
    <div class="log-frame">
      <div class="log scroller" ref={anchor.scroller} tabIndex={-1}>
        <div class="log-content" ref={anchor.content} role="log" aria-label="What happened" aria-live="off">
          {hidden > 0 && (
            <button type="button" class="earlier small" onClick={() => setWhole(true)}>
              Show {plural(hidden, 'earlier entry', 'earlier entries')}
            </button>
          )}
          {entries.slice(hidden).map((entry) => (
            <EntryView
              key={entry.key}
              entry={entry}
              output={outputOf(entry, live)}
              document={document}
              helper={helperOf(entry, helpers)}
              restorable={entry.type === 'prompt' && restorable.includes(entry.seq ?? -1)}
              acts={acts}
            />
          ))}
          <EndState
            session={session}
            streams={live.text !== '' || live.calls.length > 0}
            blocked={blocked}
            acts={acts}
          />
        </div>
      </div>
      {!anchor.atEnd && (
        <div class="to-end">
          <Button act="toEnd" icon="arrow-down" label="Jump to now" onPress={anchor.toEnd} />
        </div>
      )}
    </div>
  );
}

const MOST = 160;
const STEP = 40;

/** Entries at the beginning that are left out of a very long log; in steps, so that it does not creep. */
function hiddenEntries(count: number): number {
  return count <= MOST ? 0 : Math.ceil((count - MOST) / STEP) * STEP;
}

interface EntryViewProps {
  readonly entry: Entry;
  /** What a running command printed so far. */
  readonly output: string | undefined;
  readonly document: string;
  readonly helper: HelperSummary | undefined;
  /** A checkpoint was taken before it. */
  readonly restorable: boolean;
  readonly acts: AgentActs;
}

function helperOf(entry: Entry, helpers: readonly HelperSummary[]): HelperSummary | undefined {
  return entry.type === 'helper' ? helpers.find(({ call }) => call === entry.call.call) : undefined;
}

function outputOf(entry: Entry, live: Live): string | undefined {
  if (entry.type === 'check') return live.outputs.check;
  return entry.type === 'run' ? live.outputs[entry.call.call] : undefined;
}

const EntryView = memo(
  ({ entry, output, document, helper, restorable, acts }: EntryViewProps): JSX.Element | null => {
    switch (entry.type) {
      case 'prompt':
        return (
          <Prompt
            text={entry.text}
            given={entry.given}
            attachments={entry.attachments}
            seq={entry.seq}
            restorable={restorable}
            acts={acts}
          />
        );
      case 'message':
        return entry.document ? (
          <DocumentMessage name={document} text={entry.text} live={entry.live} />
        ) : (
          <Message text={entry.text} live={entry.live} />
        );
      case 'note':
        return <Note level={entry.level} text={entry.text} />;
      case 'group':
        return <CallGroup kind={entry.kind} calls={entry.calls} acts={acts} />;
      case 'edit':
        return (
          <>
            {editsOf(entry.call.edit).map((edit) => (
              <EditCard key={edit.path} call={entry.call} edit={edit} acts={acts} />
            ))}
          </>
        );
      case 'run':
        return <RunCard call={entry.call} live={output} acts={acts} />;
      case 'helper':
        return <HelperRow call={entry.call} helper={helper} acts={acts} />;
      case 'question':
        return entry.call.choice ? (
          <ChoiceBox call={entry.call} choice={entry.call.choice} acts={acts} />
        ) : (
          <Question call={entry.call} nth={entry.nth} of={entry.of} acts={acts} />
        );
      case 'check':
        return <CheckCard check={entry.check} live={output} />;
      case 'preparing':
        return (
          <p class="waits small dim">
            <Spinner />
            Preparing {entry.name.replaceAll('_', ' ')}
          </p>
        );
    }
  },
);
