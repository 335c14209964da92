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

  /** Fills the open input box and accepts it. */
  async enter(text: string): Promise<void> {
    await this.input().fill(text);
    await this.input().press('Enter');
  }

  /** Runs a command of the palette by its title, waiting until an extension has brought it. */
  async runCommand(title: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    // A command of an extension that is still loading is missing from an open palette: open it anew until it is there.
    for (;;) {
      await this.openPalette();
      await this.input().fill(`>${title}`);
      const row = await this.rowTitled(title);
      if (row) return row.click();
      if (Date.now() > deadline) throw new Error(`The palette offers no command "${title}"`);
      await this.page.keyboard.press('Escape');
    }
  }

  private async openPalette(): Promise<void> {
    const widget = this.page.locator('.quick-input-widget:visible');
    // F1 pressed while the window is still taking focus is lost: press until the box is there.
    for (let tries = 0; tries < 20; tries++) {
      await this.page.keyboard.press('F1');
      const opened = await this.input()
        .waitFor({ timeout: 1500 })
        .then(() => true)
        .catch(() => false);
      if (opened && (await this.input().inputValue()).startsWith('>')) return;
    }
    await widget.waitFor();
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

/** `text` as a pattern that matches just that. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
