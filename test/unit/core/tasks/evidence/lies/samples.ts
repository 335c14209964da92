/** Test files before a task, and what a lie about them looks like. */
import assert from 'node:assert/strict';
import type { ChangedFile } from '../../../../../../src/core/tasks/evidence/changes';
import type { Suspicion } from '../../../../../../src/core/tasks/evidence/model';
import { judged } from '../evidenceHarness';

export const WORK: ChangedFile = { path: 'src/links.ts', before: 'a\n', after: 'b\n' };
export const JS = 'test/links.test.ts';

export type Case = readonly [
  what: string,
  path: string,
  before: string | undefined,
  after: string | undefined,
  caught: RegExp,
];

export const js = (...tests: readonly string[]) =>
  `import assert from 'node:assert/strict';\n\ndescribe('links', () => {\n${tests.map((each) => `  ${each}\n`).join('')}});\n`;
export const KEEPS = "it('keeps', () => { assert.equal(keep(1), 1); });";
export const EXPIRES =
  "it('expires', () => { assert.equal(expire(30), true); assert.equal(expire(29), false); });";
export const BOTH = js(KEEPS, EXPIRES);
export const PY =
  'def test_keeps():\n    assert keep(1) == 1\n\ndef test_expires():\n    assert expire(30)\n    assert not expire(29)\n';
export const GO = 'func TestKeeps(t *testing.T) {\n\tif keep(1) != 1 {\n\t\tt.Fatal("no")\n\t}\n}\n';
export const RUST =
  '#[cfg(test)]\nmod tests {\n    #[test]\n    fn keeps() {\n        assert_eq!(keep(1), 1);\n    }\n}\n';
export const JAVA = 'class LinksTest {\n  @Test\n  void keeps() {\n    assertEquals(1, keep(1));\n  }\n}\n';

/** Each is caught, refuted, and said. */
export function areCaught(kind: Suspicion, cases: readonly Case[]): void {
  for (const [what, path, before, after, caught] of cases) {
    it(what, () => {
      const { verdict, suspicions, reasons } = judged({ changes: [WORK, { path, before, after }] });
      const own = suspicions.filter((each) => each.kind === kind).map(({ detail }) => detail);
      assert.match(own.join('\n'), caught);
      assert.equal(verdict, 'refuted');
      for (const { detail } of suspicions) assert.ok(reasons.includes(detail));
    });
  }
}
