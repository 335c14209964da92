/** From a key to the repainted tree: measured in the page, by what the page shows. */
import type { Workbench } from '../support/host/workbench';

const ROUNDS = 15;

export interface KeystrokeTimes {
  /** Milliseconds from the key to the changed row of the Specs view. */
  readonly tree: readonly number[];
  /** The same key, to the changed row of the Outline view. */
  readonly outline: readonly number[];
}

/** Types into a task's title: its row in the Specs view changes, and so does the one in the Outline. */
export async function keystrokeTimes(window: Workbench): Promise<KeystrokeTimes> {
  await window.openView('Earshot');
  await window.treeRow('short-codes').waitFor();
  await window.treeRow('tasks.md').click();
  await window.activeEditor().waitFor();
  const tree = await measure(window, 'Make and follow', '.pane .monaco-list-row[aria-level="3"]');
  await window.runCommand('Explorer: Focus on Outline View');
  const outline = await measure(window, 'Make and follow', '.outline-pane .monaco-list-row');
  return { tree, outline };
}

/** Types at the end of the line that holds `text`, and times the change of `rows`. */
async function measure(window: Workbench, text: string, rows: string): Promise<number[]> {
  await window.activeEditor().locator('.view-line', { hasText: text }).first().click();
  await window.page.keyboard.press('End');
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const letter = 'abcdefghijklmno'[i % 15] ?? 'a';
    await window.page.evaluate(inPage(rows, letter));
    await window.page.keyboard.press(letter);
    times.push(await window.page.evaluate<number>('window.painted'));
    await window.page.waitForTimeout(50);
  }
  return times;
}

/**
 * Runs in the page: as text, since what a bundler adds to functions does not exist there. It returns when the page
 * listens for the key; `window.painted` resolves with the time that the change took.
 */
function inPage(rows: string, key: string): string {
  return `void (window.painted = new Promise((resolve, reject) => {
    const read = () => [...document.querySelectorAll(${JSON.stringify(rows)})].map((row) => row.textContent).join('|');
    const before = read();
    let pressed = 0;
    const onKey = (event) => { if (event.key === ${JSON.stringify(key)}) pressed = performance.now(); };
    document.addEventListener('keydown', onKey, { once: true, capture: true });
    const observer = new MutationObserver(() => {
      if (pressed === 0 || read() === before) return;
      observer.disconnect();
      resolve(performance.now() - pressed);
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    setTimeout(() => reject(new Error('no change: ' + before)), 10000);
  }))`;
}
