/** Glob patterns over paths, wherever a person, a repository or a model writes them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { pathPattern } from '../../../src/core/agent/places/pathPattern';
import { matchingPattern } from '../../../src/core/steering/patterns';
import { boundaryOf } from '../../../src/core/tasks/evidence/changes';
import { compileGlob } from '../../../src/core/util/glob';
import { runs } from '../../support/soak';

describe('a glob pattern', () => {
  it('says what picomatch says', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), minLength: 1, maxLength: 4 });
    const path = fc
      .array(
        name.filter((each) => !each.endsWith('.')),
        { minLength: 1, maxLength: 4 },
      )
      .map((parts) => parts.join('/'));
    const token = fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '[^a]', '{a,b}', '{a,b/a}', '-');
    const part = fc.oneof(
      fc.array(token, { minLength: 1, maxLength: 4 }).map((tokens) => tokens.join('')),
      fc.constantFrom('**', '*'),
    );
    // Of what these mean, each shell says something else.
    const isPlain = (pattern: string) =>
      pattern.split('{').length < 7 &&
      !/\*\*\*|[^/{,]\*\*|\*\*[^/]|(^|[/{,])\.+(?=[/},]|$)|[*?\]][^/]*\/\*\*$/.test(pattern);
    const pattern = fc
      .array(part, { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'))
      .filter(isPlain);
    fc.assert(
      fc.property(pattern, path, (written, asked) => {
        const oracle = picomatch(written, { dot: true, noextglob: true });
        assert.equal(compileGlob(written)?.(asked) ?? false, oracle(asked), `${written} ${asked}`);
      }),
      runs(3000),
    );
  });

  it('comes to an answer, however it is made, in steering, agents, tools and boundaries', () => {
    const name = `src/${'a'.repeat(200)}.ts`;
    for (const pattern of [
      `src/${'*a'.repeat(40)}b`,
      `src/${'?*'.repeat(40)}b`,
      `${'**/*a'.repeat(40)}b`,
      `src/${'+(a|aa)'.repeat(40)}b`,
    ]) {
      assert.equal(matchingPattern([pattern], name), undefined, pattern);
      assert.equal(pathPattern('/p', pattern).matches(name), false, pattern);
      assert.equal(boundaryOf([pattern])(name), false, pattern);
    }
  });

  it('is refused where its braces have too many forms', () => {
    assert.equal(compileGlob('{a,b}'.repeat(40)), undefined);
    assert.throws(() => pathPattern('/p', '{a,b}'.repeat(40)), /too many forms/);
  });
});
