/** What can stand in the front matter of a steering document or a skill, and what it means. By lines: while somebody types it is seldom valid YAML. */
import type { TextRange } from '../util/textRange';
import { INCLUSIONS } from './model';

export interface FrontMatterOffer {
  readonly label: string;
  readonly detail: string;
  /** As a snippet: `$1` is where the cursor stops. */
  readonly insert: string;
  /** What it takes the place of. */
  readonly range: TextRange;
}

const MODES: Readonly<Record<string, string>> = {
  always: 'In every request',
  fileMatch: 'When the agent turns to a file that matches fileMatchPattern',
  manual: 'When you name it: #steering:name',
  auto: 'When the model finds by its description that it fits',
};
const KEYS: Readonly<Record<string, string>> = {
  inclusion: 'When this document is told to the agent: always, fileMatch, manual or auto',
  fileMatchPattern: 'Files that it is for, from the workspace folder: a pattern, or a list of them',
  name: 'What it is called by; of a skill: its folder',
  description: 'What it is for: the model chooses it by this',
};
const SNIPPETS: Readonly<Record<string, string>> = {
  inclusion: `inclusion: \${1|${INCLUSIONS.join(',')}|}`,
  fileMatchPattern: `fileMatchPattern: ["\${1:src/**/*.ts}"]`,
  name: 'name: $1',
  description: `description: \${1:What it is about. Use when …}`,
};

export function completeFrontMatter(
  text: string,
  offset: number,
  kind: 'steering' | 'skill',
): readonly FrontMatterOffer[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  const word = /[\w-]*$/.exec(before)?.[0] ?? '';
  const range = { start: offset - word.length, end: offset };
  const above = text.slice(0, start);
  if (start === 0 && kind === 'steering' && before.length === word.length) return [whole(range)];
  if (!isInHead(above)) return [];
  if (kind === 'steering' && /^inclusion:[ \t]*["']?[\w-]*$/.test(before))
    return INCLUSIONS.map((label) => ({ label, detail: MODES[label] ?? '', insert: label, range }));
  if (before !== word) return [];
  const keys = kind === 'skill' ? ['name', 'description'] : Object.keys(KEYS);
  return keys
    .filter((key) => !new RegExp(`^${key}:`, 'm').test(above))
    .map((key) => ({ label: key, detail: KEYS[key] ?? '', insert: SNIPPETS[key] ?? key, range }));
}

function whole(range: TextRange): FrontMatterOffer {
  const insert = `---\n${SNIPPETS.inclusion}\n---\n\n$0`;
  return { label: '---', detail: 'Front matter: when this document is told to the agent', insert, range };
}

function isInHead(above: string): boolean {
  return /^\uFEFF?---[ \t]*\r?\n/.test(above) && !/\n---[ \t]*\r?\n/.test(above);
}

/** What the word at a place of the front matter means. */
export function explainFrontMatter(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset) === -1 ? text.length : text.indexOf('\n', offset);
  if (!isInHead(text.slice(0, start))) return undefined;
  const [, key = '', value = ''] = /^([\w-]+):[ \t]*["']?([\w-]*)/.exec(text.slice(start, end)) ?? [];
  const mode = key === 'inclusion' ? MODES[value] : undefined;
  return mode === undefined ? KEYS[key] : `${value}: ${mode}.`;
}

/** A new document as its inclusion wants it. */
export function newDocument(inclusion: string, title: string): string {
  const more: Readonly<Record<string, string>> = {
    fileMatch: 'fileMatchPattern: ["src/**/*"]\n',
    auto: 'description: What it is about. Use when …\n',
  };
  return `---\ninclusion: ${inclusion}\n${more[inclusion] ?? ''}---\n\n# ${title}\n\n`;
}
