import assert from 'node:assert/strict';
import fc from 'fast-check';
import { freeName, nameFromIdea, nameProblem } from '../../../../src/core/workflow/specName';

const RUNS = 1000 * (process.env.EARSHOT_SOAK ? 20 : 1);

describe('names of specs', () => {
  const ideas: readonly [string, string][] = [
    ['Let short links expire after 30 days', 'short-links-expire-30'],
    ['  Add OAuth2 / SSO login!  ', 'oauth2-sso-login'],
    ['Größe der Überschrift ändern', 'große-der-uberschrift-andern'],
    ['ユーザー登録', 'ユーザー登録'],
    ['링크 만료', '링크-만료'],
    ['लिंक समाप्ति', 'लिंक-समाप्ति'],
    ['the a an', 'the-a-an'],
    ['???', 'spec'],
    ['', 'spec'],
    ['../../etc/passwd', 'etc-passwd'],
  ];
  for (const [idea, name] of ideas) {
    it(`${JSON.stringify(idea)} → ${name}`, () => assert.equal(nameFromIdea(idea), name));
  }

  it('can always be used, whatever the idea', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.lorem()),
        (idea) => {
          const name = nameFromIdea(idea);
          assert.equal(nameProblem(name, []), undefined, name);
          assert.ok(name.length <= 64 && !/\p{Cs}/u.test(name));
        },
      ),
      { seed: 17, numRuns: RUNS },
    );
  });

  const bad = [
    '',
    'A',
    'a_b',
    'a--b',
    '-a',
    'a-',
    'a b',
    'a/b',
    '..',
    '.',
    'a\\b',
    'a'.repeat(65),
    'a\n',
    'taken',
  ];
  for (const name of bad) {
    it(`${JSON.stringify(name.slice(0, 10))} cannot be used`, () => assert.ok(nameProblem(name, ['taken'])));
  }

  it('gets a number when it is taken', () => {
    assert.equal(freeName('a', []), 'a');
    assert.equal(freeName('a', ['a', 'a-2']), 'a-3');
  });
});
