import { trimSentence, trimSpan } from '../../../ears/spans';
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
  /[가-힣]야\s*(?:합니다|한다|함)|なければな(?:らない|りません)|すること|ものとする|[应應]该?|必须|必須|(?<![\p{L}\p{N}])(?:deb(?:e|en|erá|erán)|dev(?:e|em|erá|erão|ono|ra|ront)|doi(?:t|vent)|muss|müssen|soll|sollen|долж(?:ен|на|но|ны))(?![\p{L}\p{N}])/iu;

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
  return edit !== undefined && staysAsItIs
    ? [rewrite(`Write “${edit.newText}”`, false, [edit])]
    : fromGherkin(context, edit);
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
