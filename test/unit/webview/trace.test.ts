import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { commandOf } from '../../../src/webview/trace/keys';
import { chipsOf, emptyCell, nextGap, rowsOf, summaryOf } from '../../../src/webview/trace/rows';
import { readUiState } from '../../../src/webview/trace/uiState';
import { scrollFor, topsOf, windowOf } from '../../../src/webview/trace/windowed';
import { earlyTrace, fullTrace, longTrace, readingTrace } from '../../support/gallery/traceFixtures';
import { runs } from '../../support/soak';

const ALL = { filters: [], query: '', folded: [] } as const;
const keys = (view: Partial<Parameters<typeof rowsOf>[1]>, model = fullTrace) =>
  rowsOf(model, { ...ALL, ...view }).map(({ key }) => key);

describe('The trace panel', () => {
  it('shows requirements, their criteria, and last what is linked to nothing', () => {
    assert.deepEqual(keys({}), [
      'group 1',
      ...['1.1', '1.2', '1.3', '1.4'],
      'group 2',
      ...['2.1', '2.2', '2.3', '2.4'],
      '#nothing',
      'orphan 0 4',
    ]);
    assert.deepEqual(summaryOf(fullTrace), { count: '8 criteria', states: '4 covered, 4 uncovered' });
  });

  it('counts on each filter what the filter shows', () => {
    for (const { id, count } of chipsOf(fullTrace)) {
      const shown = rowsOf(fullTrace, { ...ALL, filters: [id] });
      const rows = shown.filter(({ kind }) => kind !== 'group' && kind !== 'nothing');
      assert.equal(rows.length, count, id);
    }
    assert.deepEqual(keys({ filters: ['suspect'] }), ['group 2', '2.3']);
    assert.deepEqual(keys({ filters: ['unproven'] }), ['group 1', '1.3', '1.4', 'group 2', '2.3', '2.4']);
  });

  it('finds a criterion by its words, its requirement, and what is linked to it', () => {
    assert.deepEqual(keys({ query: '7 characters' }), ['group 1', '1.1']);
    assert.deepEqual(keys({ query: 'REDIRECTOR.test' }), ['group 2', '2.1', '2.2']);
    assert.deepEqual(keys({ query: 'read cache' }), ['group 2', '2.3', '2.4']);
    assert.deepEqual(keys({ query: 'nowhere' }), []);
  });

  it('hides nothing that a search finds in a folded requirement', () => {
    assert.deepEqual(keys({ folded: ['group 1', '#nothing'] }).slice(0, 2), ['group 1', 'group 2']);
    assert.deepEqual(keys({ folded: ['group 1'], query: '7 characters' }), ['group 1', '1.1']);
  });

  it('calls nothing missing that is yet to be written or read', () => {
    assert.equal(emptyCell('task', earlyTrace), 'na');
    assert.equal(emptyCell('design', earlyTrace), 'na');
    assert.equal(emptyCell('test', earlyTrace), 'none');
    assert.equal(emptyCell('test', readingTrace), 'reading');
    assert.equal(chipsOf(readingTrace).find(({ id }) => id === 'unproven')?.count, 0);
  });

  it('goes from gap to gap, around the end', () => {
    const rows = rowsOf(fullTrace, ALL);
    const seen: (string | undefined)[] = [];
    for (let at = nextGap(rows, fullTrace, 0), n = 0; at !== undefined && n < 6; n++) {
      seen.push(rows[at]?.key);
      at = nextGap(rows, fullTrace, at);
    }
    assert.deepEqual(seen, ['1.3', '1.4', '2.3', '2.4', 'orphan 0 4', '1.3']);
  });

  it('says where each link is, and why it is suspect', () => {
    const criterion = fullTrace.groups[1]?.criteria[2];
    const link = criterion?.cells.task.links[0];
    assert.equal(link?.label, '3 Serve from the read cache');
    assert.equal(link?.reason, '2.3 was edited since the link was confirmed');
    assert.deepEqual(criterion?.cells.code.links[0]?.place, { path: 'src/redirector.ts', line: 41 });
    assert.equal(criterion?.cells.design.links[0]?.short, 'Outage of the store');
    assert.equal(fullTrace.groups[0]?.criteria[0]?.cells.test.links[0]?.by, 'P1');
  });

  it('draws a screenful of a thousand criteria, and always every row that is seen', () => {
    assert.equal(keys({}, longTrace).length, 1100);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(20, 34, 76), { maxLength: 2000 }),
        fc.nat(40_000),
        fc.nat(2000),
        (heights, top, height) => {
          const tops = topsOf(heights);
          const { first, end } = windowOf(tops, top, height);
          assert.ok(first >= 0 && end <= heights.length && end - first <= height / 20 + 27);
          for (const [index, own] of heights.entries()) {
            const begins = tops[index] ?? Number.NaN;
            const isSeen = begins < top + height && begins + own > top;
            if (isSeen) assert.ok(index >= first && index < end);
          }
        },
      ),
      runs(60),
    );
  });

  it('scrolls no further than it takes to see a row', () => {
    const tops = topsOf([34, ...Array<number>(20).fill(28)]);
    assert.equal(scrollFor(3, tops, 0, 280), undefined);
    assert.equal(scrollFor(10, tops, 0, 280), 34);
    assert.equal(scrollFor(1, tops, 100, 280), 34);
  });

  it('leaves letters to the search, and Enter to a button', () => {
    const press = (key: string, context = {}) =>
      commandOf(
        { key, ctrlKey: false, metaKey: false, altKey: false },
        { typing: false, onControl: false, ...context },
      )?.do;
    assert.equal(press('n'), 'gap');
    assert.equal(press('n', { typing: true }), undefined);
    assert.equal(press('Enter'), 'jump');
    assert.equal(press('Enter', { onControl: true }), undefined);
    assert.equal(press(' '), 'chain');
    assert.equal(press('Escape', { typing: true }), 'escape');
    assert.equal(
      commandOf(
        { key: 'a', ctrlKey: true, metaKey: false, altKey: false },
        { typing: false, onControl: false },
      ),
      undefined,
    );
  });

  it('starts plainly from a kept state that is none', () => {
    for (const kept of [
      undefined,
      null,
      7,
      'x',
      { filters: [3, 'nope'], query: 4, column: 99, row: {}, folded: 'x' },
    ])
      assert.deepEqual(readUiState(kept), {
        ...{ filters: [], query: '', folded: [], row: undefined, column: -1, chainOpen: false },
      });
  });
});
