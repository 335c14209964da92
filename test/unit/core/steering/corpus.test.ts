import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { survey } from '../../../../src/core/steering/survey';
import { createAbort } from '../../../../src/core/util/abort';
import { lineStarts, positionAt } from '../../../../src/core/util/textRange';
import { createNodeFiles } from '../../../../src/node/nodeFiles';
import { corpusRoot } from '../../../support/corpus';

/** Each read and judged: by project and document, the rule and the line. */
const GOLDEN = resolve(__dirname, '../../../golden/steering-problems.json');
const PROJECTS = [
  'autonomous-build',
  'cloud-to-local-llm',
  'dbsurveyor',
  'everything-claude-code',
  'foodshare-web',
  'spec-library',
];

describe('The corpus of real steering documents', () => {
  it('loads with the problems that a reviewer found right, and no others', async function () {
    const root = corpusRoot();
    if (root === undefined) {
      console.log('    no corpus here (EARSHOT_CORPUS), so this test is skipped');
      this.skip();
    }
    const files = createNodeFiles();
    const found: Record<string, unknown> = {};
    for (const project of PROJECTS) {
      const folder = join(root, project);
      assert.ok(existsSync(folder), project);
      const { all, problems } = await survey({ files, root: folder }, createAbort().signal);
      const counts: Record<string, number> = {};
      for (const { inclusion } of all) counts[inclusion ?? 'none'] = (counts[inclusion ?? 'none'] ?? 0) + 1;
      const lines = problems.map(({ path, rule, range }) => {
        const text = readFileSync(path, 'utf8');
        return `${all.find((each) => each.path === path)?.label}:${positionAt(lineStarts(text), range.start).line + 1} ${rule}`;
      });
      found[project] = { documents: counts, problems: lines };
    }
    if (process.env.UPDATE_GOLDENS) writeFileSync(GOLDEN, `${JSON.stringify(found, null, 2)}\n`);
    assert.deepEqual(found, JSON.parse(readFileSync(GOLDEN, 'utf8')));
  });
});
