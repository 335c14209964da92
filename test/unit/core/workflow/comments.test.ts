// Feature: workflow-engine, Property 8: A comment keeps its place
// Verifies: workflow-engine#4.1, #4.2
/** Comments on a spec: kept beside it, found again when the text moves, sent as one request. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Spec } from '../../../../src/core/spec/model';
import { parseDocument } from '../../../../src/core/spec/parseDocument';
import { anchorAt, placeAnchor, rangeOfWords } from '../../../../src/core/workflow/comments/anchor';
import { commentsPath, foldComments } from '../../../../src/core/workflow/comments/records';
import { runs } from '../../../support/soak';
import { type Harness, REQUIREMENTS, SPEC, specFile, startCore } from '../coreHarness';

const TEXT = REQUIREMENTS.replace(
  'delete it.',
  'delete it.\n2. THE Link_Store SHALL count how many links it keeps.',
);
const FILES = { [specFile('requirements.md')]: TEXT };
const rangeOf = (words: string, text = TEXT) => {
  const start = text.indexOf(words);
  assert.notEqual(start, -1, words);
  return { start, end: start + words.length };
};

function specOf({ core }: Harness): Spec {
  const spec = core.specs.get(SPEC);
  assert.ok(spec);
  return spec;
}

async function commented(...words: readonly (readonly [about: string, text: string])[]) {
  const harness = await startCore({ files: FILES });
  for (const [about, text] of words) {
    await harness.core.comments.comment(specOf(harness), 'requirements', rangeOf(about), text);
    await harness.ports.clock.advance(1000);
  }
  const threads = () => harness.core.comments.threads(specOf(harness), 'requirements');
  return { harness, threads, comments: harness.core.comments };
}

describe('A comment on a spec', () => {
  it('stands at its words, in its criterion, with who said it', async () => {
    const { threads } = await commented(['30 days', 'Why 30?']);
    const [thread] = await threads();
    assert.equal(thread?.part, '1.1');
    assert.equal(thread?.quote, '30 days');
    assert.deepEqual(thread?.range, rangeOf('30 days'));
    assert.deepEqual(
      thread?.comments.map(({ by, text }) => [by, text]),
      [['Ada', 'Why 30?']],
    );
  });

  it('is kept beside another that is written at the same moment', async () => {
    const { harness, threads, comments } = await commented();
    const say = (text: string) => comments.comment(specOf(harness), 'requirements', rangeOf('30 days'), text);
    await Promise.all([say('Why 30?'), say('Why days?'), say('Why?')]);
    assert.equal((await threads()).length, 3);
  });

  it('moves with its words, and stays with its criterion when they are gone', async () => {
    const { harness, threads } = await commented(['30 days', 'Why 30?']);
    const edit = async (text: string) => {
      await harness.ports.files.writeText(`${SPEC}/requirements.md`, text);
      await harness.ports.clock.advance(50);
    };
    const moved = TEXT.replace('Links expire.', 'Links expire.\n\nAnd more.');
    await edit(moved);
    assert.deepEqual((await threads())[0]?.range, rangeOf('30 days', moved));
    assert.equal((await threads())[0]?.lost, false);
    const gone = TEXT.replace('30 days', 'a month');
    await edit(gone);
    const [thread] = await threads();
    assert.equal(thread?.lost, true);
    assert.ok(gone.slice(thread?.range.start, thread?.range.end).includes('a month old'));
  });

  it('does not go to words of somebody else that happen to be the same', async () => {
    const { harness, threads } = await commented(['SHALL', 'Must it?']);
    const part = (await threads())[0]?.part ?? '';
    const twice = TEXT.replace('SHALL', 'WILL').concat(
      '\n2. THE Store SHALL hold.\n3. THE Store SHALL last.\n',
    );
    await harness.ports.files.writeText(`${SPEC}/requirements.md`, twice);
    await harness.ports.clock.advance(50);
    const [thread] = await threads();
    assert.equal(thread?.lost, true);
    assert.equal(thread?.part, part);
    assert.ok(twice.slice(thread?.range.start, thread?.range.end).includes('WILL'));
  });

  it('is answered, resolved, reopened and deleted, also by another window', async () => {
    const { harness, threads, comments } = await commented(['30 days', 'Why 30?']);
    const spec = specOf(harness);
    const id = (await threads())[0]?.id ?? '';
    await comments.answer(spec, id, 'The law says so.');
    await comments.resolve(spec, id, true);
    const other = (await startCore({ ports: harness.ports })).core;
    const [seen] = await other.comments.threads(spec, 'requirements');
    assert.equal(seen?.resolved, true);
    assert.equal(seen?.comments.length, 2);
    await comments.resolve(spec, id, false);
    assert.equal((await threads())[0]?.resolved, false);
    await comments.remove(spec, id, (await threads())[0]?.comments[1]?.id ?? '');
    assert.equal((await threads())[0]?.comments.length, 1);
    await comments.remove(spec, id, id);
    assert.deepEqual(await threads(), []);
  });

  it('of nothing is refused', async () => {
    const { harness, comments } = await commented();
    const spec = specOf(harness);
    await assert.rejects(comments.comment(spec, 'requirements', { start: 0, end: 0 }, ' \n'), {
      reason: 'invalid',
    });
    await assert.rejects(comments.comment(spec, 'design', { start: 0, end: 0 }, 'Hm'), {
      reason: 'notFound',
    });
    assert.equal(harness.ports.files.text(commentsPath(SPEC)), undefined);
  });
});

describe('Words that are selected where a document is drawn', () => {
  const design = parseDocument(
    'design',
    '# Design\n\n## Sweep\n\nA **nightly** job\ndeletes `old` links.\n\n## Log\n\nEach link, once.\n\nEach link, once.\n',
  );
  const { text } = design;
  /** What is commented on, from the part of a heading. */
  const about = (heading: string, words: string) => {
    const start = text.indexOf(heading);
    const range = rangeOfWords(design, start, words);
    return { found: text.slice(range.start, range.end), at: range.start - start, ...anchorAt(design, range) };
  };

  const cases: readonly (readonly [why: string, heading: string, words: string, quote: string])[] = [
    ['to the letter', '## Log', 'link, once', 'link, once'],
    ['without marks', '## Sweep', 'A nightly job', 'A **nightly** job'],
    [
      'without marks and line ends',
      '## Sweep',
      'nightly job deletes old links',
      'nightly** job\ndeletes `old` links',
    ],
  ];
  for (const [why, heading, words, quote] of cases)
    it(`are found ${why}`, () => {
      const { found, part } = about(heading, words);
      assert.deepEqual([found, part], [quote, heading]);
    });

  it('are never found in another part: then it is about the part', () => {
    for (const words of ['Each link', 'Log', 'nightly links', '…', '']) {
      const { found, part, quote, at } = about('## Sweep', words);
      assert.deepEqual([found, part, quote, at], ['', '## Sweep', '## Sweep', 0], words);
    }
  });

  it('stay in their part whatever is selected from which part', () => {
    const starts = ['# Design', '## Sweep', '## Log'].map((heading) => text.indexOf(heading));
    const slice = fc
      .tuple(fc.nat(text.length), fc.nat(40))
      .map(([at, length]) => text.slice(at, at + length));
    const words = fc.oneof(
      slice,
      fc.string(),
      slice.map((each) => each.replace(/[*`\n]/g, ' ')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...starts), words, (start, selected) => {
        const range = rangeOfWords(design, start, selected);
        const end = starts[starts.indexOf(start) + 1] ?? text.length;
        assert.ok(range.start >= start && range.end <= end, JSON.stringify(range));
      }),
      runs(300),
    );
  });
});

describe('The comments of a document', () => {
  it('are one request: those that are open, with the words that they are about, and once', async () => {
    const { harness, threads, comments } = await commented(
      ['30 days', 'Make it 60.'],
      ['count how many', 'Is this needed?'],
      ['Links expire.', 'Say why.'],
    );
    const spec = specOf(harness);
    await comments.resolve(spec, (await threads())[2]?.id ?? '', true);
    await comments.answer(spec, (await threads())[0]?.id ?? '', 'Or 90?');
    const request = await comments.request(spec, 'requirements');
    assert.equal(request?.count, 2);
    assert.match(
      request?.text ?? '',
      /1\. 1\.1, “30 days”:\n {3}Make it 60\.\n {3}Or 90\?\n2\. 1\.2, “count how many”:/,
    );
    assert.doesNotMatch(request?.text ?? '', /Say why/);
    await request?.sent();
    assert.equal(await comments.request(spec, 'requirements'), undefined);
    await harness.ports.clock.advance(1000);
    await request?.unsent();
    const [again] = await threads();
    assert.deepEqual([again?.sent, again?.asked], [false, undefined], 'nothing came of it');
    assert.equal((await comments.request(spec, 'requirements'))?.text, request?.text);
    await harness.ports.clock.advance(1000);
    await request?.sent();
    await comments.answer(spec, (await threads())[1]?.id ?? '', 'Still?');
    assert.equal((await comments.request(spec, 'requirements'))?.count, 1, 'who says more wants it sent');
  });

  it('merge: two branches that comment give the union, in one order', async () => {
    const { harness } = await commented(['30 days', 'Why 30?'], ['count how many', 'Why?']);
    const lines = (harness.ports.files.text(commentsPath(SPEC)) ?? '').trim().split('\n');
    assert.deepEqual(foldComments([...lines].reverse().join('\n')), foldComments(lines.join('\n')));
    assert.deepEqual([...lines].sort(), lines);
  });

  it('are read whatever stands in the file', () => {
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom(
        '{"v":1,"at":"2026","id":"a","by":"A","type":"commented","document":"d","part":"1.1","quote":"q","text":"t"}',
        '{"v":1,"at":"2027","id":"b","by":"B","type":"answered","thread":"a","text":"t"}',
        '{"v":1,"at":"2027","id":"c","by":"B","type":"removed","thread":"a","comment":"a"}',
        '{"v":1,"at":"2027","id":"d","by":"B","type":"__proto__","thread":"a"}',
      ),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        for (const { comments } of foldComments(lines.join('\n'))) assert.ok(comments.length > 0);
      }),
      runs(200),
    );
  });

  it('stand somewhere in any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(200), fc.nat(50), (before, after, start, length) => {
        const document = parseDocument('requirements', `${TEXT}${before}`);
        const anchor = anchorAt(document, { start, end: start + length });
        const next = parseDocument('requirements', `${after}${TEXT}`);
        const { range } = placeAnchor(next, anchor);
        assert.ok(0 <= range.start && range.start <= range.end && range.end <= next.text.length);
      }),
      runs(200),
    );
  });
});
