/** A workspace of a thousand specs: when the Specs view has rows to show, as the extension's own log tells it. */
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Editor, startEditor } from '../e2e/editor';
import { generateSpecs, THOUSAND } from './generateSpecs';

const WINDOWS = 5;
const SHOWN = /specs to show (\d+) ms after activation/g;
const READ = /specs read (\d+) ms/g;

export interface ThousandSpecs {
  /** Milliseconds from the activation until the view had its rows, in windows where it stands open; one for each. */
  readonly shown: readonly number[];
  /** Until all were read. */
  readonly read: readonly number[];
}

export async function thousandSpecs(scratch: string): Promise<ThousandSpecs> {
  generateSpecs(scratch, THOUSAND);
  const editor = await startEditor({ workspace: 'empty' });
  try {
    await cp(join(scratch, 'kiro'), editor.folder, { recursive: true });
    const window = await editor.open();
    await window.openView('Earshot');
    for (let index = 0; index <= WINDOWS; index++) {
      await window.treeRow('feature-0002').waitFor();
      while (times(await logOf(editor), READ).length <= index) await window.page.waitForTimeout(500);
      if (index < WINDOWS) await window.reload();
    }
    await window.close();
    const log = await logOf(editor);
    const [shown, read] = [times(log, SHOWN), times(log, READ)];
    // In the first window the view was opened by hand, some time later.
    return { shown: shown.slice(1), read: read.slice(1) };
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
