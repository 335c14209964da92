/** The questions before a first draft, one box each: Enter takes what is recommended, words are an answer, too. */
import * as vscode from 'vscode';
import type { Question } from '../../../core/workflow/beginnings/clarify';
import type { Answered } from '../../../core/workflow/beginnings/start';

interface Item extends vscode.QuickPickItem {
  readonly answer: string | undefined;
}

type Said = { readonly answer: string | undefined } | 'back' | undefined;

/** The answers given; undefined when the person turned away. A question that is left open has none. */
export async function askQuestions(questions: readonly Question[]): Promise<readonly Answered[] | undefined> {
  const answers = new Map<number, string>();
  for (let index = 0; index < questions.length; ) {
    const question = questions[index];
    if (!question) break;
    const said = await ask(question, index, questions.length);
    if (said === undefined) return undefined;
    if (said === 'back') {
      index--;
      continue;
    }
    if (said.answer === undefined) answers.delete(index);
    else answers.set(index, said.answer);
    index++;
  }
  return questions.flatMap(({ question }, index) => {
    const answer = answers.get(index);
    return answer === undefined ? [] : [{ question, answer }];
  });
}

function ask({ question, why, options, recommended }: Question, index: number, count: number): Promise<Said> {
  const box = vscode.window.createQuickPick<Item>();
  const place = count === 1 ? 'New Spec: one question' : `New Spec: question ${index + 1} of ${count}`;
  const hasPrompt = 'prompt' in box;
  box.title = hasPrompt ? place : `${place}: ${question}`;
  // Newer editors have a line below the input that wraps.
  if (hasPrompt) Object.assign(box, { prompt: `${question}\n${why}` });
  box.placeholder = hasPrompt ? 'Choose, or type your own answer' : why;
  box.ignoreFocusOut = true;
  if (index > 0) box.buttons = [vscode.QuickInputButtons.Back];
  const show = () => {
    box.items = itemsFor(options, recommended, box.value.trim());
  };
  show();
  return new Promise((resolve) => {
    box.onDidChangeValue(show);
    box.onDidTriggerButton(() => {
      resolve('back');
      box.hide();
    });
    box.onDidAccept(() => {
      const [item] = box.selectedItems;
      if (!item) return;
      resolve({ answer: item.answer });
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function itemsFor(options: readonly string[], recommended: number, typed: string): readonly Item[] {
  const order = options
    .map((_, index) => index)
    .sort((a, b) => Number(b === recommended) - Number(a === recommended));
  const own: readonly Item[] =
    typed === ''
      ? []
      : [{ label: `$(edit) ${typed}`, description: 'your own answer', answer: typed, alwaysShow: true }];
  return [
    ...own,
    ...order.map((index): Item => {
      const label = options[index] ?? '';
      return {
        label,
        answer: label,
        alwaysShow: true,
        ...(index === recommended ? { description: 'recommended' } : {}),
      };
    }),
    { label: '$(debug-step-over) Leave it open', answer: undefined, alwaysShow: true },
  ];
}
