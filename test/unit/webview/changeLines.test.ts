import assert from 'node:assert/strict';
import { type ChangeWord, changeLines } from '../../../src/webview/review/changeLines';
import { idsFirst, taskName } from '../../../src/webview/review/traceNames';

const kept = (text: string): ChangeWord => ({ text, is: 'kept' });
const gone = (text: string): ChangeWord => ({ text, is: 'gone' });
const fresh = (text: string): ChangeWord => ({ text, is: 'new' });

/** `when [WHEN|IF] a: b`, each line. */
function drawn(words: readonly ChangeWord[]): readonly string[] | undefined {
  return changeLines(words)?.map(({ role, keywords, pieces }) => {
    const body = pieces.map(({ kind, word }) => `${kind}:${word.text.trim()}`).join(' ');
    return `${role} [${keywords.map(({ text }) => text).join('|')}] ${body}`;
  });
}

describe('review: the words of a change', () => {
  it('have a clause a line, and a keyword that is replaced beside its successor', () => {
    const words = [
      gone('WHEN'),
      fresh('IF'),
      kept(' the URL fails, THEN THE Shortener SHALL answer with '),
      gone('the rule'),
      fresh('every rule'),
    ];
    assert.deepEqual(drawn(words), [
      'if [WHEN|IF] text:the URL fails,',
      'then [THEN] article:THE system:Shortener shall:SHALL text:answer with text:the rule text:every rule',
    ]);
  });

  it('keep a clause that is new in a line of its own', () => {
    const words = [fresh('WHILE it is down, '), kept('THE Server SHALL wait'), fresh(' and tell')];
    assert.deepEqual(drawn(words), [
      'while [WHILE] text:it is down,',
      'system [THE] system:Server shall:SHALL text:wait text:and tell',
    ]);
  });

  it('know the system that is named in small letters', () => {
    assert.deepEqual(drawn([kept('WHEN it is pushed THEN the CI System SHALL deploy')]), [
      'when [WHEN] text:it is pushed',
      'then [THEN] article:the system:CI System shall:SHALL text:deploy',
    ]);
  });

  it('stay as they are written where they are no criterion in capitals', () => {
    for (const text of [
      '### Property 1\n\n*For any* link',
      'the system shall wait',
      '**WHEN** a THE b SHALL c',
    ])
      assert.equal(drawn([kept(text)]), undefined, text);
  });
});

describe('review: the names of tasks', () => {
  it('show ids before words, and words without their marks', () => {
    assert.deepEqual(idsFirst(['**URGENT: stop**', '10', '2.1']), ['10', '2.1', '**URGENT: stop**']);
    assert.equal(taskName('**URGENT: stop `deploy`** now'), 'URGENT: stop deploy now');
    assert.equal(taskName('2 * 3'), '2 * 3');
  });
});
