import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { parseTasks } from '../../../src/core/spec/tasks/parseTasks';
import { parseTasksMeta, unknownResults } from '../../../src/core/spec/tasks/parseTasksMeta';
import { runs } from '../../support/soak';

const TEXT =
  '{"pbtResults":{"2.3":{"status":"failed","failingExample":[1,2],"lastRunTimestamp":"2026-01-01"},"3":{"status":"odd"}},"executionHistory":{}}';

/** What is wrong with a text, each with the words that it is about. */
function found(text: string): readonly string[] {
  return parseTasksMeta(text).findings.map(
    ({ rule, range }) => `${rule}: ${text.slice(range.start, range.end)}`,
  );
}

describe('tasks.meta.json', () => {
  it('tells what became of property tests', () => {
    for (const text of [TEXT, `\uFEFF${TEXT}`])
      assert.deepEqual(
        [...parseTasksMeta(text).results],
        [['2.3', { status: 'failed', failingExample: '[1,2]', lastRun: '2026-01-01' }]],
      );
    assert.deepEqual(found(TEXT), []);
  });

  it('may be empty, or about something else', () => {
    for (const text of [
      '',
      ' \n',
      '[]',
      'null',
      '{"pbtResults": 3}',
      '{"pbtResults":{},"executionHistory":{}}',
    ]) {
      assert.equal(parseTasksMeta(text).results.size, 0);
      assert.deepEqual(found(text), []);
    }
  });

  it('is told when it is broken, and counts as far as it can be read', () => {
    assert.deepEqual(found('{'), ['malformed-tasks-meta: ']);
    const broken = TEXT.replace('"3":{"status":"odd"}}', '"3" {"status":"odd"}}');
    assert.deepEqual(found(broken), ['malformed-tasks-meta: {']);
    assert.equal(parseTasksMeta(broken).results.get('2.3')?.status, 'failed');
    assert.equal(found('['.repeat(5000)).length, 1);
  });

  it('names tasks that are there', () => {
    const tasks = parseTasks('- [ ] 2. A\n  - [ ] 2.3 B');
    assert.deepEqual(
      unknownResults(parseTasksMeta(TEXT), tasks).map(({ message, range }) => [
        TEXT.slice(range.start, range.end),
        message.split(',')[0],
      ]),
      [['"3"', 'tasks.md has no task 3']],
    );
  });

  it('is read whatever it is', () => {
    const words = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"pbtResults"',
      '"1"',
      ':',
      ',',
      '"status"',
      '"passed"',
      'null',
      '1',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        for (const { range } of [...parseTasksMeta(text).findings, ...parseTasksMeta(text).names])
          assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length, text);
      }),
      runs(300),
    );
  });
});
