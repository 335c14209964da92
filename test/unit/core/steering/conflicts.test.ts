// Feature: steering-engine, Property 10: A contradiction takes two
// Verifies: steering-engine#3.3, #3.4
/** Documents that say the same thing differently: what is one, what is none, and what holds for any two. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { conflicts } from '../../../../src/core/steering/conflicts';
import type { Inclusion, ReadGuidance } from '../../../../src/core/steering/model';
import { corpusRoot } from '../../../support/corpus';
import { runs } from '../../../support/soak';

function documentOf(
  name: string,
  text: string,
  inclusion: Inclusion = 'always',
  patterns: string[] = [],
): ReadGuidance {
  const path = `/project/.kiro/steering/${name}.md`;
  const label = `.kiro/steering/${name}.md`;
  const guidance = {
    kind: 'steering',
    scope: 'workspace',
    path,
    label,
    name,
    inclusion,
    patterns,
    body: text,
  } as const;
  return { guidance, text, problems: [] };
}

const between = (a: string, b: string) => conflicts([documentOf('a', a), documentOf('b', b)]);

const CONFLICTS: readonly (readonly [a: string, b: string])[] = [
  ['Use tabs.', 'Use spaces.'],
  ['Indent with 2 spaces', 'Use four-space indentation.'],
  ['## Formatting\n- Use tabs', '## Code Style\n- Use spaces'],
  ['Use npm.', 'Always use pnpm for dependencies.'],
  ['Use pnpm, not npm', 'Use npm, not pnpm'],
  ['Use pnpm instead of npm', 'Use npm'],
  ['Use Jest for testing', 'Use Vitest'],
  ['Use single quotes for strings', 'Use double quotes.'],
  ['Use camelCase for variables.', 'Use snake_case for variables.'],
  ['Prefer interfaces over types', 'Prefer types over interfaces'],
  ['Never use default exports.', '**Exports**: prefer default exports'],
  ['- You must use semicolons', '- No semicolons'],
  ['Functions must return early.', 'Functions must not return early.'],
  ['Always commit to main.', 'Never commit to main'],
  ["Don't mock the database", '1. [ ] Mock the database'],
  ['Avoid using classes', 'Use classes'],
  ['Do not\nuse any comments.', 'Use comments.'],
  ['Keep functions under 50 lines', 'Keep functions under 30 lines.'],
  ['Test coverage must be at least 80%.', 'Test coverage must be at least 90%'],
  ['**Line length**: 100', 'Max line length: 80 characters'],
  ['Semicolons: always', 'Semicolons: never'],
];

const NONE: readonly (readonly [what: string, a: string, b: string])[] = [
  ['they hold for different parts', '## Go\nUse tabs', '## Python\nUse spaces'],
  ['a title says for what', '# Go style\nUse tabs', '# Style\nUse spaces'],
  ['a word before the colon says for what', 'Python: use 4 spaces', 'Go: use tabs'],
  ['one says for what', 'Use tabs in Makefiles', 'Use spaces'],
  ['one says when', 'If it is legacy, use tabs', 'Use spaces'],
  ['one is an exception', 'Never use classes unless asked', 'Use classes'],
  ['what follows is not to be done', '## Avoid\n- Use var', 'Never use var'],
  ['what is led in is not to be done', 'Do not:\n\n- use var', 'Never use var'],
  ['it is an example of what is bad', '❌ Use var\n\nBad: use var', 'Never use var'],
  ['they are for different things', 'Use Jest for unit tests', 'Use Mocha for e2e tests'],
  ['one lets choose', 'Use npm or pnpm', 'Use yarn'],
  ['one is only more exact', 'Use spaces, not tabs', 'Use 2 spaces'],
  ['one tool does several things', 'Use ruff', 'Use black for formatting'],
  ['numbers count steps', 'Step 1 should be short and sweet', 'Step 2 should be short and sweet'],
  ['it is code', '```\nUse tabs\n```', 'Use spaces'],
  ['it stands in a table', '| Use tabs |', 'Use spaces'],
  ['it is a remark', '<!-- Use tabs -->', 'Use spaces'],
  ['one document says both', 'Use tabs.\n\nUse spaces.', 'Use spaces.'],
];

describe('documents that say the same thing differently', () => {
  for (const [a, b] of CONFLICTS)
    it(`are told of: ${JSON.stringify(a)}, ${JSON.stringify(b)}`, () => {
      const [problem, ...more] = between(a, b);
      assert.ok(problem);
      assert.deepEqual(more, []);
      assert.match(
        problem.message,
        /says “[^”]+”, and \.kiro\/steering\/a\.md says “[^”]+”\. Both are in every request: keep one\.$/,
      );
    });

  for (const [why, a, b] of NONE)
    it(`are none where ${why}`, () => assert.deepEqual([...between(a, b), ...between(b, a)], []));

  it('are told of where they are told of the same files, and not where one may be told alone', () => {
    const two = (a: readonly string[], b: readonly string[]) =>
      conflicts([
        documentOf('a', 'Use tabs', 'fileMatch', [...a]),
        documentOf('b', 'Use spaces', 'fileMatch', [...b]),
      ]).map(({ message }) => message);
    assert.deepEqual(two(['*.ts', '*.js'], ['*.js', '*.ts']), [
      'About indentation this says “Use spaces”, and .kiro/steering/a.md says “Use tabs”. Both are told of the same files: keep one.',
    ]);
    assert.deepEqual(two(['*.ts'], ['*.py']), []);
  });

  const line = fc.oneof(
    fc.constantFrom(...CONFLICTS.flat(), ...NONE.flatMap(([, a, b]) => [a, b])),
    fc.string(),
    fc.lorem({ mode: 'sentences', maxCount: 2 }),
  );
  const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n\n'));

  it('conflict whichever comes first, and none conflicts with itself', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        assert.deepEqual(between(a, a), []);
        assert.equal(between(a, b).length > 0, between(b, a).length > 0);
        for (const { range } of between(a, b))
          assert.ok(range.start >= 0 && range.start < range.end && range.end <= b.length);
      }),
      runs(300),
    );
  });

  it('are none of all steering of the corpus, told together', function () {
    const root = corpusRoot();
    if (root === undefined) this.skip();
    const all = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /steering[\\/][^\\/]+\.md$/.test(path))
      .sort()
      .map((path) => documentOf(path, readFileSync(join(root, path), 'utf8')));
    assert.ok(all.length >= 50);
    assert.deepEqual(conflicts(all), []);
  });
});
