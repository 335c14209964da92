/** Questions that must be answered before anything runs are modal: they are rare, and each is a consent. */
import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Person, ProcessRunner } from '../../core/ports';
import { Cancelled } from '../../core/util/abort';

export function createPerson(processes: ProcessRunner, cwd: string): Person {
  let name: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const { exitCode, output } = await processes.run({ command: 'git config user.name', cwd, timeout: 2000 });
    return (exitCode === 0 && output.trim()) || os.userInfo().username || 'unknown';
  }

  return {
    present: true,
    async ask({ title, detail, answers }, signal) {
      const items = answers
        // The editor brings its own Cancel; a second “no” beside it would only confuse.
        .map(({ id, label }) => ({ id, title: label }));
      const choice = vscode.window.showWarningMessage(title, { modal: true, detail }, ...items);
      if (!signal) return (await choice)?.id;
      return Promise.race([
        Promise.resolve(choice).then((item) => item?.id),
        new Promise<never>((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason ?? new Cancelled()), { once: true }),
        ),
      ]);
    },
    name() {
      name ??= ask();
      return name;
    },
  };
}
