import { rewrite } from '../rewrite';
import { sentenceRule } from './sentenceRule';

/** In Japanese or Korean the verb, and SHALL with it, comes at the end. */
const VERB_LAST = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

export const emptyResponse = sentenceRule(
  {
    id: 'empty-response',
    code: 'E114',
    title: 'Nothing after SHALL',
    levels: { recommended: 'error', 'incose-full': 'error' },
    why: 'The response is the requirement. Without one there is nothing to build and nothing to test.',
    bad: 'WHEN a key fits, THE Door SHALL',
    good: 'WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2009',
  },
  ({ text, criterion, sentence: { modal, subject } }) => {
    const response = criterion.clauses.at(-1);
    if (
      modal === undefined ||
      response?.text !== '' ||
      VERB_LAST.test(text.slice(subject?.start, modal.word.start))
    )
      return [];
    const at = { start: modal.whole.end, end: modal.whole.end };
    return [
      {
        message: 'Nothing follows SHALL. Say what the system does.',
        range: modal.whole,
        fixes: [rewrite('Write TBD until it is decided', false, [{ range: at, newText: ' TBD' }])],
      },
    ];
  },
);
