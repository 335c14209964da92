import { findGherkin, type Lead } from '../../../ears/leads';
import { trimSentence, trimSpan } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { actorsOf } from './actors';
import { sentenceRule } from './sentenceRule';

export const missingShall = sentenceRule(
  {
    id: 'missing-shall',
    code: 'E101',
    title: 'Criterion without SHALL',
    levels: { recommended: 'warning', 'incose-full': 'warning', strict: 'error' },
    why: 'SHALL is what makes a sentence a requirement. Without it nobody can tell a duty of the system from a remark, an example or a hope.',
    bad: 'THE Door opens',
    good: 'THE Door SHALL open',
    source: 'EARS 2009; INCOSE GtWR R1',
  },
  (context) => {
    const { text, sentence } = context;
    if (text.trim() === '') return [];
    return [
      {
        message:
          'No SHALL: this does not say what the system must do. Write “THE <System> SHALL <response>”.',
        range: trimSentence(text, { start: Math.min(sentence.start, text.length), end: text.length }),
        fixes: [...fromGherkin(context), ...beforeVerb(context)],
      },
    ];
  },
  'noModal',
);

/** `GIVEN g WHEN w THEN t` → `WHILE g, WHEN w, THE System SHALL t`. */
function fromGherkin(context: CriterionContext): readonly Fix[] {
  const { text, sentence } = context;
  const { start, masked } = sentence;
  const leads = findGherkin(masked, { start, end: masked.length });
  const then = leads.at(-1);
  const system = actorsOf(context)[0];
  if (then?.role !== 'then' || leads[0]?.keyword.start !== start || system === undefined) return [];
  const words = (lead: Lead, end: number) => {
    const { start: from, end: to } = trimSpan(text, { start: lead.keyword.end, end });
    return text.slice(from, to).replace(/\s+(?:and|,)$/i, '');
  };
  const conditions = leads.slice(0, -1).map((lead, index) => {
    const end = leads[index + 1]?.keyword.start ?? text.length;
    return `${lead.role === 'while' ? 'WHILE' : 'WHEN'} ${words(lead, end)}, `;
  });
  if (new Set(leads.map(({ role }) => role)).size < leads.length) return [];
  const response = words(then, text.length);
  // “THEN the system shows it” names its system: then SHALL before the verb is all that is missing.
  if (response === '' || beforeVerb(context).length > 0) return [];
  const newText = `${conditions.join('')}THE ${system} SHALL ${response}`;
  return [
    rewrite('Rewrite as WHILE …, WHEN …, SHALL', false, [{ range: { start, end: text.length }, newText }]),
  ];
}

/** `the system displays it` → `the system SHALL display it`, where the system is one that is known here. */
function beforeVerb(context: CriterionContext): readonly Fix[] {
  const { text, sentence } = context;
  for (const name of ['system', ...actorsOf(context)]) {
    const pattern = new RegExp(
      String.raw`(?<=^|[,，]\s*|\bthen\s+)(?:the\s+)?${escaped(name)}\s+(?!is\b|are\b|was\b|were\b|has\b|have\b|and\b|or\b)([a-z]+)(?=\s|$)`,
      'i',
    );
    const match = pattern.exec(text.slice(sentence.start));
    const verb = match?.[1];
    if (match === null || verb === undefined) continue;
    const end = sentence.start + match.index + match[0].length;
    const range = { start: end - verb.length, end };
    const newText = `SHALL ${infinitive(verb)}`;
    return [rewrite(`Write “${newText}”`, false, [{ range, newText }])];
  }
  return [];
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** `displays` → `display`, `copies` → `copy`, `pushes` → `push`. */
function infinitive(verb: string): string {
  if (/[^aeiou]ies$/.test(verb)) return `${verb.slice(0, -3)}y`;
  if (/(?:s|sh|ch|x|z|o)es$/.test(verb)) return verb.slice(0, -2);
  return /[^s]s$/.test(verb) ? verb.slice(0, -1) : verb;
}
