import { rewrite } from '../rewrite';
import { actorsOf } from './actors';
import { likeKeywords, sentenceRule } from './sentenceRule';

export const missingSystem = sentenceRule(
  {
    id: 'missing-system',
    code: 'E103',
    title: 'No system named',
    levels: { recommended: 'error', 'incose-full': 'error' },
    why: 'A requirement that does not say which system must act belongs to nobody. EARS has exactly one system name in each sentence.',
    bad: 'WHEN a key fits, SHALL open',
    good: 'WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2009',
  },
  (context) => {
    const { text, sentence } = context;
    const { modal, subject } = sentence;
    if (modal === undefined || subject !== undefined) return [];
    const at = modal.word.start;
    const actors = actorsOf(context);
    const article = /\bthe\s+$/i.test(text.slice(0, at)) ? '' : `${likeKeywords(context, 'THE')} `;
    const before = /[\s*]$/.test(text.slice(0, at)) || at === 0 ? '' : ' ';
    return [
      {
        message: 'It is not said which system SHALL do this. Name it before SHALL: “THE <System> SHALL”.',
        range: modal.word,
        fixes: (actors.length > 0 ? actors : ['System']).map((name) =>
          rewrite(`Name ${name}`, false, [
            { range: { start: at, end: at }, newText: `${before}${article}${name} ` },
          ]),
        ),
      },
    ];
  },
);
