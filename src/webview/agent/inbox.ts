/** What the host says to the composer alone: answers to its questions, refusals, words to go on with. */
import type { OfferedMention, ToAgent } from '../../protocol/agent';

export type Told = Extract<ToAgent, { readonly type: 'refused' | 'compose' }>;

export interface Inbox {
  /** The next that nobody has taken yet: the composer may not be there when it is said. */
  take(): Told | undefined;
  ask(kind: string, query: string): Promise<readonly OfferedMention[]>;
  /** True when the message was for the composer. */
  hear(message: ToAgent): boolean;
}

/** @param post Asks the host. */
export function createInbox(post: (request: number, kind: string, query: string) => void): Inbox {
  const waiting = new Map<number, (choices: readonly OfferedMention[]) => void>();
  let requests = 0;
  let told: readonly Told[] = [];
  return {
    take() {
      const [next, ...others] = told;
      told = others;
      return next;
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
          // Those before it are never answered. A later one may be under way while this answer comes.
          for (const request of waiting.keys()) if (request <= message.request) waiting.delete(request);
          return true;
        case 'refused':
        case 'compose':
          told = [...told, message];
          return true;
        default:
          return false;
      }
    },
  };
}
