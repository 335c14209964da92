/** The review of 500 criteria: from the click to its first row, and from a key in the find box to the filtered list. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { startEditor } from '../e2e/editor';
import type { Workbench } from '../support/host/workbench';
import { generateSpecs } from './generateSpecs';

const FIVE_HUNDRED = { specs: 1, requirements: 50, criteria: 10, tasks: 20 };
const WINDOWS = 3;
const KEYS = 'handling';

export interface ReviewTimes {
  /** Milliseconds from the click on the button to the first criterion. */
  readonly paint: readonly number[];
  /** The same document in the editor's own Markdown preview, to its first heading. */
  readonly preview: readonly number[];
  /** From a key in the find box to the painted list. */
  readonly key: readonly number[];
}

export async function reviewTimes(scratch: string): Promise<ReviewTimes> {
  generateSpecs(scratch, FIVE_HUNDRED);
  const editor = await startEditor({ workspace: 'empty' });
  const times = { paint: [] as number[], preview: [] as number[], key: [] as number[] };
  try {
    await cp(join(scratch, 'kiro'), editor.folder, { recursive: true });
    for (let index = 0; index < WINDOWS; index++) {
      const window = await editor.open();
      await openDocument(window);
      // The first time it also loads the extension behind it, and ours is there already.
      await opened(window, /^Open Preview/, 'h1');
      await window.runCommand('View: Close All Editors');
      await openDocument(window);
      times.preview.push(await opened(window, /^Open Preview/, 'h1'));
      await window.runCommand('View: Close All Editors');
      await openDocument(window);
      times.paint.push(await opened(window, /^(Earshot: )?Open Review/, '.row'));
      times.key.push(...(await keys(window)));
      await window.close();
    }
    return times;
  } finally {
    await editor.stop();
  }
}

async function openDocument({ page, quick }: Workbench): Promise<void> {
  await page.keyboard.press('ControlOrMeta+P');
  await quick.input().fill('requirements.md');
  await quick.item('requirements.md').first().click();
  await page.locator('.editor-group-container.active .tab.active', { hasText: 'requirements.md' }).waitFor();
}

/** Clicks a button above the editor, and waits for what its webview shows. */
async function opened({ page }: Workbench, button: RegExp, selector: string): Promise<number> {
  const action = page.locator('.editor-group-container.active .title').getByRole('button', { name: button });
  await action.first().waitFor();
  const begun = performance.now();
  await action.first().click();
  await frameWith(page.frames.bind(page), selector);
  return performance.now() - begun;
}

async function frameWith(frames: () => readonly Frame[], selector: string): Promise<Frame> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    for (const frame of frames()) {
      if (!frame.parentFrame()?.parentFrame()) continue;
      const there = await frame
        .locator(selector)
        .first()
        .isVisible()
        .catch(() => false);
      if (there) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`nothing shows ${selector}`);
}

/** Types into the find box, key by key: each changes what is listed, or draws it again. */
async function keys({ page }: Workbench): Promise<readonly number[]> {
  const frame = await frameWith(page.frames.bind(page), '[data-earshot="review"] .find');
  await frame.locator('.find').click();
  const times: number[] = [];
  for (const key of KEYS) {
    await frame.evaluate(LISTEN);
    await page.keyboard.press(key);
    times.push(await frame.evaluate<number>('window.painted'));
  }
  return times;
}

/** As text: `window.painted` resolves with the time from the key to the frame after the one that it drew. */
const LISTEN = `void (window.painted = new Promise((resolve) => {
  document.addEventListener('keydown', () => {
    const pressed = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - pressed)));
  }, { once: true, capture: true });
}))`;
