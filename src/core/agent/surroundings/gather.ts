/** All areas' parts of a session's surroundings as one. */
import type { Logger } from '../../ports';
import { errorMessage } from '../../util/errorMessage';
import type { Attachment } from '../turn/attachments';
import type { Occasion, Surround, Surroundings, TurnEvents } from './model';

export const NOTHING_AROUND: Surroundings = { advice: [], tools: [], events: [] };

/** In the order of the areas. Rejects never: an area that fails is left out, and the log says so. */
export async function gather(
  areas: readonly Surround[],
  occasion: Occasion,
  log: Pick<Logger, 'error'>,
): Promise<Surroundings> {
  const parts = await Promise.all(
    areas.map((area) =>
      area(occasion).catch((error): Partial<Surroundings> => {
        log.error(`A part of what stands around a session is left out: ${errorMessage(error)}`, error);
        return {};
      }),
    ),
  );
  return {
    advice: parts.flatMap(({ advice = [] }) => advice).filter((part) => part.trim() !== ''),
    tools: parts.flatMap(({ tools = [] }) => tools),
    events: parts.flatMap(({ events = [] }) => events),
  };
}

/** The events of all areas as those of one: the first refusal counts, what is added is added in order. */
export function together(all: readonly TurnEvents[]): Required<TurnEvents> {
  return {
    async begun(signal, prompt) {
      const added: Attachment[] = [];
      for (const each of all) added.push(...((await each.begun?.(signal, prompt)) ?? []));
      return added;
    },
    async said(text, signal) {
      const added: Attachment[] = [];
      for (const each of all) {
        const answer = (await each.said?.(text, signal)) ?? [];
        if ('refused' in answer) return answer;
        added.push(...answer);
      }
      return added;
    },
    async before(call, signal) {
      for (const each of all) {
        const why = await each.before?.(call, signal);
        if (why !== undefined) return why;
      }
      return undefined;
    },
    async after(call, outcome, signal) {
      const added: string[] = [];
      for (const each of all) {
        const more = await each.after?.(call, outcome, signal);
        if (more) added.push(more);
      }
      return added.length > 0 ? added.join('\n\n') : undefined;
    },
    async stopping(end, signal) {
      for (const each of all) {
        const more = await each.stopping?.(end, signal);
        if (more !== undefined) return more;
      }
      return undefined;
    },
  };
}
