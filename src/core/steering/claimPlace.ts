/** Where in a project a claim holds, by the headings that it stands under: tabs in Go are no conflict with spaces in Python. */

/** Headings that say nothing about where. */
const GENERAL = new Set(
  (
    'a all always an and are as at avoid basic basics be best by code coding command commands common consideration considerations convention ' +
    'conventions core critical default development do essential essentials for format formatting from general good guide ' +
    'guideline guidelines guides how important in is key mandatory must note notes of on or our overview policy policies practice ' +
    'practices preference preferences principle principles project quality recommended requirement requirements rule rules ' +
    'setting settings setup should stack standard standards style styles system technical technology technologies that the this to ' +
    'tool tooling tools use using we what when which with workflow workflows you your'
  ).split(' '),
);
/** What a title, or the name of a document, may confine it to. */
const PARTS = new Set(
  (
    'android angular api backend bash c c++ c# cdk ci cli client css cpp csharp dart database db deployment django docker docs ' +
    'documentation dotnet e2e elixir flutter frontend go golang graphql html infra infrastructure integration ios java javascript js ' +
    'kotlin kubernetes legacy lua mobile nextjs node php playwright powershell python rails react ruby rust scala scripts server shell ' +
    'sql svelte swift terraform test testing tests ts typescript ui vue web yaml'
  ).split(' '),
);

const partsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}+#]+/gu) ?? [];

export function titleScope(name: string, text: string): readonly string[] {
  const title = /^#[ \t]+(.+)$/m.exec(text)?.[1] ?? '';
  return partsOf(`${name} ${title}`).filter((word) => PARTS.has(word));
}

/** The same text for the same place. What the claim is about says nothing more about where. */
export function placeOf(headings: readonly string[], about: string): string {
  const own = new Set(partsOf(about));
  const words = headings.flatMap(partsOf).filter((word) => !GENERAL.has(word) && !own.has(word));
  return [...new Set(words)].sort().join(' ');
}
