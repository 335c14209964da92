import type { Locator, Page } from 'playwright-core';

/** The box at the top of the window: command palette, quick picks, input boxes. */
export class QuickInput {
  constructor(private readonly page: Page) {}

  /** Waits for a box that shows `text` (title, prompt or an item), or has it as placeholder. */
  async box(text: string | RegExp): Promise<Locator> {
    const widget = this.page.locator('.quick-input-widget:visible');
    const shown = widget
      .filter({ hasText: text })
      .or(widget.filter({ has: this.page.getByPlaceholder(text) }));
    await shown.first().waitFor();
    return shown.first();
  }

  /** The text field of the open box. */
  input(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  /** Rows of the open box whose text holds `text`. */
  item(text: string | RegExp): Locator {
    return this.page
      .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row')
      .filter({ hasText: text });
  }

  /** Picks an item of the open box by its text; types it as a filter when `filter` is given. */
  async pick(text: string | RegExp, filter?: string): Promise<void> {
    if (filter !== undefined) await this.input().fill(filter);
    await this.item(text).first().click();
  }

  /**
   * Runs a command that asks which one, and picks that. The box is opened anew where it went away: while a window gives
   * the focus back to what had it before the palette, a box that opens just then is closed.
   */
  async choose(command: string, text: string | RegExp): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      await this.runCommand(command);
      const isPicked = await this.item(text)
        .first()
        .click({ timeout: 5000 })
        .then(() => true)
        .catch(isTimeout);
      if (isPicked) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`“${command}” does not let itself be answered`);
  }

  /** Fills the open input box and accepts it. */
  async enter(text: string): Promise<void> {
    await this.input().fill(text);
    await this.input().press('Enter');
  }

  /** Accepts what the box that shows `text` holds, and waits until it is gone: a key pressed while it takes focus is lost. */
  async accept(text: string | RegExp): Promise<void> {
    const box = await this.box(text);
    for (let tries = 0; tries < 10; tries++) {
      await this.input().press('Enter', { timeout: 2000 }).catch(isTimeout);
      const isGone = await box
        .waitFor({ state: 'hidden', timeout: 2000 })
        .then(() => true)
        .catch(isTimeout);
      if (isGone) return;
    }
    throw new Error(`The box “${text}” does not take Enter`);
  }

  /** Runs a command of the palette by its title, waiting until an extension has brought it. */
  async runCommand(title: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    // A command of an extension that is still loading is missing from an open palette, and an editor that opens meanwhile
    // takes the focus, which closes the palette: open it anew until the command was there to be clicked.
    while (Date.now() < deadline) {
      if (await this.chooseCommand(title)) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`The palette offers no command "${title}"`);
  }

  private async chooseCommand(title: string): Promise<boolean> {
    if (!(await this.openPalette())) return false;
    const isTyped = await this.input()
      .fill(`>${title}`, { timeout: 2000 })
      .then(() => true)
      .catch(isTimeout);
    const row = isTyped ? await this.rowTitled(title) : undefined;
    if (!row) return false;
    const isClicked = await row
      .click({ timeout: 5000 })
      .then(() => true)
      .catch(isTimeout);
    if (isClicked) await this.untilPaletteClosed();
    return isClicked;
  }

  /** The command's own box comes next: what is typed before the palette is gone would go into that. */
  private async untilPaletteClosed(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const input = this.input();
      if (!(await input.isVisible())) return;
      const value = await input.inputValue({ timeout: 500 }).catch(() => '');
      if (!value.startsWith('>')) return;
      await this.page.waitForTimeout(50);
    }
  }

  /** F1 pressed while the window is still taking focus is lost: whoever asks presses again. */
  private async openPalette(): Promise<boolean> {
    await this.page.keyboard.press('F1');
    const prefix = await this.input()
      .waitFor({ timeout: 2000 })
      .then(() => this.input().inputValue({ timeout: 1000 }))
      .catch(() => '');
    return prefix.startsWith('>');
  }

  private async rowTitled(title: string): Promise<Locator | undefined> {
    const rows = this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    const exact = rows.filter({
      has: this.page.locator('.monaco-icon-label .label-name', {
        hasText: new RegExp(`^${escapeRegExp(title)}$`),
      }),
    });
    const found = await exact
      .first()
      .waitFor({ timeout: 2000 })
      .then(() => true)
      .catch(() => false);
    return found ? exact.first() : undefined;
  }
}

/** The box went away before it could be used; any other failure is one. */
function isTimeout(error: unknown): false {
  if (error instanceof Error && error.name === 'TimeoutError') return false;
  throw error;
}

/** `text` as a pattern that matches just that. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
