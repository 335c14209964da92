import { insertThen } from '../../../ears/insertThen';
import { trimSpan } from '../../../ears/spans';
import type { RequirementsDocument } from '../../../spec/model';
import type { CriterionContext, Found } from '../../rule';
import { rewrite } from '../rewrite';
import { sentenceRule } from './sentenceRule';

export const whenThen = sentenceRule(
  {
    id: 'when-then',
    code: 'K201',
    title: 'WHEN … THEN',
    levels: { recommended: 'off', 'incose-full': 'off', strict: 'warning', auto: 'hint' },
    why: 'Older documents of Kiro write WHEN … THEN the system SHALL; EARS keeps THEN for IF. Both are understood. In the strict dialect THEN is left out, in `auto` a file should keep to one of the two.',
    bad: 'WHEN a key fits THEN the Door SHALL open',
    good: 'WHEN a key fits, the Door SHALL open',
    source: 'EARS 2016',
  },
  (context) => {
    const form = formOf(context);
    if (form === undefined || form === wantedForm(context)) return [];
    return form === 'then' ? withoutThen(context) : withThen(context);
  },
);

type Form = 'then' | 'comma';

function formOf({ sentence: { leads } }: Pick<CriterionContext, 'sentence'>): Form | undefined {
  if (!leads.some(({ role }) => role === 'when') || leads.some(({ role }) => role === 'if')) return undefined;
  return leads.at(-1)?.role === 'then' ? 'then' : 'comma';
}

/** What may stand between WHEN and the system; in Kiro's dialect both may, and nobody asks. */
export function wantedForm({ dialect, document }: CriterionContext): Form {
  return dialect === 'auto' ? majorityOf(document) : 'comma';
}

const majorities = new WeakMap<RequirementsDocument, Form>();

function majorityOf(document: RequirementsDocument): Form {
  let majority = majorities.get(document);
  if (majority === undefined) {
    const forms = document.requirements.flatMap(({ criteria }) => criteria.map(formOf));
    const count = (form: Form) => forms.filter((other) => other === form).length;
    majority = count('then') > count('comma') ? 'then' : 'comma';
    majorities.set(document, majority);
  }
  return majority;
}

function withoutThen({ text, sentence: { leads }, dialect }: CriterionContext): readonly Found[] {
  const then = leads.at(-1);
  if (then === undefined) return [];
  const before = trimSpan(text, { start: 0, end: then.keyword.start }).end;
  const comma = /[,，;；]/.test(text.slice(before, then.keyword.start)) ? '' : ',';
  const start = comma === '' ? then.keyword.start : before;
  const after = /^[\s,，]*/.exec(text.slice(then.keyword.end))?.[0].length ?? 0;
  const removal = { range: { start, end: then.keyword.end + after }, newText: comma === '' ? '' : ', ' };
  const message =
    dialect === 'auto'
      ? 'Most of this file writes WHEN …, without THEN. Write it alike.'
      : 'THEN belongs to IF. After WHEN a comma is enough.';
  return [{ message, range: then.keyword, fixes: [rewrite('Write a comma for THEN', true, [removal])] }];
}

function withThen({ text, sentence: { leads, subject } }: CriterionContext): readonly Found[] {
  const when = leads.find(({ role }) => role === 'when');
  if (when === undefined || subject === undefined) return [];
  const then = text.slice(when.keyword.start, when.keyword.end) === 'WHEN' ? 'THEN' : 'then';
  return [
    {
      message: 'Most of this file writes WHEN … THEN. Write it alike.',
      range: when.keyword,
      fixes: [rewrite(`Insert ${then}`, true, [insertThen(text, subject.start, then)])],
    },
  ];
}
