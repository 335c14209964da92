/** What the host says to the composer alone: answers to its questions, refusals, words to go on with. */
import type { OfferedMention, ToAgent } from '../../protocol/agent';

export type Told = { readonly seq: number } & (
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'compose'; readonly text: string }
);

export interface Inbox {
  /** The latest; `seq` tells two apart. */
  readonly told: Told | undefined;
  ask(kind: string, query: string): Promise<readonly OfferedMention[]>;
  /** True when the message was for the composer. */
  hear(message: ToAgent): boolean;
}

/** @param post Asks the host. */
export function createInbox(post: (request: number, kind: string, query: string) => void): Inbox {
  const waiting = new Map<number, (choices: readonly OfferedMention[]) => void>();
  let requests = 0;
  let count = 0;
  let told: Told | undefined;
  return {
    get told() {
      return told;
    },
    ask(kind, query) {
      const request = ++requests;
      post(request, kind, query);
      return new Promise((resolve) => {
        waiting.set(request, resolve);
      });
    },
    hear(message) {
      switch (message.type) {
        case 'choices':
          waiting.get(message.request)?.(message.choices);
          // The host answers the latest question only.
          waiting.clear();
          return true;
        case 'refused':
          told = { type: 'refused', message: message.message, seq: ++count };
          return true;
        case 'compose':
          told = { type: 'compose', text: message.text, seq: ++count };
          return true;
        default:
          return false;
      }
    },
  };
}
