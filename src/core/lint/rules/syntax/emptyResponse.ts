import { trimSentence } from '../../../ears/spans';
import { sentenceRule } from './sentenceRule';

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
  ({ text, sentence: { modal } }) => {
    if (modal === undefined) return [];
    const { start, end } = trimSentence(text, { start: modal.whole.end, end: text.length });
    return start < end
      ? []
      : [{ message: 'Nothing follows SHALL. Say what the system does.', range: modal.whole }];
  },
);
