/** What a document of requirements says around its criteria: read, found and commented on like them. */
import { strict as assert } from 'node:assert';
import type { ReviewModel, ReviewPart, ReviewRequirement } from '../../../src/protocol/review';
import { filterChips, openThreads, visible, visibleParts } from '../../../src/webview/review/filters';
import { isCut } from '../../../src/webview/review/longParts';
import { blocksOf, cardsOf, stopsOf } from '../../../src/webview/review/navigation';
import { type SummaryPart, summarize } from '../../../src/webview/review/summary';
import {
  fullReview,
  requirements,
  sections,
  talk,
  toldRequirements,
  toldSections,
} from '../../support/gallery/reviewFixtures';

const [title, introduction, glossary, heading, evidence] = sections as readonly [
  ReviewPart,
  ReviewPart,
  ReviewPart,
  ReviewPart,
  ReviewPart,
];
const second = requirements[1] as ReviewRequirement;
const told: ReviewModel = { ...fullReview, sections: toldSections, requirements: toldRequirements };

const stops = (model: ReviewModel, folded: readonly string[] = []) =>
  stopsOf(blocksOf(cardsOf(visible(model, [], ''), folded, false), visibleParts(model, [], ''))).map(
    ({ nav }) => nav,
  );
const found = (model: ReviewModel, query: string) => [
  ...visibleParts(model, [], query).map(({ id }) => id),
  ...visible(model, [], query).flatMap(({ items }) => items.map(({ id }) => id)),
];
const words = (parts: readonly SummaryPart[]) =>
  parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');

describe('review: what stands around the criteria', () => {
  it('is reached in the order of the document, with the head of each requirement', () => {
    const model = { ...told, requirements: toldRequirements.slice(0, 2) };
    assert.deepEqual(stops(model, ['2']), [
      introduction.key,
      glossary.key,
      'r1',
      '1.1',
      '1.2',
      '1.3',
      'Deposits are counted at the end of the day.',
      '1.4',
      'r2',
      evidence.key,
    ]);
  });

  it('is found by its words', () => {
    assert.deepEqual(found(told, 'once a year'), [introduction.id]);
    assert.deepEqual(found(told, 'station.ts:7'), [evidence.id]);
    assert.deepEqual(found(told, 'counted at'), ['Deposits are counted at the end of the day.']);
  });

  it('is counted and filtered by what was edited and what is said about it', () => {
    const chips = new Map(filterChips(told).map(({ id, count }) => [id, count]));
    // The introduction, the head of 1, and 1.3.
    assert.equal(chips.get('changed'), 3);
    assert.deepEqual(
      visibleParts(told, ['changed'], '').map(({ id }) => id),
      [introduction.id],
    );
    assert.deepEqual(
      visible(told, ['changed'], '').map(({ requirement, items }) => [
        requirement.id,
        items.map(({ id }) => id),
      ]),
      [['1', ['1.3']]],
    );
    assert.ok(openThreads(told).includes(talk));
    assert.ok(words(summarize(told).parts).includes('re-read 3 changed parts'));
  });

  it('shows a requirement of which the head alone was edited', () => {
    const head: ReviewRequirement = { ...second, changed: 'changed' };
    assert.deepEqual(visible({ ...told, requirements: [head] }, ['changed'], ''), [
      { requirement: head, items: [] },
    ]);
  });

  it('leaves out headings that head nothing, unless something is to be told of them', () => {
    const shown = (change: Partial<ReviewPart>) =>
      visibleParts({ ...told, sections: [{ ...title, ...change }, heading] }, [], '').map(({ id }) => id);
    assert.deepEqual(shown({}), []);
    assert.deepEqual(shown({ changed: 'changed' }), [title.id]);
    assert.deepEqual(shown({ threads: [talk] }), [title.id]);
    assert.deepEqual(shown({ text: `${title.text}\n\nOf the tool library.` }), [title.id]);
  });

  it('shows the first lines of what is long, until the rest is wanted or has something to tell', () => {
    assert.equal(isCut(glossary, []), true);
    assert.equal(isCut(glossary, [glossary.key]), false);
    assert.equal(isCut(introduction, []), undefined);
    assert.equal(isCut({ ...glossary, changed: 'changed' }, []), undefined);
    assert.equal(isCut({ ...glossary, threads: [talk] }, []), undefined);
    assert.equal(isCut({ ...glossary, threads: [{ ...talk, resolved: true }] }, []), true);
  });
});
