/**
 * A workspace of a thousand specs: when the Specs view has rows to show, as the extension's own log tells it, beside a view
 * of a thousand names that are always there. The editor asks both at the same moment, once it is ready for that.
 */
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Editor, startEditor } from '../e2e/editor';
import { buildBareExtension } from './buildBareExtension';
import { generateSpecs, THOUSAND } from './generateSpecs';

const WINDOWS = 7;
const SHOWN = /^(.{23}) .*specs to show (\d+) ms after activation/gm;
const BARE = /^(.{23}) .*names to show/gm;
const READ = /specs read (\d+) ms/g;

/** Milliseconds since our activation, one for each window; our view stands open in it. */
export interface ThousandSpecs {
  readonly shown: readonly number[];
  /** The names beside it. */
  readonly bare: readonly number[];
}

export async function thousandSpecs(scratch: string): Promise<ThousandSpecs> {
  generateSpecs(scratch, THOUSAND);
  const editor = await startEditor({
    workspace: 'empty',
    beside: [await buildBareExtension(scratch)],
  });
  try {
    await cp(join(scratch, 'kiro'), editor.folder, { recursive: true });
    const window = await editor.open();
    await window.openView('Earshot');
    await settle(1);
    for (let nth = 2; nth <= WINDOWS + 1; nth++) {
      await window.reload();
      await settle(nth);
    }
    await window.close();
    // In the first window the views were opened by hand.
    const [, ...own] = await linesOf(editor, 'Earshot', SHOWN);
    const [, ...bare] = await linesOf(editor, 'Names', BARE);
    const begun = own.map(([, at = '', after]) => timeOf(at) - Number(after));
    return {
      shown: own.map(([, , after]) => Number(after)),
      bare: bare.map(([, at = ''], index) => timeOf(at) - (begun[index] ?? Number.NaN)),
    };

    async function settle(windows: number): Promise<void> {
      await window.treeRow('feature-0002').waitFor();
      for (let read = 0; read < windows; await window.page.waitForTimeout(500))
        read = (await linesOf(editor, 'Earshot', READ)).length;
    }
  } finally {
    await editor.stop();
  }
}

/** What an extension's logs tell, one window after the other. */
async function linesOf(
  { server }: Editor,
  log: string,
  pattern: RegExp,
): Promise<readonly RegExpExecArray[]> {
  const files = await readdir(server.dataDir, { recursive: true });
  const logs = files.filter((file) => file.endsWith(`${log}.log`));
  const hostOf = (file: string) => Number(/exthost(\d+)/.exec(file)?.[1]);
  logs.sort((a, b) => hostOf(a) - hostOf(b));
  const texts = await Promise.all(logs.map((file) => readFile(join(server.dataDir, file), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(pattern)]);
}

function timeOf(at: string): number {
  return Date.parse(at.replace(' ', 'T'));
}
