import { compile } from 'html-to-text';

/** What a reader sees of a page: headings as they are, links with their addresses, no pictures, scripts or menus. */
const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: 3_000_000, maxDepth: 200 },
  selectors: [
    { selector: 'a', options: { ignoreHref: false, noAnchorUrl: true, hideLinkHrefIfSameAsText: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...['img', 'nav', 'svg', 'form', 'iframe', 'noscript', 'template'].map((selector) => ({
      selector,
      format: 'skip',
    })),
  ],
});

export function htmlText(html: string): string {
  return convert(html)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
