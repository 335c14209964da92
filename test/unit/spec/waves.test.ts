import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { parseTasks } from '../../../src/core/spec/tasks/parseTasks';
import { lintText } from '../../support/lintText';
import { runs } from '../../support/soak';

const HEAD = '- [ ] 1. A\n- [ ] 2. B\n- [ ] 3. C\n## Task Dependency Graph\n\n';
const waves = (graph: string) =>
  parseTasks(HEAD + graph).waves.map(
    ({ name, tasks }) => `${name === undefined ? '' : `${name}: `}${tasks.flatMap(({ ids }) => ids).join()}`,
  );
const json = (value: string) => `\`\`\`json\n${value}\n\`\`\``;

describe('Waves', () => {
  const cases: readonly (readonly [name: string, graph: string, expected: readonly string[]])[] = [
    [
      'as Kiro writes them',
      json('{"waves":[{"id":0,"tasks":["1","2"]},{"id":1,"tasks":["3"]}]}'),
      ['1,2', '3'],
    ],
    ['as bare lists', json('{"waves": [["1"], ["2", "3"]]}'), ['1', '2,3']],
    ['as a list of objects', json('[{"wave": 1, "description": "First", "tasks": ["1"]}]'), ['First: 1']],
    ['with other keys', json('{"waves":[{"name":"A","depends_on":[],"tasks":["1"]}]}'), ['A: 1']],
    ['with numbers', json('{"waves":[{"tasks":[1, 2]}]}'), ['1,2']],
    ['as arrows', '1, 2 → 3', ['1,2', '3']],
    ['as arrows in a fence', '```\n1 -> 2 -> 3\n```', ['1', '2', '3']],
    ['as words, which are none', 'First the foundation, then the rest.', []],
    ['as JSON of something else', json('{"a": [1]}'), []],
  ];
  for (const [name, graph, expected] of cases)
    it(`are read ${name}`, () => assert.deepEqual(waves(graph), expected));

  it('say where each task is named', () => {
    const text = `${HEAD}${json('{"waves":[{"tasks":["1","2"]}]}')}`;
    for (const { ids, range } of parseTasks(text).waves.flatMap(({ tasks }) => tasks))
      assert.equal(text.slice(range.start, range.end), ids[0]);
  });

  it('report a task that is not there, is there twice, and JSON that is none', () => {
    const rules = (graph: string) => lintText(HEAD + graph, 'tasks').map(({ rule }) => rule);
    assert.deepEqual(rules(json('{"waves":[{"tasks":["1","2","3","9"]}]}')), ['unknown-reference']);
    assert.deepEqual(rules('1 → 2, 3 → 1'), ['task-in-two-waves']);
    assert.deepEqual(rules(json('{"waves":[{"tasks":["1"}]}')), ['unreadable-waves']);
  });

  it('never throw, and stay in the text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"waves"',
      ':',
      ',',
      '"1"',
      '1',
      ' -> ',
      '→',
      '\n',
      '```',
      '"tasks"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = `${HEAD}${pieces.join('')}`;
        for (const { range, ids } of parseTasks(text).waves.flatMap(({ tasks }) => tasks))
          assert.equal(text.slice(range.start, range.end), ids[0]);
      }),
      runs(500),
    );
  });
});

describe('Requirements whose headings only number them', () => {
  it('are read below “Requirements”, where no other heading says so', () => {
    const text =
      '# Doors\n## Requirements\n### 1. Opening\n#### Acceptance Criteria\n1. THE Door SHALL open\n### 2: Ringing\n#### Acceptance Criteria\n1. THE Bell SHALL ring';
    assert.deepEqual(
      lintText(text).map(({ rule }) => rule),
      [],
    );
  });
});
