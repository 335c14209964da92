/**
 * How the windows of the browser tests look. By the environment, so that a person sees every state in another theme or
 * width: `EARSHOT_E2E_THEME=light EARSHOT_E2E_WIDTH=900 npx mocha test/e2e/review.test.ts`.
 * Pictures are taken then, with `EARSHOT_E2E_LOOK=1` and in the long run; else of what failed alone: to paint one takes up to
 * a second of the processor, and nobody looks at it.
 */

const DARK = { 'workbench.colorTheme': 'Dark Modern' };
const LIGHT = { 'workbench.colorTheme': 'Light Modern' };

const THEMES = {
  dark: DARK,
  light: LIGHT,
  contrast: { 'workbench.colorTheme': 'Default High Contrast' },
  'contrast-light': { 'workbench.colorTheme': 'Default High Contrast Light' },
} as const;

const USUAL = { theme: 'dark', width: 1440 } as const;

function themeOf(name: string): keyof typeof THEMES {
  if (name in THEMES) return name as keyof typeof THEMES;
  throw new Error(`EARSHOT_E2E_THEME is one of ${Object.keys(THEMES).join(', ')}, not “${name}”`);
}

function widthOf(text: string): number {
  const width = Number(text);
  if (Number.isInteger(width) && width >= 300) return width;
  throw new Error(`EARSHOT_E2E_WIDTH is a width in pixels of 300 or more, not “${text}”`);
}

const isLookedAt = ['EARSHOT_E2E_THEME', 'EARSHOT_E2E_WIDTH', 'EARSHOT_E2E_LOOK', 'EARSHOT_SOAK'].some(
  (name) => process.env[name] !== undefined,
);
const theme = themeOf(process.env.EARSHOT_E2E_THEME ?? USUAL.theme);
const width = widthOf(process.env.EARSHOT_E2E_WIDTH ?? String(USUAL.width));

/** Light where the windows are dark, and dark where they are light: set for a moment, to look at the same state in both. */
export const OTHER_THEME = theme.endsWith('light')
  ? { settings: DARK, selector: '.vs-dark' }
  : { settings: LIGHT, selector: '.vs' };

export const LOOK = {
  settings: THEMES[theme],
  colorScheme: theme.endsWith('light') ? 'light' : 'dark',
  size: { width, height: 900 },
  /** The folder of its pictures, among those of the usual look. */
  pictures: theme === USUAL.theme && width === USUAL.width ? '' : `${theme}-${width}`,
  takesPicture: (name: string): boolean => isLookedAt || name.endsWith('-failed'),
} as const;
