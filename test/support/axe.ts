/** What axe-core finds wrong with a page for people who hear it, or use the keyboard alone. */
import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One line a violation; empty where all is well. */
export async function axeFindings(page: Page, selector: string): Promise<readonly string[]> {
  const frame = await frameOf(page, selector);
  await frame.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const options = JSON.stringify({ runOnly: RULES, resultTypes: ['violations'] });
  const { violations } = await frame.evaluate<AxeResult>(`window.axe.run(document, ${options})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) =>
        `${id}: ${html.slice(0, 200)} ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}

async function frameOf(page: Page, selector: string): Promise<Frame> {
  for (const frame of page.frames()) {
    const found = await frame
      .locator(selector)
      .isVisible()
      .catch(() => false);
    if (found) return frame;
  }
  throw new Error(`No frame shows ${selector}`);
}
