/** Reads what tests and code say about specs, in comments or strings of any language. */
import { CODE, readReferences } from '../spec/references/references';
import { lineStarts, positionAt } from '../util/textRange';
import type { CodeTag } from './model';

const SPEC = String.raw`[\w.-]+(?:\/[\w.-]+)*`;
const NUMBER = String.raw`\d+(?:\.\d+)*`;
const NAMED = String.raw`${CODE}(?:\.\d+)*`;
/** After a number, `UTF-8` is a word unless it has a `#` of its own. */
const NUMBERS = String.raw`${NUMBER}(?:\s*(?:,\s*#?|-|–)\s*${NUMBER}|\s*,\s*#${NAMED})*`;
const CODES = String.raw`${NAMED}(?:\s*,\s*(?:#?${NAMED}|#${NUMBER}))*`;
const TAG = new RegExp(
  String.raw`\b(?:Feature:\s*(?<feature>${SPEC})\s*,\s*Property\s+(?<property>${NUMBER})|(?<verb>Implements|Verifies):\s*(?<spec>${SPEC})#(?<ids>${NUMBERS}|${CODES}))`,
  'g',
);

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
