import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DiffRow, diffFile } from '../../../src/webview/shared/diffRows';
import {
  baseName,
  formatCost,
  formatDuration,
  formatElapsed,
  formatTokens,
  plural,
} from '../../../src/webview/shared/format';
import { isToAgent, isToReview } from '../../../src/webview/shared/guards';
import { reuse } from '../../../src/webview/shared/reuse';
import { step } from '../../../src/webview/shared/roving';

const ROOT = join(__dirname, '../../..');

function draw(rows: readonly DiffRow[] | undefined): string[] {
  return (rows ?? []).map((row) => {
    if (row.kind === 'gap') return `… ${row.lines}`;
    const text = row.parts.map((part) => (part.changed ? `[${part.text}]` : part.text)).join('');
    return `${row.line} ${{ same: ' ', added: '+', removed: '-' }[row.kind]}${text}`;
  });
}

const LINES = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`);
const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('diff', () => {
  it('folds what did not change and marks the words that did', () => {
    const after = LINES.with(9, 'line ten');
    const diff = diffFile(text(LINES), text(after), 1);
    assert.deepEqual(draw(diff.rows), [
      '… 8',
      '9  line 9',
      '10 -line [10]',
      '10 +line [ten]',
      '11  line 11',
      '… 9',
    ]);
    assert.deepEqual([diff.added, diff.removed], [1, 1]);
  });

  it('counts lines by the side they are on', () => {
    const after = [...LINES.slice(0, 2), 'new', ...LINES.slice(2, 17), ...LINES.slice(18)];
    assert.deepEqual(draw(diffFile(text(LINES), text(after), 0).rows), [
      '… 2',
      '3 +new',
      '… 15',
      '18 -line 18',
      '… 2',
    ]);
  });

  it('draws a new, a deleted and an unchanged file', () => {
    assert.deepEqual(draw(diffFile(undefined, 'a\nb\n').rows), ['1 +a', '2 +b']);
    assert.deepEqual(draw(diffFile('a\nb\n', undefined).rows), ['1 -a', '2 -b']);
    assert.deepEqual(diffFile('a', 'a'), { added: 0, removed: 0, rows: [] });
  });

  it('says nothing about the missing end of the last line', () => {
    assert.deepEqual(
      draw(diffFile('a', 'a\nb').rows).filter((row) => row.includes('No newline')),
      [],
    );
  });

  it('gives up on texts that have nothing in common, with their counts', () => {
    const many = (word: string): string => text(Array.from({ length: 5000 }, (_, i) => `${word} ${i}`));
    const diff = diffFile(many('a'), many('b'));
    assert.deepEqual([diff.rows, diff.added, diff.removed], [undefined, 5000, 5000]);
  });
});

describe('format', () => {
  it('durations', () => {
    const given = [0, 6, 99, 300, 9_940, 9_960, 12_000, 59_600, 60_000, 372_000, 3_600_000, 3_840_000];
    assert.deepEqual(given.map(formatDuration), [
      '0 ms',
      '6 ms',
      '99 ms',
      '0.3 s',
      '9.9 s',
      '10 s',
      '12 s',
      '1 m',
      '1 m',
      '6 m 12 s',
      '1 h',
      '1 h 4 m',
    ]);
    assert.deepEqual([0, 1_900, 12_345].map(formatElapsed), ['1 s', '1 s', '12 s']);
  });

  it('money, tokens, counts, paths', () => {
    assert.deepEqual([undefined, 0, 0.004, 0.31, 12.4].map(formatCost), [
      undefined,
      '$0',
      '< $0.01',
      '$0.31',
      '$12.40',
    ]);
    assert.deepEqual([940, 12_400, 99_960, 120_000, 1_240_000].map(formatTokens), [
      '940',
      '12.4k',
      '100k',
      '120k',
      '1.2M',
    ]);
    assert.deepEqual(
      [plural(1, 'criterion', 'criteria'), plural(2, 'finding')],
      ['1 criterion', '2 findings'],
    );
    assert.equal(baseName('/a/b/c.ts'), 'c.ts');
  });
});

describe('reuse', () => {
  it('keeps what did not change, down to the smallest part', () => {
    const before = { a: { x: 1 }, list: [{ id: 1 }, { id: 2 }] };
    assert.equal(reuse(before, structuredClone(before)), before);
    const after = reuse(before, { a: { x: 1 }, list: [{ id: 1 }, { id: 3 }] });
    assert.notEqual(after, before);
    assert.equal(after.a, before.a);
    assert.equal(after.list[0], before.list[0]);
    assert.deepEqual(after.list[1], { id: 3 });
  });

  it('sees what went and what came', () => {
    assert.deepEqual(reuse({ a: 1, b: 2 }, { a: 1 }), { a: 1 });
    assert.deepEqual(reuse([1, 2], [1]), [1]);
    assert.deepEqual(reuse([1], { 0: 1 }), { 0: 1 });
    assert.deepEqual(reuse({ a: undefined }, { b: undefined }), { b: undefined });
  });
});

describe('roving', () => {
  it('stays inside the list', () => {
    assert.deepEqual(
      [step([], 'a', 1), step(['a', 'b'], 'b', 1), step(['a', 'b'], 'a', -1), step(['a', 'b'], 'gone', 1)],
      [undefined, 'b', 'a', 'a'],
    );
  });
});

describe('guards', () => {
  it('drop what has another shape', () => {
    assert.ok(isToReview({ type: 'model', model: { steps: [] } }));
    assert.ok(isToAgent({ type: 'live', update: { session: 's' } }));
    for (const message of [
      undefined,
      null,
      'x',
      {},
      { type: 'model' },
      { type: 'model', model: {} },
      { type: 'live' },
      { type: 'error' },
    ]) {
      assert.ok(!isToReview(message) && !isToAgent(message));
    }
  });
});

describe('icons', () => {
  it('are all in the host’s set', () => {
    const names = [
      ...readFileSync(join(ROOT, 'src/webview/shared/iconNames.ts'), 'utf8').matchAll(/^ {2}\| '([\w-]+)'/gm),
    ].map((match) => match[1]);
    const css = readFileSync(join(ROOT, 'node_modules/@vscode/codicons/dist/codicon.css'), 'utf8');
    assert.ok(names.length > 30);
    assert.deepEqual(
      names.filter((name) => !css.includes(`.codicon-${name}:before`)),
      [],
    );
  });
});
