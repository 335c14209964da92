/** A workspace of a thousand specs: when the Specs view has rows to show, as the extension's own log tells it. */
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Editor, startEditor } from '../e2e/editor';
import { generateSpecs, THOUSAND } from './generateSpecs';

const WINDOWS = 5;

export interface ThousandSpecs {
  /** Milliseconds from when the view asked for rows until it had them; one for each window. */
  readonly shown: readonly number[];
  /** Until all were read. */
  readonly read: readonly number[];
}

export async function thousandSpecs(scratch: string): Promise<ThousandSpecs> {
  generateSpecs(scratch, THOUSAND);
  const editor = await startEditor({ workspace: 'empty' });
  try {
    await cp(join(scratch, 'kiro'), editor.folder, { recursive: true });
    for (let index = 0; index < WINDOWS; index++) {
      const window = await editor.open();
      await window.openView('Earshot');
      await window.treeRow('feature-0001').waitFor();
      // The log says when the last of them was read.
      await window.treeRow('feature-0002').waitFor();
      await window.page.waitForTimeout(1500);
      await window.close();
    }
    const log = await logOf(editor);
    return { shown: times(log, /specs to show, asked (\d+) ms/g), read: times(log, /specs read (\d+) ms/g) };
  } finally {
    await editor.stop();
  }
}

async function logOf({ server }: Editor): Promise<string> {
  const files = await readdir(server.dataDir, { recursive: true });
  const logs = files.filter((file) => file.endsWith('Earshot.log'));
  return (await Promise.all(logs.map((file) => readFile(join(server.dataDir, file), 'utf8')))).join('\n');
}

function times(log: string, pattern: RegExp): readonly number[] {
  return [...log.matchAll(pattern)].map((match) => Number(match[1]));
}
