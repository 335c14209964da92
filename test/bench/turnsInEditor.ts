/**
 * A turn as a person has it: a real editor with the packaged extension, its agent view drawn by a real browser. Told by the
 * server, for this loop as for the bare one in the same extension host: from one request of a conversation to the next.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { startEditor, until } from '../e2e/editor';
import type { Workbench } from '../support/host/workbench';
import { startMessagesServer } from '../support/messagesServer';
import { DONE, LOOK, TEXT, TURNS } from './bareLoop';
import { BARE_TITLE, buildBareExtension } from './buildBareExtension';

const ROUNDS = 5;

export interface TurnTimes {
  /** Milliseconds of each turn. */
  readonly own: readonly number[];
  readonly bare: readonly number[];
  /** From the end of the last answer of a conversation to the frame that says so. */
  readonly drawn: readonly number[];
}

export async function turnsInEditor(): Promise<TurnTimes> {
  const asked: number[] = [];
  let answered: Promise<number> = Promise.resolve(0);
  const server = await startMessagesServer({
    stays: true,
    answer({ closedEarly }) {
      asked.push(performance.now());
      answered = closedEarly.then(() => Date.now());
      return asked.length < TURNS ? LOOK : DONE;
    },
  });
  const built = await mkdtemp(join(tmpdir(), 'earshot-bare-'));
  const editor = await startEditor({
    workspace: 'empty',
    machineSettings: { 'earshot.baseUrl': server.url },
    env: { EARSHOT_BENCH_URL: server.url },
    beside: [await buildBareExtension(built)],
  });
  const times = { own: [] as number[], bare: [] as number[], drawn: [] as number[] };

  /** The time of each turn but the last, which no request follows. */
  async function turnsOf(run: () => Promise<unknown>): Promise<readonly number[]> {
    asked.length = 0;
    await run();
    if (asked.length !== TURNS) throw new Error(`There were ${asked.length} requests instead of ${TURNS}.`);
    return asked.slice(1).map((at, index) => at - (asked[index] ?? Number.NaN));
  }

  try {
    await writeFile(join(editor.folder, 'a.txt'), TEXT);
    const window = await editor.open();
    await window.runCommand('Earshot: Show Agent');
    const view = await window.webview({ selector: '[data-earshot="agent"]' });
    // The first conversations load what is loaded once.
    await turnsOf(() => bare(window, editor.folder));
    await turnsOf(() => converse(window, view, server.received(server.requests.length + 1)));
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(...(await turnsOf(() => bare(window, editor.folder))));
      let saidSo = Number.NaN;
      const own = await turnsOf(async () => {
        saidSo = await converse(window, view, server.received(server.requests.length + 1));
      });
      times.own.push(...own);
      times.drawn.push(saidSo - (await answered));
    }
    return times;
  } finally {
    await editor.stop();
    await server.close();
    await rm(built, { recursive: true, force: true });
  }
}

async function bare(window: Workbench, folder: string): Promise<void> {
  const over = join(folder, 'bare.txt');
  await window.runCommand(BARE_TITLE);
  await until('the bare loop is over', async () => existsSync(over));
  await rm(over);
}

/** @returns when it was drawn that the agent is ready again */
async function converse({ page }: Workbench, view: FrameLocator, begun: Promise<void>): Promise<number> {
  await view.locator('[data-act="new"]').first().click();
  await view.locator('.state-tag').waitFor({ state: 'hidden' });
  await view.getByLabel('Message to the agent').fill('Do it.');
  await page.keyboard.press('Enter');
  await begun;
  return view.locator('body').evaluate<number, undefined>(WAIT, undefined);
}

/** As text: resolves with the time after the frame in which the conversation is ready. */
const WAIT = `new Promise((resolve) => {
  const { body } = document;
  const isReady = () => /Ready/.test(body.querySelector('.state-tag')?.textContent ?? '');
  const told = () => requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
  const observer = new MutationObserver(() => {
    if (!isReady()) return;
    observer.disconnect();
    told();
  });
  observer.observe(body, { childList: true, subtree: true, characterData: true, attributes: true });
  if (isReady()) told();
})`;
