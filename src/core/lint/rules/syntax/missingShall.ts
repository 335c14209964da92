import { trimSentence, trimSpan } from '../../../ears/spans';
import { wordCount } from '../../../ears/subject';
import type { Fix } from '../../../spec/model';
import type { TextEdit } from '../../../util/textRange';
import type { CriterionContext } from '../../rule';
import { rewrite } from '../rewrite';
import { actorsOf } from './actors';
import { sentenceRule } from './sentenceRule';
import { wantedForm } from './whenThen';
import { withShall } from './withShall';

/** What other languages say for SHALL. */
const OTHER_SHALL =
  /[가-힣]야\s*(?:합니다|한다|함)|(?:なければ|ては)な(?:らない|りません)|べきで(?:ある|す)|すること|ものとする|[应應]该?|必须|必須|(?<![\p{L}\p{N}])(?:deb(?:e|en|erá|erán)|dev(?:e|em|erá|erão|ono|ra|ront)|doi(?:t|vent)|muss|müssen|soll|sollen|долж(?:ен|на|но|ны))(?![\p{L}\p{N}])/iu;

/** A condition that is told with its keyword, up to what happens then. */
const CONDITION = /^(?:when|while|where)\s[^,;.]+,\s*/i;
const ARTICLE = /^(?:the|an?|each|every|all)\b/i;
/** A fact has a subject, a verb, and no condition but the one before it. */
const FEWEST = 3;
const OTHER_CLAUSE = /\b(?:when|while|where|if|unless|until|then|given|for\s+(?:all|any|each|every))\b/i;

export const missingShall = sentenceRule(
  {
    id: 'missing-shall',
    code: 'E101',
    title: 'Criterion without SHALL',
    levels: { recommended: 'warning', 'incose-full': 'warning' },
    why: 'SHALL is what makes a sentence a requirement. Without it nobody can tell a duty of the system from a remark, an example or a hope.',
    bad: 'THE Door opens',
    good: 'THE Door SHALL open',
    source: 'EARS 2009; INCOSE GtWR R1',
  },
  (context) => {
    const { text, sentence } = context;
    if (sentence.masked.trim() === '' || OTHER_SHALL.test(sentence.masked)) return [];
    return [
      {
        message:
          'No SHALL: this does not say what the system must do. Write “THE <System> SHALL <response>”.',
        range: trimSentence(text, { start: Math.min(sentence.start, text.length), end: text.length }),
        fixes: mended(context),
      },
    ];
  },
  'noModal',
);

function mended(context: CriterionContext): readonly Fix[] {
  const { leads, headStart } = context.sentence;
  const then = leads.at(-1);
  const edit = verbEdit(context, then?.keyword.end ?? headStart);
  const staysAsItIs = then === undefined || (leads[0]?.role === 'when' && mayFollowWhen(context));
  if (edit !== undefined && staysAsItIs) return [rewrite(`Write “${edit.newText}”`, false, [edit])];
  return then === undefined ? asDuty(context) : fromGherkin(context, edit);
}

/** `The door opens` → `THE System SHALL ensure that the door opens`: a sentence that tells a fact, or a condition and a fact. */
function asDuty(context: CriterionContext): readonly Fix[] {
  const { text, sentence } = context;
  const { start } = trimSpan(text, { start: sentence.headStart, end: text.length });
  const condition = CONDITION.exec(sentence.masked.slice(start))?.[0] ?? '';
  const at = start + condition.length;
  const said = sentence.masked.slice(at);
  if (!/^\p{L}/u.test(said) || wordCount(said) < FEWEST || OTHER_CLAUSE.test(said)) return [];
  const article = ARTICLE.exec(said)?.[0];
  const system = actorsOf(context)[0] ?? 'System';
  // What tells no fact of its own is what the system does something about.
  if (article === undefined) {
    const about = { range: { start: at, end: at }, newText: `THE ${system} SHALL TBD: ` };
    return condition === '' ? [rewrite(`Write “THE ${system} SHALL TBD: …”`, false, [about])] : [];
  }
  const head = `THE ${system} SHALL`;
  const duty = /^[a-z]|^[A-Z][a-z]/.test(condition) ? `the ${system} shall` : head;
  const edit = {
    range: { start: at, end: at + article.length },
    newText: `${duty} ensure that ${article.toLowerCase()}`,
  };
  return [rewrite(`Write “${duty} ensure that …”`, false, [edit])];
}

/** `WHEN … THEN the system SHALL` is as good as with a comma, but not in each dialect. */
function mayFollowWhen(context: CriterionContext): boolean {
  return context.dialect === 'kiro' || wantedForm(context) === 'then';
}

/** SHALL before the verb of a system that is known here: `the system displays` → `the system SHALL display`. */
function verbEdit(context: CriterionContext, begin: number): TextEdit | undefined {
  const { text, sentence } = context;
  const comma = sentence.masked.indexOf(',', begin);
  for (const start of comma === -1 ? [begin] : [begin, comma + 1]) {
    for (const name of ['system', ...actorsOf(context)]) {
      const edit = withShall(text, start, name);
      if (edit !== undefined) return edit;
    }
  }
  return undefined;
}

/** `GIVEN g WHEN w THEN t` → `WHILE g, WHEN w, THE System SHALL t`. */
function fromGherkin(context: CriterionContext, edit: TextEdit | undefined): readonly Fix[] {
  const { text, sentence } = context;
  const { leads } = sentence;
  const [first] = leads;
  const then = leads.at(-1);
  const system = actorsOf(context)[0] ?? 'System';
  if (then?.role !== 'then' || first?.keyword.start !== sentence.headStart) return [];
  if (new Set(leads.map(({ role }) => role)).size < leads.length) return [];
  const conditions = leads.slice(0, -1).map((lead, index): TextEdit => {
    const next = leads[index + 1]?.keyword ?? then.keyword;
    const words = trimSpan(text, { start: lead.keyword.end, end: next.start });
    const said = withoutAnd(text.slice(words.start, words.end));
    const newText = `${lead.role === 'while' ? 'WHILE' : 'WHEN'} ${said}, `;
    return { range: { start: lead.keyword.start, end: next.start }, newText };
  });
  const { start } = trimSpan(text, { start: then.keyword.end, end: text.length });
  const range = { start: then.keyword.start, end: start };
  const title = 'Rewrite as WHILE …, WHEN …, SHALL';
  if (edit !== undefined) return [rewrite(title, false, [...conditions, { range, newText: '' }, edit])];
  if (start === text.length) return [];
  // “THEN open the door” goes on with its verb, “THEN the door opens” names something else.
  const goesOn = withShall(text, start, '');
  const newText = `THE ${system} ${goesOn === undefined ? 'SHALL ensure that ' : ''}`;
  return [
    rewrite(title, false, [...conditions, { range, newText }, ...(goesOn === undefined ? [] : [goesOn])]),
  ];
}

/** `a, and` → `a`: what comes next is a clause of its own. */
function withoutAnd(words: string): string {
  return /\band$/i.test(words)
    ? words.slice(0, trimSpan(words, { start: 0, end: words.length - 3 }).end)
    : words;
}
