/** Reads what tests and code say about specs, in comments or strings of any language. */
import { readReferences } from '../spec/references/references';
import { lineStarts, positionAt } from '../util/textRange';
import type { CodeTag } from './model';

const TAG =
  /\b(?:Feature:\s*(?<feature>[\w.-]+(?:\/[\w.-]+)*)\s*,\s*Property\s+(?<property>\d+(?:\.\d+)*)|(?<verb>Implements|Verifies):\s*(?<spec>[\w.-]+(?:\/[\w.-]+)*)#(?<ids>\d+(?:\.\d+)*(?:\s*(?:,\s*#?|-|–)\s*\d+(?:\.\d+)*)*))/g;

/** Prose about tags is no tag: Markdown files say nothing here. */
const PROSE = /\.(?:md|mdx|markdown|txt|rst|adoc)$/i;

export function codeTagsIn(path: string, text: string): readonly CodeTag[] {
  if (PROSE.test(path) || !/Feature:|Implements:|Verifies:/.test(text)) return [];
  const starts = lineStarts(text);
  return [...text.matchAll(TAG)].map(({ index, groups = {} }): CodeTag => {
    const line = positionAt(starts, index).line + 1;
    if (groups.feature !== undefined)
      return { kind: 'property', spec: groups.feature, ids: [groups.property ?? ''], path, line };
    const list = (groups.ids ?? '').replaceAll('#', ' ');
    const { ids } = readReferences(list, { start: 0, end: list.length });
    return {
      kind: groups.verb === 'Verifies' ? 'verifies' : 'implements',
      spec: groups.spec ?? '',
      ids,
      path,
      line,
    };
  });
}
