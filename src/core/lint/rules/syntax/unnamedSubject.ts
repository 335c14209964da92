import { foldName } from '../../foldName';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { likeKeywords, sentenceRule } from './sentenceRule';

/** One or two small words; “Files SHALL” needs no article. */
const BARE = /^(?:[a-z]+ )?[a-z]*[a-rt-z]$/;
/** Begins with a pronoun, or with an article of another language. */
const DETERMINED =
  /^(?:it|there|they|he|she|we|you|this|that|these|those|its|their|both|either|any|some|one|o|os|um|uma|el|los|la|las|una?|le|les|une|il|lo|gli|i|der|die|das|eine?|de|het|een)\b/;

/** What goes on, and no thing: “preloading SHALL”, “collision detection SHALL” ask for no article. */
const ACTIVITY = /(?:ing|(?:[ai]|ec|uc)tion|sion|ance|ence|ity|sal)$/;
/** Things that end like it. */
const THINGS: ReadonlySet<string> = new Set(
  (
    'application notification station section transaction function collection connection publication location ' +
    'organization organisation annotation configuration destination definition position condition partition ' +
    'session version extension permission dimension expression submission instance sequence reference audience ' +
    'sentence entity utility facility identity city activity priority community university thing string ring ' +
    'building setting listing mapping meeting heading drawing'
  ).split(' '),
);

export const unnamedSubject = sentenceRule(
  {
    id: 'unnamed-subject',
    code: 'E104',
    title: 'System without an article, or not written as in the glossary',
    levels: { recommended: 'hint', 'incose-full': 'hint' },
    why: '“THE <System>” marks the name of the system. Written the same way everywhere it can be found, renamed and checked.',
    bad: 'system SHALL open',
    good: 'THE system SHALL open',
    source: 'EARS 2016; INCOSE GtWR R5',
  },
  (context) => {
    const { text, sentence } = context;
    const { subject } = sentence;
    if (subject === undefined) return [];
    const name = text.slice(subject.name.start, subject.name.end);
    const term = otherwiseWritten(context, name);
    if (term !== undefined) {
      return [
        {
          message: `The glossary writes this “${term}”.`,
          range: subject.name,
          fixes: [rewrite(`Write ${term}`, true, [{ range: subject.name, newText: term }])],
        },
      ];
    }
    if (subject.article.start < subject.article.end || !wantsArticle(name)) return [];
    const article = likeKeywords(context, 'THE');
    const at = { start: subject.name.start, end: subject.name.start };
    return [
      {
        message: `“${name}” has no article. Write “${article} ${name}”, or the name of a system of the glossary.`,
        range: subject.name,
        fixes: [rewrite(`Insert ${article}`, false, [{ range: at, newText: `${article} ` }])],
      },
    ];
  },
);

export function wantsArticle(name: string): boolean {
  if (!BARE.test(name) || DETERMINED.test(name)) return false;
  return !ACTIVITY.test(name) || THINGS.has(name.split(' ').at(-1) ?? '');
}

/** The glossary's way to write a name, where this one differs by case, blanks or underscores only. */
function otherwiseWritten({ document }: CriterionContext, name: string): string | undefined {
  const { glossary } = document;
  // “The system” is what everybody writes, whatever the glossary calls it.
  if (
    glossary.length === 0 ||
    /^(?:system|SYSTEM)$/.test(name) ||
    glossary.some((term) => term.name === name)
  )
    return undefined;
  const folded = foldName(name);
  const term = glossary.find((each) => foldName(each.name) === folded)?.name;
  // A plural is no other spelling.
  return term !== undefined && sameLength(term, name) ? term : undefined;
}

function sameLength(a: string, b: string): boolean {
  return a.replace(/[\s_-]/g, '').length === b.replace(/[\s_-]/g, '').length;
}
