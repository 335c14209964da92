import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { type ChromiumInstall, installChromium } from './chromiumInstall';
import { onPath } from './paths';
import { withEnv } from './processes';

/**
 * Finds a Chromium: the one EARSHOT_CHROMIUM names, else the machine's, else one from npm that is fetched once.
 * @throws Error when EARSHOT_CHROMIUM names no file, or there is none and none can be fetched for this system
 */
export async function findChromium(
  log: (line: string) => void = (line) => console.error(line),
): Promise<ChromiumInstall> {
  const named = process.env.EARSHOT_CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`EARSHOT_CHROMIUM names ${named}, which is not there`);
    return { executablePath: named, env: {}, source: 'environment' };
  }
  const system = onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  if (system) return { executablePath: system, env: {}, source: 'system' };
  return installChromium(log);
}

// The last one keeps everything on this machine, also what pages, workers and sockets ask for
// behind playwright's back.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * Starts a browser that can reach 127.0.0.1 and nothing else. Close it with `browser.close()`.
 * @throws Error when a window is asked of a build that only runs headless
 */
export async function launchBrowser(options: { headless?: boolean } = {}): Promise<Browser> {
  const found = await findChromium();
  const headless = options.headless ?? true;
  if (!headless && found.source === 'npm') {
    throw new Error(
      'The Chromium from npm has no window: install a Chromium, or name one in EARSHOT_CHROMIUM',
    );
  }
  const env = withEnv(process.env, found.env);
  return chromium.launch({ executablePath: found.executablePath, headless, args: flags, env });
}

/** A browser profile of its own, with a record of what it was kept from asking for. */
export interface LocalContext {
  context: BrowserContext;
  /** Addresses outside this machine that something in the page asked for, in order; none were reached. */
  refused: string[];
}

/**
 * Opens a fresh profile that records every request which the browser refused, since it was not to 127.0.0.1. They are not
 * intercepted: each of a window's hundreds would come here and back, and none would be kept in the browser's cache.
 * It holds what VS Code needs to keep secrets over a reload: the cookie that says where the second half of the
 * key comes from, and an answer there (constant: this profile is thrown away).
 */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<LocalContext> {
  const context = await browser.newContext(options);
  const refused: string[] = [];
  context.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'net::ERR_NAME_NOT_RESOLVED') refused.push(request.url());
  });
  await context.addInitScript(stayStill);
  await context.addInitScript(giveKey, mintKeyPath);
  return { context, refused };
}

/** Runs in the page. What moves is drawn by the processor here, all the time, and shows nothing that a test looks at. */
function stayStill(): void {
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { animation: none !important; transition: none !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
}

/** Runs in the page: answers for the server with its half of the key, which it does not have. */
function giveKey(path: string): void {
  if (window !== window.top) return;
  const { fetch } = window;
  window.fetch = (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, document.baseURI);
    return pathname === path ? Promise.resolve(new Response(new Uint8Array(32).fill(7))) : fetch(input, init);
  };
}

/** Where the web workbench is told to fetch the server's half of its secret key. */
export const mintKeyPath = '/mint-key';

/** The cookie that tells it so; without it every secret is lost on reload. */
export const secretKeyCookie = 'vscode-secret-key-path';

/** Gives the profile the secret-key cookie for a server's address. */
export async function addSecretKeyCookie(context: BrowserContext, url: string): Promise<void> {
  await context.addCookies([{ name: secretKeyCookie, value: encodeURIComponent(mintKeyPath), url }]);
}
