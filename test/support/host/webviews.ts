import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Which webview to enter: by the title VS Code gives its frame (the view's or the panel's), or by its content. */
export interface WebviewMatch {
  title?: string | RegExp;
  /** A selector that is only in the wanted webview. */
  selector?: string;
}

/**
 * Enters a webview that is on show. VS Code puts its page two frames deep; a webview that moves gets new frames,
 * so call this again after moving or reopening one.
 * @throws Error naming the webviews there were, when none fits within 60 s
 */
export async function enterWebview(page: Page, match: WebviewMatch): Promise<FrameLocator> {
  const deadline = Date.now() + 60_000;
  let seen: string[] = [];
  while (Date.now() < deadline) {
    seen = [];
    for (const frame of await page.locator('iframe.webview.ready').all()) {
      const look = await lookInto(frame);
      if (!look) continue;
      seen.push(look.title);
      if (await fits(look, match)) {
        const found = page
          .frameLocator(`iframe.webview[name="${look.name}"]`)
          .frameLocator('iframe#active-frame');
        await found.locator('body').waitFor();
        return found;
      }
    }
    // Frames come and go while a view is being drawn, which each look makes slower.
    await page.waitForTimeout(100);
  }
  const wanted = [match.title, match.selector].filter(Boolean).join(' with ');
  throw new Error(`No webview ${wanted} within 60 s; there were: ${seen.join(', ') || 'none'}`);
}

interface Look {
  /** VS Code makes it unique, so it finds this very webview again. */
  name: string;
  title: string;
  active: Locator;
}

/** What a frame holds, or undefined while it is hidden or still being made. */
async function lookInto(frame: Locator): Promise<Look | undefined> {
  try {
    if (!(await frame.isVisible())) return undefined;
    const name = await frame.getAttribute('name', { timeout: 1000 });
    const active = frame.contentFrame().locator('iframe#active-frame');
    const title = await active.getAttribute('title', { timeout: 1000 });
    return name === null ? undefined : { name, title: title ?? '', active };
  } catch {
    // It went away while we looked.
    return undefined;
  }
}

async function fits(look: Look, { title, selector }: WebviewMatch): Promise<boolean> {
  const titled = typeof title === 'string' ? look.title === title : (title?.test(look.title) ?? true);
  if (!titled || !selector) return titled;
  const inside = look.active.contentFrame().locator(selector);
  return (await inside.count().catch(() => 0)) > 0;
}
