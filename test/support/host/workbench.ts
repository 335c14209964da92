import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { addSecretKeyCookie, openContext } from './browser';
import { resultsDir } from './paths';
import { escapeRegExp, QuickInput } from './quickInput';
import { enterWebview, type WebviewMatch } from './webviews';

/** How to answer the question whether the folder's authors are trusted; `leave` leaves the dialog open. */
export type TrustAnswer = 'trust' | 'restrict' | 'leave';

/** What to open. */
export interface WorkbenchOptions {
  browser: Browser;
  server: { url: string };
  /** Folder to open, absolute; left out: an empty window. */
  folder?: string;
  /** Default 1280 × 800. */
  size?: { width: number; height: number };
  /** Only decides which of the light and dark colour sets the page asks for; the theme itself is a setting. */
  colorScheme?: 'light' | 'dark';
  /** Folder for its pictures below test-results; by default that itself. */
  pictures?: string;
  /** Which of the pictures that are asked for are taken; default: all. */
  takesPicture?: (name: string) => boolean;
  /** Needed when the server runs with `workspaceTrust`; otherwise nobody asks. */
  trust?: TrustAnswer;
  /** Default 30 s: how long each helper waits. */
  timeoutMs?: number;
}

/**
 * Opens VS Code in a fresh browser profile and waits until the window is drawn and its extensions are known.
 * Close it with `workbench.close()`.
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const viewport = options.size ?? { width: 1280, height: 800 };
  const { context, refused } = await openContext(options.browser, {
    viewport,
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await addSecretKeyCookie(context, options.server.url);
  const page = await context.newPage();
  page.setDefaultTimeout(options.timeoutMs ?? 60_000);
  const pictures = join(resultsDir, options.pictures ?? '');
  const workbench = new Workbench(page, context, refused, pictures, options.takesPicture ?? (() => true));
  const query = options.folder ? `?folder=${encodeURIComponent(options.folder)}` : '?ew=true';
  await page.goto(`${options.server.url}/${query}`);
  await workbench.untilDrawn();
  if (options.trust) await workbench.answerTrust(options.trust);
  return workbench;
}

/** A VS Code window as a person sees it. Helpers wait for what they name; none waits for a fixed time. */
export class Workbench {
  readonly quick: QuickInput;

  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    /** Addresses outside this machine that anything in the window asked for; none were reached. */
    readonly refused: readonly string[],
    private readonly pictures: string,
    private readonly takesPicture: (name: string) => boolean,
  ) {
    this.quick = new QuickInput(page);
  }

  /** Waits until the window is drawn. */
  async untilDrawn(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.part.activitybar .action-item').first().waitFor();
  }

  /** Reloads the window, as *Developer: Reload Window* does, and waits until it is drawn. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.untilDrawn();
  }

  /** Runs a command by its title as the palette shows it (`Category: Title`). Waits until it is offered. */
  async runCommand(title: string): Promise<void> {
    await this.quick.runCommand(title);
  }

  /** Waits for a quick pick or input box that shows `text` (title, placeholder, prompt, an item) and returns it. */
  async quickInput(text: string | RegExp): Promise<Locator> {
    return this.quick.box(text);
  }

  /** Opens a view container of the activity bar by its title and waits until the side bar shows it. */
  async openView(container: string): Promise<Locator> {
    // “Earshot” is not “Earshot Agent”; a container with one view adds its name behind a colon.
    const name = new RegExp(`^${escapeRegExp(container)}(:|$)`);
    const icon = this.page.locator('.part.activitybar .action-item').filter({
      has: this.page.locator(`[aria-label^="${container}"]`),
    });
    const sidebar = this.page.locator('.part.sidebar');
    const title = sidebar
      .locator('.composite.title h2, .composite.title .title-label')
      .filter({ hasText: name });
    await icon.first().waitFor();
    // The icon toggles, and right after a reload the side bar may come back by itself: then a click hides it again.
    for (let tries = 0; tries < 5 && !(await title.first().isVisible()); tries++) {
      await icon.first().click();
      await title
        .first()
        .waitFor({ timeout: 3000 })
        .catch(() => {});
    }
    await title.first().waitFor();
    return sidebar;
  }

  /** A pane (one view) of a view container, by its title; `expand` opens it when it is folded. */
  async pane(title: string, expand = true): Promise<Locator> {
    const pane = this.page.locator('.pane').filter({
      has: this.page.locator('.pane-header', { hasText: new RegExp(escapeRegExp(title), 'i') }),
    });
    await pane.first().waitFor();
    const header = pane.first().locator('.pane-header').first();
    if (expand && (await header.getAttribute('aria-expanded')) === 'false') await header.click();
    return pane.first();
  }

  /** A row of any tree in the side bars or panel whose label holds `text`. Not yet waited for. */
  treeRow(text: string | RegExp): Locator {
    return this.page.locator('.monaco-list-row[role="treeitem"]').filter({ hasText: text }).first();
  }

  /** A notification toast that holds `text`. Not yet waited for. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast-container').filter({ hasText: text }).first();
  }

  /** Waits for a notification that holds `text` and presses one of its buttons. */
  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    const toast = this.notification(text);
    await toast.locator('.monaco-button', { hasText: button }).first().click();
    await toast.waitFor({ state: 'detached' });
  }

  /** Waits for a modal dialog that holds `text` and presses one of its buttons. */
  async answerDialog(text: string | RegExp, button: string): Promise<void> {
    const dialog = this.page.locator('.monaco-dialog-box').filter({ hasText: text }).first();
    await dialog.locator('.monaco-button', { hasText: button }).first().click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Answers the question whether the authors of the folder are trusted; waits for it to be asked. */
  async answerTrust(answer: TrustAnswer): Promise<void> {
    const question = /Do you trust the authors/;
    if (answer === 'leave') return this.page.locator('.monaco-dialog-box', { hasText: question }).waitFor();
    const button = answer === 'trust' ? 'Yes, I trust' : "No, I don't trust";
    await this.answerDialog(question, button);
  }

  /** Grants trust afterwards, through the *Workspace Trust* editor. */
  async grantTrust(): Promise<void> {
    await this.runCommand('Workspaces: Manage Workspace Trust');
    const button = this.page.locator('.workspace-trust-editor .monaco-button').filter({ hasText: /^Trust$/ });
    await button.first().click();
    await this.page.locator('#status\\.workspaceTrust').waitFor({ state: 'detached' });
  }

  /** Enters a webview (two frames deep) and waits until its page is drawn; no match: the only one. */
  async webview(match: WebviewMatch = {}): Promise<FrameLocator> {
    return enterWebview(this.page, match);
  }

  /** What the active editor shows, top to bottom (lines scrolled out of sight are not drawn, so not here). */
  async editorText(): Promise<string> {
    const lines = this.activeEditor().locator('.view-lines .view-line');
    await lines.first().waitFor();
    const drawn = await lines.evaluateAll((all) =>
      all
        .map((line) => ({
          top: Number.parseFloat((line as HTMLElement).style.top),
          text: line.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top)
        .map((line) => line.text),
    );
    return drawn.join('\n').replaceAll('\u00a0', ' ');
  }

  /** The editor of the active group. */
  activeEditor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Puts the cursor into the active editor and types there. */
  async type(text: string): Promise<void> {
    await this.activeEditor().locator('.view-lines').first().click();
    await this.page.keyboard.type(text);
  }

  /** Saves the active editor and waits until its tab shows no unsaved change. */
  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+s');
    const dirty = this.page.locator('.editor-group-container.active .tab.active.dirty');
    await dirty.waitFor({ state: 'detached' });
  }

  /** Saves a picture as <name>.png in the folder for them, where pictures are taken, and returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(this.pictures, `${name}.png`);
    if (!this.takesPicture(name)) return path;
    await mkdir(this.pictures, { recursive: true });
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  /** Closes the window and throws its profile away. */
  async close(): Promise<void> {
    await this.context.close();
  }
}
