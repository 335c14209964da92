/** What is asked at a terminal, in words, and what the typed answer means. */
import { createTwoFilesPatch } from 'diff';
import {
  type Choice,
  editsOf,
  type FileEdit,
  type PermissionAnswer,
  type PermissionQuestion,
  type RememberedAnswer,
} from '../core/agent/session/events';
import type { ToolItem } from '../core/agent/session/sessionState';
import type { AbortSignal } from '../core/util/abort';
import { nothingHidden } from './printable';
import type { Prompt } from './prompt';

interface Answer<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

/** Undefined: none of them. */
export async function choose<Id extends string>(
  prompt: Prompt,
  title: string,
  detail: string,
  answers: readonly Answer<Id>[],
  signal?: AbortSignal,
): Promise<Id | undefined> {
  prompt.say(`? ${nothingHidden(title)}`);
  prompt.say(indented(detail));
  for (const [index, { label }] of answers.entries()) prompt.say(`  ${index + 1}  ${nothingHidden(label)}`);
  const number = await numberOf(prompt, answers.length, 'none of them', signal);
  return number === undefined ? undefined : answers[number - 1]?.id;
}

/** What the model wants to know: a number of its options, or any words. Undefined: nobody answers. */
export async function answerChoice(
  prompt: Prompt,
  { question, options }: Choice,
  signal?: AbortSignal,
): Promise<string | undefined> {
  prompt.say('? The agent asks');
  prompt.say(indented(question));
  for (const [index, option] of options.entries()) prompt.say(`  ${index + 1}  ${nothingHidden(option)}`);
  const how = options.length === 0 ? 'Your answer' : 'A number, or your answer in words';
  for (;;) {
    const said = await prompt.ask(`  ${how}: `, signal);
    if (said === undefined) return undefined;
    const option = /^\d+$/.test(said) ? options[Number(said) - 1] : undefined;
    if (option !== undefined || said !== '') return option ?? said;
  }
}

const TITLES = {
  run: 'Allow this command?',
  write: 'Allow this change?',
  fetch: 'Allow reading this web page?',
  mcp: 'Allow this call of a server’s tool?',
  subagent: 'Allow this sub-agent?',
} as const;

const ONCE = { id: 'once', label: 'Allow once' } as const;
const REMEMBERED = [
  { id: 'session', label: 'Allow what the pattern matches, until this session ends' },
  { id: 'workspace', label: 'Allow it in this workspace, for you' },
  { id: 'always', label: 'Allow it in every workspace of yours' },
] as const;

/** Exactly what would happen, and the word that lets it. Enter alone, or no answer, denies. */
export async function answerPermission(
  prompt: Prompt,
  { question, edit, refusal }: Pick<ToolItem, 'question' | 'edit' | 'refusal'>,
  signal?: AbortSignal,
): Promise<PermissionAnswer> {
  if (!question) return 'deny';
  const { needs = [], onceOnly } = question;
  const canRemember = onceOnly === undefined && needs.length > 0;
  if (refusal) prompt.say(`  ! ${nothingHidden(refusal.why)}`);
  prompt.say(`? ${TITLES[question.capability]}`);
  prompt.say(indented(question.subject));
  for (const each of editsOf(edit)) prompt.say(indented(previewOf(each)));
  for (const fact of factsOf(question, canRemember)) prompt.say(`  ${fact}`);
  const answers = canRemember ? [ONCE, ...REMEMBERED] : [ONCE];
  for (const [index, { label }] of answers.entries()) prompt.say(`  ${index + 1}  ${label}`);
  const number = await numberOf(prompt, answers.length, 'deny', signal);
  const allow = number === undefined ? undefined : answers[number - 1]?.id;
  if (allow === undefined) return 'deny';
  return allow === 'once' ? allow : remember(prompt, allow, question, signal);
}

function factsOf({ where, why, onceOnly, needs = [] }: PermissionQuestion, canRemember: boolean): string[] {
  const facts = [`Where    ${nothingHidden(where)}`, `Why      ${nothingHidden(why)}`];
  if (onceOnly !== undefined) facts.push(`Rule     ${nothingHidden(onceOnly)}`);
  if (canRemember)
    facts.push(
      ...needs.map(({ capability, pattern }) => `Pattern  ${capability}: ${nothingHidden(pattern)}`),
    );
  return facts;
}

/** The patterns as they are proposed, or as the person writes them. */
async function remember(
  prompt: Prompt,
  allow: RememberedAnswer['allow'],
  { needs = [] }: PermissionQuestion,
  signal: AbortSignal | undefined,
): Promise<PermissionAnswer> {
  const patterns: string[] = [];
  for (const { text, pattern } of needs) {
    prompt.say(`  For ${nothingHidden(text)}`);
    const said = await prompt.ask(`  Another pattern, or Enter for ${nothingHidden(pattern)}: `, signal);
    if (said === undefined) return 'deny';
    patterns.push(said || pattern);
  }
  return { allow, patterns };
}

/** Asks until it is a number from 1 to `most`; undefined for Enter alone, and when nobody answers. */
async function numberOf(
  prompt: Prompt,
  most: number,
  enter: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const numbers = most === 1 ? '1' : `1 to ${most}`;
  for (;;) {
    const said = await prompt.ask(`  ${numbers}, or Enter: ${enter}. `, signal);
    if (said === undefined || said === '') return undefined;
    if (/^\d+$/.test(said) && Number(said) >= 1 && Number(said) <= most) return Number(said);
    prompt.say(`  “${nothingHidden(said)}” is not one of them.`);
  }
}

/** All of it: what is agreed to must have been shown. */
function previewOf({ path, from, before, after }: FileEdit): string {
  if (from !== undefined) return `Moved from ${from} to ${path}`;
  if (after === undefined) return `Deletes ${path}`;
  const patch = createTwoFilesPatch(path, path, before ?? '', after, undefined, undefined, { context: 2 });
  // Without the names above the first piece.
  const pieces = patch.slice(patch.indexOf('\n@@') + 1).trimEnd();
  return `${before === undefined ? 'New file' : 'Changes'} ${path}\n${pieces}`;
}

function indented(text: string): string {
  return `    ${nothingHidden(text).replace(/\n/g, '\n    ')}`;
}
