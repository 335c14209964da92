/** A review by somebody who has no mouse: nothing is clicked or focused but by keys, and where one is can always be seen. */
import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from '../support/host/workbench';
import type { MessagesServer } from '../support/messagesServer';
import { type Editor, until } from './editor';

const SPEC = '.kiro/specs/short-codes';
const REVIEW = '[data-earshot="review"]';

interface Subject {
  readonly editor: Editor;
  readonly window: Workbench;
  readonly server: MessagesServer;
}

/** What has the focus in a panel; a grid names its cell. */
interface Focus {
  readonly nav: string;
  readonly words: string;
  readonly ring: boolean;
}

const FOCUS = `(() => {
  const at = document.activeElement;
  if (!document.hasFocus() || at === null || at === document.body) return undefined;
  const meant = document.getElementById(at.getAttribute('aria-activedescendant') ?? '') ?? at;
  const ring = [meant, at.closest('.find')].some((each) => {
    const { outlineStyle, outlineWidth } = each ? getComputedStyle(each) : {};
    return outlineStyle !== undefined && outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  });
  const nav = at.closest('[data-nav]')?.getAttribute('data-nav') ?? '';
  return { nav, ring, words: meant.getAttribute('aria-label') ?? meant.textContent ?? '' };
})()`;

const isThere = (locator: Locator) => locator.isVisible().catch(() => false);
const hasFocus = (frame: Frame) => frame.evaluate<boolean>('document.hasFocus()').catch(() => false);

/** @param subject once the window is there */
export function itIsDoneByKeysAlone(subject: () => Subject): void {
  const press = (key: string) => subject().window.page.keyboard.press(key);
  const type = (text: string) => subject().window.page.keyboard.type(text);
  const read = (name: string) => subject().editor.read(`${SPEC}/${name}`);

  async function frameWith(selector: string): Promise<Frame> {
    let found: Frame | undefined;
    await until(`a frame that has the focus shows ${selector}`, async () => {
      // Another review lies behind it, which shows the like.
      for (const frame of subject().window.page.frames())
        if ((await hasFocus(frame)) && (await isThere(frame.locator(selector)))) found = frame;
      // A window that is just drawn sometimes keeps the focus: the editor's own key leads into the panel.
      if (found === undefined) await press('ControlOrMeta+1');
      return found !== undefined;
    });
    if (found === undefined) throw new Error(selector);
    return found;
  }

  /** Presses a key, and waits until what it leads to has the focus and shows it. */
  async function go(frame: Frame, key: string, wanted: (focus: Focus) => boolean): Promise<void> {
    await press(key);
    await until(`${key} leads on`, async () => {
      const focus = await frame.evaluate<Focus | undefined>(FOCUS);
      if (focus?.ring !== true || !wanted(focus)) throw new Error(`not ${JSON.stringify(focus)}`);
      return true;
    });
  }

  /** A key that is pressed while the window takes the focus is lost. */
  async function untilInside(frame: Frame): Promise<void> {
    await until('the panel has the focus', () => hasFocus(frame));
  }

  const at = (nav: string) => (focus: Focus) => focus.nav === nav;

  async function runCommand(title: string, choice: string): Promise<void> {
    const { quick, page } = subject().window;
    // F1 is lost while a window takes the focus, and a palette knows no command that came after it.
    await until(`the palette has ${title}`, async () => {
      await press('Escape');
      await press('F1');
      if (!(await isThere(quick.input()))) return false;
      await type(title);
      return isThere(quick.item(title).first());
    });
    await press('Enter');
    await quick.item(choice).first().waitFor();
    await type(choice);
    await press('Enter');
    await page.locator('.quick-input-widget:visible').waitFor({ state: 'detached' });
  }

  it('is done by keys alone: commented, revised, taken in part, approved', async () => {
    const { window, server } = subject();
    // The tab before it was clicked: the panel takes the focus when it is shown, also from a list that opened meanwhile.
    await frameWith(REVIEW);
    await runCommand('Earshot: Open Review', 'short-codes');
    const panel = await frameWith(`${REVIEW} .row[data-nav="2.3"]:has-text("belongs to no Link")`);
    await untilInside(panel);
    await go(panel, '/', ({ words }) => words.startsWith('Find'));
    await type('2.3');
    await go(panel, 'Enter', at('2.3'));
    await go(panel, 'Escape', at('2.3'));
    await go(panel, 'k', at('2.2'));
    await go(panel, 'k', at('2.1'));
    await go(panel, 'k', at('r2'));
    await go(panel, 'j', at('2.1'));
    await go(panel, 'c', ({ words }) => words === 'Comment on 2.1');
    await type('When exactly?');
    await go(panel, 'ControlOrMeta+Enter', at('2.1'));
    await panel.locator('.staged').waitFor();

    const before = await read('requirements.md');
    const after = before
      .replace('with status 302.', 'with status 302 at once.')
      .replace('add 1 to the Visit_Count of the Link.', 'add 1 to the Visit_Count of the Link at once.')
      .replace('answer with status 404.', 'answer with status 404 at once.');
    server.enqueue({ text: after, chunkSize: 2000 });
    await go(panel, 'ControlOrMeta+Shift+Enter', at('2.1'));
    await panel.locator('.change').nth(2).waitFor();
    await go(panel, 'y', at('change reworded 2.1'));
    await go(panel, 'y', at('change reworded 2.2'));
    await go(panel, 'y', at('change reworded 2.3'));
    await go(panel, 'n', ({ words }) => words.startsWith('Why'));
    await type('Slower is fine.');
    await go(panel, 'Enter', at('change reworded 2.3'));
    await go(panel, 'ControlOrMeta+Enter', () => true);
    await panel.locator('.change').first().waitFor({ state: 'detached' });
    assert.equal(await read('requirements.md'), after.replace('status 404 at once.', 'status 404.'));

    await go(panel, 'j', () => true);
    await go(panel, 'Home', () => true);
    while ((await panel.evaluate<Focus>(FOCUS)).nav !== '2.1') await go(panel, 'j', () => true);
    while ((await panel.evaluate<Focus>(FOCUS)).words !== 'Resolve') await go(panel, 'Tab', () => true);
    await go(panel, 'Enter', () => true);
    await panel.locator('.thread-resolved').waitFor();
    await go(panel, 'j', () => true);
    await press('ControlOrMeta+Enter');
    await window.page.locator('.monaco-dialog-box', { hasText: 'Approve requirements.md' }).waitFor();
    await press('Enter');
    await panel.locator('.step[data-step="requirements"][data-state="approved"]').waitFor();
    // The dialog had the keys: they come back to the panel.
    await untilInside(panel);
    await go(panel, 'j', () => true);
  });
}
