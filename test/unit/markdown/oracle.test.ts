// Feature: spec-engine, Property 3: Our blocks are remark’s
// Verifies: spec-engine#1.3
/** Our block reader beside remark: the same blocks at the same places, but for the few differences named here. */
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { readBlocks } from '../../../src/core/markdown/blocks';
import { corpusFiles, corpusRoot } from '../../support/corpus';
import { askRemark, type Told, tell } from '../../support/remarkBlocks';
import { patience, runs } from '../../support/soak';

const startOf = (told: Told) => Number(told.split(' ')[1]);

/** What one of the two tells and the other does not, outside of what is read otherwise on purpose. */
function compare(text: string): { readonly same: number; readonly differ: readonly string[] } {
  const { told, otherwise } = askRemark(text);
  const shared = (one: Told) =>
    !otherwise.some(({ start, end }) => startOf(one) >= start && startOf(one) < end) &&
    !isDeepItem(text, one);
  const theirs = new Set(told.filter(shared));
  const ours = new Set(
    readBlocks(text)
      .flatMap((block) => tell(block) ?? [])
      .filter(shared),
  );
  return {
    same: [...ours].filter((one) => theirs.has(one)).length,
    differ: [
      ...[...ours].filter((one) => !theirs.has(one)).map((one) => `ours: ${one}`),
      ...[...theirs].filter((one) => !ours.has(one)).map((one) => `remark: ${one}`),
    ],
  };
}

/**
 * There is no indented code: what is indented by four columns and has a marker is an item, and so is what
 * follows it at once, where remark sees one paragraph go on.
 */
function isDeepItem(text: string, told: Told): boolean {
  if (!told.startsWith('item')) return false;
  const at = startOf(told);
  const paragraph =
    text
      .slice(0, at)
      .split(/\r?\n[ \t]*\r?\n/)
      .at(-1) ?? '';
  const lineEnd = text.slice(at).search(/[\r\n]|$/);
  return /^ {4,}(?:[-*+]|\d+[.)])\s/m.test(paragraph + text.slice(at, at + lineEnd));
}

const words = fc.constantFrom(
  'one',
  'two words',
  'a | pipe',
  '`code`',
  'WHEN a, THE Door SHALL b',
  '2024 was',
  '[x] done',
  '**bold:** text',
  'é — ü',
);
const line = fc.array(words, { minLength: 1, maxLength: 3 }).map((all) => all.join(' '));

/** Lines of one block. */
type Lines = readonly string[];

const leaf: fc.Arbitrary<Lines> = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(([level, title]) => [`${'#'.repeat(level)} ${title}`]),
  fc.array(line, { minLength: 1, maxLength: 3 }),
  fc
    .tuple(
      fc.constantFrom('```', '~~~', '````'),
      fc.constantFrom('', 'json', 'ts title'),
      fc.array(fc.constantFrom('', '- no item', '# no heading', 'x = 1', '  deep'), { maxLength: 3 }),
    )
    .map(([mark, info, body]) => [`${mark}${info}`, ...body, mark]),
  fc.constantFrom(['---'], ['***'], ['- - -'], ['___']),
  fc
    .array(line, { minLength: 1, maxLength: 2 })
    .map((rows) => ['| a | b |', '|---|:-:|', ...rows.map((row) => `| ${row.replaceAll('|', '-')} | c |`)]),
  fc.tuple(line, fc.constantFrom('===', '---')).map(([title, under]) => [title, under]),
);

function list(inside: fc.Arbitrary<readonly Lines[]>): fc.Arbitrary<Lines> {
  const item = fc.tuple(line, inside, fc.boolean());
  return fc
    .tuple(fc.constantFrom('-', '*', '1.', '1)'), fc.array(item, { minLength: 1, maxLength: 3 }))
    .map(([marker, items]) =>
      items.flatMap(([text, blocks, loose], index) => {
        const mark = marker.startsWith('1') ? `${index + 1}${marker.slice(1)}` : marker;
        const indent = ' '.repeat(mark.length + 1);
        const nested = blocks.flatMap((block) => [
          '',
          ...block.map((each) => (each === '' ? '' : indent + each)),
        ]);
        return [`${mark} ${text}`, ...nested, ...(loose ? [''] : [])];
      }),
    );
}

/** Blocks below each other, now and then without a blank line between; below a table remark is not at one with itself. */
const document = fc
  .array(
    fc.tuple(
      fc.oneof(leaf, list(fc.array(fc.oneof(leaf, list(fc.constant([]))), { maxLength: 2 }))),
      fc.boolean(),
    ),
    { maxLength: 8 },
  )
  .chain((blocks) =>
    fc
      .constantFrom('\n', '\r\n')
      .map((eol) =>
        blocks
          .flatMap(([lines, close]) => [...lines, ...(close && !lines.at(-1)?.includes('|') ? [] : [''])])
          .join(eol),
      ),
  );

describe('Our blocks beside those of remark', () => {
  it('are the same in every document of the corpus', function () {
    if (corpusRoot() === undefined) {
      console.log('    no corpus here (EARSHOT_CORPUS), so this test is skipped');
      this.skip();
    }
    // Remark takes its time.
    this.timeout(patience(120_000));
    let same = 0;
    for (const { name, text } of ['requirements.md', 'bugfix.md', 'design.md', 'tasks.md'].flatMap(
      corpusFiles,
    )) {
      const compared = compare(text);
      same += compared.same;
      assert.deepEqual(compared.differ, [], name);
    }
    console.log(`      ${same} blocks`);
    assert.ok(same > 10_000);
  });

  it('are the same in generated documents', () => {
    fc.assert(
      fc.property(document, (text) => {
        assert.deepEqual(compare(text).differ, [], JSON.stringify(text));
      }),
      runs(400),
    );
  });

  const otherwise: readonly (readonly [name: string, text: string, ours: readonly string[]])[] = [
    ['code is never indented', 'a\n\n    - [ ] b', ['paragraph 0 0', 'item 7 0']],
    ['two columns nest an item', '1. a\n  - b', ['item 0 0', 'item 7 1']],
    ['a quotation is a paragraph', '> a', ['paragraph 0 0']],
    ['HTML is a paragraph', '<div>\n- a', ['paragraph 0 0', 'item 6 0']],
    ['a link definition is a paragraph', '[a]: b', ['paragraph 0 0']],
  ];
  for (const [name, text, ours] of otherwise)
    it(`differ on purpose: ${name}`, () => {
      assert.deepEqual(
        readBlocks(text).flatMap((block) => tell(block) ?? []),
        ours,
      );
    });
});
