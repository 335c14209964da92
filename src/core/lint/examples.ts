/** A rule's examples as documents, and what the rule offers for the bad one: what its page says of quick fixes. */
import type { Fix, Problem } from '../spec/model';
import { readTexts, type SpecTexts } from '../spec/readTexts';
import type { LintConfig } from './config';
import { lintSpec } from './lint';
import type { Rule } from './rule';

const HEAD = '### Requirement 1\n#### Acceptance Criteria\n1. ';
/** The requirements that an example from another document is read with. */
const ONE = `${HEAD}THE Door SHALL open`;

/** Undefined for what is told of a file beside the documents, in which nothing is mended or set aside by an edit. */
export function exampleTexts(rule: Rule, example: string): SpecTexts | undefined {
  const { examplesIn, scope } = rule;
  if (examplesIn === undefined) return scope === 'reader' ? undefined : { requirements: HEAD + example };
  return { ...(examplesIn === 'bugfix' ? {} : { requirements: ONE }), [examplesIn]: example };
}

/** Everything on, this rule above all. */
export function exampleConfig({ id }: Rule): LintConfig {
  return { dialect: 'strict', rules: 'incose-full', severities: { [id]: 'warning' } };
}

/** What the rule finds in its bad example. */
function exampleProblems(rule: Rule): readonly Problem[] {
  const texts = exampleTexts(rule, rule.bad);
  if (texts === undefined) return [];
  const linted = lintSpec(readTexts(texts), exampleConfig(rule));
  return [...linted.values()].flatMap(({ problems }) => problems.filter((each) => each.rule === rule.id));
}

/** What is offered for the example, as far as it comes to anything. */
export function exampleFixes(rule: Rule): readonly Fix[] {
  const [first] = exampleProblems(rule);
  return (first?.fixes ?? []).filter((fix) => fix.edits().length > 0);
}
