/** The questions before a first draft, asked at a terminal. */
import type { Core } from '../core';
import type { AbortSignal } from '../core/util/abort';
import type { Question } from '../core/workflow/beginnings/clarify';
import type { Answered } from '../core/workflow/beginnings/start';
import { nothingHidden } from './printable';
import type { Prompt } from './prompt';
import { choose } from './questions';

export interface Clarify {
  readonly workflow: Pick<Core['workflow'], 'clarify'>;
  readonly prompt: Prompt;
  readonly root: string;
  readonly idea: string;
  readonly signal: AbortSignal;
}

/** The person's answers; undefined where they would rather have no spec: the change is too small for one. */
export async function clarifyAtTerminal(clarify: Clarify): Promise<readonly Answered[] | undefined> {
  const { workflow, prompt, root, idea, signal } = clarify;
  prompt.say('Looking for what is open …');
  const { small, questions } = await (await workflow.clarify(root, idea)).done;
  if (small !== undefined) {
    const anyway = [{ id: 'write', label: 'Write the spec' }] as const;
    const title = 'This change may be too small for a spec.';
    if ((await choose(prompt, title, small, anyway, signal)) === undefined) return undefined;
  }
  return askAll(prompt, questions, signal);
}

/** When the input is over, what was not asked stays open: the model decides, as without questions. */
export async function askAll(
  prompt: Prompt,
  questions: readonly Question[],
  signal?: AbortSignal,
): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (const [index, each] of questions.entries()) {
    const answer = await askOne(prompt, each, `${index + 1} of ${questions.length}`, signal);
    if (answer === undefined) break;
    answers.push({ question: each.question, answer });
  }
  return answers;
}

async function askOne(
  prompt: Prompt,
  { question, why, options, recommended }: Question,
  at: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  prompt.say(`? ${at}: ${nothingHidden(question)}`);
  if (why !== '') prompt.say(`    ${nothingHidden(why)}`);
  for (const [index, option] of options.entries())
    prompt.say(`  ${index + 1}  ${nothingHidden(option)}${index === recommended ? ' (recommended)' : ''}`);
  const usual = options[recommended];
  const ways = [
    ...(options.length > 0 ? ['a number'] : []),
    'your own words',
    ...(usual === undefined ? [] : ['Enter for what is recommended']),
  ];
  for (;;) {
    const said = await prompt.ask(`  ${ways.join(', ')}: `, signal);
    if (said === undefined) return undefined;
    const answer = /^\d+$/.test(said) ? (options[Number(said) - 1] ?? said) : said || usual;
    if (answer !== undefined) return answer;
  }
}
