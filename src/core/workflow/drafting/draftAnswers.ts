/** The forms in which a model's answer gives a document. */

import { WHOLE, wholeAfterAll } from '../prompts/revisePrompt';
import { createDocumentFilter } from './documentFilter';
import type { Answer } from './mending';
import { partsIn, putParts, type Unit } from './revisedParts';

/** Passes the document on as it comes; its end gives it whole. */
export function streamedAnswer(write: (text: string) => Promise<void>): Answer {
  const filter = createDocumentFilter();
  let text = '';
  const pass = async (piece: string) => {
    text += piece;
    await write(piece);
  };
  return {
    feed: (piece) => pass(filter.feed(piece)),
    async end() {
      await pass(filter.end());
      return text.trim() === '' ? undefined : text;
    },
  };
}

export function wholeAnswer(): Answer {
  return streamedAnswer(async () => {});
}

export interface Answers {
  answer(): Answer;
  /** What to say to an answer that holds no document; undefined where there is nothing more to say. */
  insist(): string | undefined;
}

/** Parts that are put into the text; where that fails, the whole document is asked for. */
export function partAnswers(text: string, units: readonly Unit[]): Answers {
  /** Of all answers: one that mends a part need not repeat the others. */
  const given = new Map<string, string>();
  let whole = false;
  return {
    answer() {
      if (whole) return wholeAnswer();
      let answer = '';
      const document = wholeAnswer();
      return {
        async feed(piece) {
          answer += piece;
          await document.feed(piece);
        },
        async end() {
          const parts = answer.includes(WHOLE) ? undefined : partsIn(units, answer);
          // Some models give the whole document all the same.
          if (parts === undefined) return document.end();
          for (const [name, part] of parts) given.set(name, part);
          return putParts(text, units, given);
        },
      };
    },
    insist() {
      if (whole) return undefined;
      whole = true;
      return wholeAfterAll(text);
    },
  };
}
