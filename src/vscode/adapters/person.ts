/** Questions of consent are modal: they are rare, and each shows word for word what would run. */
import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Person, ProcessRunner } from '../../core/ports';
import { type AbortSignal, Cancelled, onAbort } from '../../core/util/abort';
import { askBesideDocument, isLong } from './longQuestion';
import { showInfo } from './messages';
import type { SavedTexts } from './savedTexts';

const REVIEW = 'Review…';

/** The answer, unless the question is withdrawn first. */
function orAborted<T>(answer: Thenable<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return Promise.resolve(answer);
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => reject(signal.reason ?? new Cancelled()));
    // One signal lives through many questions.
    Promise.resolve(answer).then(resolve, reject).finally(release);
  });
}

export function createPerson(processes: ProcessRunner, { list }: Pick<SavedTexts, 'list'>): Person {
  let name: Promise<string> | undefined;

  async function ask(): Promise<string> {
    // Not in the workspace: some shells look for `git` there first, and it may be a stranger's.
    const run = { command: 'git config --global user.name', cwd: os.homedir(), timeout: 2000 };
    const { exitCode, output } = await processes.run(run);
    return (exitCode === 0 && output.trim()) || os.userInfo().username || 'unknown';
  }

  return {
    present: true,
    async ask(question, signal) {
      const { title, detail, answers } = question;
      // A hook asks in the middle of other work: a quiet notice first, its exact text when the person has time.
      if (question.quiet) {
        const notice = showInfo(title, REVIEW);
        if ((await orAborted(notice, signal)) !== REVIEW) return undefined;
      }
      const items = answers.map(({ id, label }) => ({ id, title: label }));
      const choice = isLong(detail)
        ? askBesideDocument(title, detail, items)
        : vscode.window.showWarningMessage(title, { modal: true, detail }, ...items);
      return (await orAborted(choice, signal))?.id;
    },
    name() {
      name ??= ask();
      return name;
    },
    savedText: list,
  };
}
