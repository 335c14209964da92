import { rewrite } from '../rewrite';
import { likeKeywords, sentenceRule } from './sentenceRule';

export const weakModal = sentenceRule(
  {
    id: 'weak-modal',
    code: 'E102',
    title: 'Weak modal verb',
    levels: { recommended: 'warning', 'incose-full': 'warning', strict: 'error' },
    why: '“Should” is read as a wish, “will” as a fact, “may” as an option. Only SHALL says without doubt that the system must.',
    bad: 'THE Door should open',
    good: 'THE Door SHALL open',
    source: 'NASA ARM; INCOSE GtWR R1',
  },
  (context) => {
    const { text, sentence } = context;
    const { modal } = sentence;
    if (modal === undefined || !modal.weak) return [];
    const word = text.slice(modal.word.start, modal.word.end);
    // “Should” may be a wish, “will” a fact: only a person knows. “Must” is meant as SHALL.
    const certain = !/^(?:may|can|should|will)$/i.test(word);
    const newText = likeKeywords(context, 'SHALL');
    const advice = !/^(?:may|can)$/i.test(word)
      ? 'Write SHALL.'
      : 'Write SHALL, or WHERE <feature> … SHALL if it is optional.';
    return [
      {
        message: `“${word}” leaves open whether this is required. ${advice}`,
        range: modal.word,
        fixes: [rewrite(`Replace by ${newText}`, certain, [{ range: modal.word, newText }])],
      },
    ];
  },
);
