// Feature: spec-engine, Property 8: Every rule explains itself
// Verifies: spec-engine#3.2
import { strict as assert } from 'node:assert';
import { parseLintConfig } from '../../../src/core/lint/configFile';
import { exampleConfig, exampleTexts } from '../../../src/core/lint/examples';
import { lintSpec } from '../../../src/core/lint/lint';
import type { Rule } from '../../../src/core/lint/rule';
import { rules } from '../../../src/core/lint/rules';
import { parseConfig } from '../../../src/core/spec/parseConfig';
import { readTexts } from '../../../src/core/spec/readTexts';
import { parseTasks } from '../../../src/core/spec/tasks/parseTasks';
import { parseTasksMeta, unknownResults } from '../../../src/core/spec/tasks/parseTasksMeta';
import { readOrTell, unreadable } from '../../../src/core/spec/unreadable';
import { createNodeFiles } from '../../../src/node/nodeFiles';
import { createWorkspace } from '../../support/workspaceBuilder';

/** Which rules object to an example of a rule, with that rule turned on. */
async function rulesAgainst(rule: Rule, example: string): Promise<readonly string[]> {
  if (rule.id === 'unreadable-file') return rulesAgainstFile(example);
  if (rule.id === 'malformed-config') return parseConfig(example).findings.map((finding) => finding.rule);
  if (rule.id === 'malformed-tasks-meta' || rule.id === 'unknown-test-result') {
    const meta = parseTasksMeta(example);
    return [...meta.findings, ...unknownResults(meta, parseTasks('- [ ] 1. Build'))].map(
      (finding) => finding.rule,
    );
  }
  if (rule.id === 'malformed-settings') return parseLintConfig(example).findings.map(() => rule.id);
  const found = lintSpec(readTexts(exampleTexts(rule, example) ?? {}), exampleConfig(rule));
  return [...found.values()].flatMap(({ problems }) => problems.map((problem) => problem.rule));
}

/** @param example A file, or a link and what it leads to */
async function rulesAgainstFile(example: string): Promise<readonly string[]> {
  const [name = '', target] = example.split(' -> ');
  const workspace = createWorkspace();
  if (target === undefined) workspace.file(name, '');
  else workspace.link(name, target);
  const found: string[] = [];
  await readOrTell(createNodeFiles(), workspace.path(name), (why) => found.push(unreadable(name, why).rule));
  return found;
}

describe('The examples on a rule’s page', () => {
  for (const rule of rules) {
    it(`${rule.code} ${rule.id}: the bad one is found, the good one is not`, async () => {
      assert.ok((await rulesAgainst(rule, rule.bad)).includes(rule.id), `not found: ${rule.bad}`);
      assert.ok(!(await rulesAgainst(rule, rule.good)).includes(rule.id), `found: ${rule.good}`);
    });
  }

  it('come with a title, a reason and a source', () => {
    for (const { id, title, why, source } of rules)
      assert.ok(title.length > 5 && why.length > 40 && source !== '', id);
  });
});
