import { strict as assert } from 'node:assert';
import { approvalText } from '../../../src/core/spec/contentHash';

describe('What an approval is bound to', () => {
  const same: readonly (readonly [name: string, a: string, b: string])[] = [
    ['line endings', 'a\nb\n', 'a\r\nb\r'],
    ['a byte order mark', 'a', '\uFEFFa'],
    ['trailing whitespace', 'a\n\nb', 'a  \n\t\nb\n\n\n'],
    ['states of boxes', '- [ ] 1. a\n  * [x] b\n', '- [x] 1. a\n  * [-] b'],
    ['states of optional boxes', '- [ ]* 1. a\n- [X]\\* b', '- [~]* 1. a\n- [ ]\\* b'],
    ['a state as an editor wrote it', '- [x]  a', '- [ ]  a'],
  ];
  for (const [name, a, b] of same)
    it(`not ${name}`, () => assert.equal(approvalText('tasks', a), approvalText('tasks', b)));

  const other: readonly (readonly [name: string, a: string, b: string])[] = [
    ['words', '- [ ] a', '- [ ] b'],
    ['being optional', '- [ ] a', '- [ ]* a'],
    ['indentation', '- [ ] a', '  - [ ] a'],
    ['blank lines within', 'a\nb', 'a\n\nb'],
    ['brackets in running text', '- a [ ] b', '- a [x] b'],
    ['other states', '- [ ] a', '- [?] a'],
  ];
  for (const [name, a, b] of other)
    it(`but ${name}`, () => assert.notEqual(approvalText('tasks', a), approvalText('tasks', b)));

  it('counts boxes in other documents', () => {
    assert.notEqual(approvalText('design', '- [ ] a'), approvalText('design', '- [x] a'));
    assert.equal(approvalText('design', '- [x] a'), '- [x] a');
  });

  it('is stable: the text of a text is itself', () => {
    const text = approvalText('tasks', '\uFEFF# A \r\n- [x] b\r\n');
    assert.equal(approvalText('tasks', text), text);
  });
});
