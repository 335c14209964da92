/**
 * Pictures of the views in every state, without the host: `npx tsx test/support/gallery/gallery.ts`.
 * `--serve` keeps serving, words choose shots by name; `--theme=light` (hc, hcLight) and `--width=300` show all of them so. EARSHOT_GALLERY_FONT names a font file to draw with.
 */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser';
import { repoRoot, resultsDir } from '../host/paths';
import { type Gallery, serveGallery } from './serve';
import { type Shot, shots } from './shots';

async function main(): Promise<void> {
  const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  if (!process.argv.includes('--no-build')) {
    execFileSync(process.execPath, ['esbuild.mjs', '--only=webview'], { cwd: repoRoot, stdio: 'inherit' });
  }
  const serve = process.argv.includes('--serve');
  const gallery = await serveGallery(process.env.EARSHOT_GALLERY_FONT, serve ? 4173 : 0);
  if (serve) {
    console.log(gallery.url);
    return;
  }
  const wanted = shots.filter((shot) => words.length === 0 || words.some((word) => shot.name.includes(word)));
  const look = { theme: optionOf('theme'), width: optionOf('width') };
  const named = [look.theme, look.width].filter((word) => word !== undefined).join('-');
  const out = join(resultsDir, 'gallery', named);
  await mkdir(out, { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const shot of wanted)
      await take(
        browser,
        gallery,
        { ...shot, ...(look.width && { width: Number(look.width) }) },
        { out, theme: look.theme },
      );
  } finally {
    await browser.close();
    gallery.close();
  }
}

function optionOf(name: string): string | undefined {
  const start = `--${name}=`;
  return process.argv.find((word) => word.startsWith(start))?.slice(start.length);
}

interface Look {
  readonly out: string;
  /** Instead of the shot's own. */
  readonly theme: string | undefined;
}

async function take(browser: Browser, gallery: Gallery, shot: Shot, { out, theme }: Look): Promise<void> {
  const viewport = { width: shot.width, height: shot.height };
  const tab = await browser.newPage({ viewport, deviceScaleFactor: 2, reducedMotion: 'no-preference' });
  const said: string[] = [];
  tab.on('console', (message) => said.push(message.text()));
  tab.on('pageerror', (error) => said.push(String(error)));
  await tab.goto(`${gallery.url}/shot/${shot.name}${theme === undefined ? '' : `?theme=${theme}`}`);
  await tab.evaluate(() => document.fonts.ready);
  await tab.waitForTimeout(shot.wait ?? 150);
  await shot.prepare?.(tab);
  await tab.screenshot({
    path: join(out, `${shot.name}.png`),
    animations: shot.moving ? 'allow' : 'disabled',
  });
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  if (wide) said.push('the page is wider than its window');
  const broken = await tab.evaluate(() => {
    const page = window as unknown as { readonly violations: string[]; readonly errors: string[] };
    return [...page.violations, ...page.errors];
  });
  said.push(...broken);
  const filled = await tab.locator('.button.filled').count();
  if (filled > 1) said.push(`${filled} filled buttons`);
  console.log(shot.name, ...said.map((line) => `\n  ${line}`));
  await tab.close();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
