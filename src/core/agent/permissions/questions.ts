/** What a person is told and asked, and which of their answers hold. */
import type { PermissionNeed, PermissionQuestion, Refusal, RememberedAnswer } from '../session/events';
import type { NeedVerdict, Verdict } from './decide';
import type { Need, Scope, ScopedRule } from './model';
import { matchCommand, matchPath } from './patterns';
import { proposePattern } from './proposePattern';
import { isAnyFile } from './reach';

/** The question with what of it no rule allows, and the patterns that would. */
export function askAbout(
  question: PermissionQuestion,
  { needs, onceOnly, effect }: Verdict,
): PermissionQuestion {
  if (effect === 'allow') return question;
  const open = needs.filter((verdict) => verdict.effect === effect && (effect === 'deny' || !verdict.rule));
  const asked = open.filter(({ need }) => !isAnyFile(need)).map(({ need }) => toAsk(need));
  const forbids = needs.find((verdict) => verdict.effect !== 'allow' && verdict.rule);
  const reason = forbids?.rule ? whyNot(question, forbids, forbids.rule) : onceOnly;
  return { ...question, needs: asked, ...(reason === undefined ? {} : { onceOnly: reason }) };
}

/** Of a command also which of its files it is about: a rule may exclude it. */
function whyNot({ capability }: PermissionQuestion, { need, effect }: NeedVerdict, rule: ScopedRule): string {
  const act = need.capability === 'fs_read' ? 'reading' : 'writing';
  if (isAnyFile(need)) {
    const all = rule.exclude.length > 0 ? `all files but ${rule.exclude.join(', ')}` : 'all files';
    const says = `${nameOf(rule)} ${VERBS[rule.effect]} ${act} ${all}`;
    return `${says}, and which this command touches nobody can tell: it is known of cat, head, tail, wc and ls.`;
  }
  const isFile = capability === 'run' && need.capability.startsWith('fs_');
  if (!isFile) return `${nameOf(rule)} ${SAYS[effect]}.`;
  const what = need.text === '' ? 'the workspace folder itself' : need.text;
  return `${nameOf(rule)} ${VERBS[effect]} ${act} ${what}, which this command may name.`;
}

/** With the file that it can be changed in. */
function nameOf({ scope, match, file }: ScopedRule): string {
  const where = file === undefined ? '' : ` in ${file}`;
  return `${WHOSE[scope]} “${match.join(', ')}”${where}`;
}

const WHOSE: Readonly<Record<Scope, string>> = {
  administration: 'An administrator’s rule',
  user: 'Your rule',
  workspace: 'Your rule for this workspace',
  agent: 'A rule of the agent',
  session: 'A rule of this session',
  preset: 'A built-in rule',
};
const VERBS = { deny: 'denies', ask: 'asks before', allow: 'allows' } as const;
const SAYS = { deny: 'denies this', ask: 'asks each time', allow: 'allows this' } as const;

function toAsk(need: Need): PermissionNeed {
  return { capability: need.capability, text: need.text, pattern: proposePattern(need) };
}

/** Why an answer that is to be remembered cannot be: it would not allow even this call. */
export function objection(
  { needs = [], onceOnly }: PermissionQuestion,
  { patterns }: RememberedAnswer,
): Refusal | undefined {
  if (onceOnly !== undefined) return { why: `This can be allowed once only. ${onceOnly}` };
  if (needs.length === 0 || patterns.length !== needs.length)
    return { why: 'It does not say what to remember.' };
  for (const [need, { capability, text }] of needs.entries()) {
    const pattern = patterns[need] ?? '';
    if (pattern.trim() === '') return { need, why: `Write a pattern that matches ${text}.` };
    const isPath = capability === 'fs_read' || capability === 'fs_write';
    const hits = isPath ? matchPath(pattern, text) : matchCommand(pattern, text);
    if (!hits) return { need, why: `“${pattern}” does not match ${text}. Change it, or allow this once.` };
  }
  return undefined;
}
