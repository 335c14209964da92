import type { Problem, RequirementsDocument } from '../spec/model';
import { maskLiterals } from './maskText';
import type { Criterion } from './model';
import { rules } from './rules';
import type { CriterionRule, Finding, Rule } from './rules/rule';

const CRITERION_RULES = rules.filter((rule) => rule.scope === 'criterion');
const DOCUMENT_RULES = rules.filter((rule) => rule.scope === 'document');

/** What the quality rules say about a document. The clauses that tell a bug fix's defect are not judged. */
export function checkRequirements(document: RequirementsDocument): readonly Problem[] {
  const { glossary } = document;
  const requirements = document.requirements.filter(({ id }) => document.kind !== 'bugfix' || id !== '1');
  const criteria = requirements.flatMap((requirement) => requirement.criteria);
  return [
    ...criteria.flatMap((criterion) => checkCriterion(criterion, glossary)),
    ...DOCUMENT_RULES.flatMap((rule) => toProblems(rule, rule.check({ glossary, requirements }))),
  ];
}

function checkCriterion(
  criterion: Criterion,
  glossary: RequirementsDocument['glossary'],
): readonly Problem[] {
  const context = { criterion, visible: maskLiterals(criterion.text), glossary };
  return CRITERION_RULES.flatMap((rule: CriterionRule) => toProblems(rule, rule.check(context)));
}

function toProblems({ id, code, severity }: Rule, findings: readonly Finding[]): readonly Problem[] {
  return findings.map((finding) => ({ rule: id, code, severity, ...finding }));
}
