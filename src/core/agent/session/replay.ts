/** A session's log as the turn loop goes on from it: at the last step that was complete. */
import { createDialogue, type Dialogue } from './dialogue';
import type { FileEdit, SessionEvent } from './events';

/** A call that was started and has no result: the process died meanwhile. */
export interface BegunCall {
  /** False: it still waited for the person, or was refused. */
  readonly mayHaveRun: boolean;
  /** What it was about to write. */
  readonly edit: FileEdit | undefined;
}

export type Answered = Extract<SessionEvent, { type: 'turn.ended' }>;

export interface Replay {
  readonly dialogue: Dialogue;
  /** The answer that ended the model's work, when nothing was said since. */
  readonly last: Answered | undefined;
  /** By the id of the call; only those of the last answer. */
  readonly begun: ReadonlyMap<string, BegunCall>;
  /** Requests so far. */
  readonly turns: number;
}

const NOT_RUN: BegunCall = { mayHaveRun: false, edit: undefined };

export function replay(events: readonly SessionEvent[]): Replay {
  const dialogue = createDialogue();
  const begun = new Map<string, BegunCall>();
  let last: Answered | undefined;
  let turns = 0;

  function note(call: string, change: Partial<BegunCall>): void {
    begun.set(call, { ...(begun.get(call) ?? NOT_RUN), ...change });
  }

  for (const event of events) {
    switch (event.type) {
      case 'user':
        dialogue.say(event.text, event.attachments);
        last = undefined;
        break;
      // Not a new task: what was refused is known when there is one.
      case 'review.settled':
        if (event.told !== '') dialogue.say(event.told);
        break;
      case 'turn.started':
        turns = event.turn;
        break;
      case 'turn.ended':
        dialogue.answer(event);
        begun.clear();
        if (event.stop === 'end_turn') last = event;
        if (event.stop === 'tool_use') last = undefined;
        break;
      case 'context.compacted':
        dialogue.leaveOut(event.messages);
        break;
      case 'tool.started':
        begun.set(event.call, { mayHaveRun: true, edit: undefined });
        break;
      case 'tool.prepared':
        note(event.call, { edit: event.edit });
        break;
      case 'permission.asked':
        note(event.call, { mayHaveRun: false, edit: event.edit });
        break;
      case 'permission.answered':
        note(event.call, { mayHaveRun: event.answer !== 'deny' });
        break;
      case 'tool.ended':
        dialogue.result(event.call, event.ok, event.output);
        begun.delete(event.call);
        break;
    }
  }
  return { dialogue, last, begun, turns };
}
