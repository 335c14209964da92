/** Runs the rules over what was read of a spec. Pure and total: the same documents give the same problems. */
import { maskLiterals } from '../ears/maskText';
import type { DocumentKind, Finding, Problem, RequirementsDocument, SpecDocuments } from '../spec/model';
import { type LintConfig, levelOf } from './config';
import type { CriterionRule, RequirementsRule, Rule, SpecRule } from './rule';
import { ruleById, rules } from './rules';

export type ProblemsByDocument = ReadonlyMap<DocumentKind, readonly Problem[]>;

/** What is wrong with each document of a spec, in document order. */
export function lintSpec(documents: SpecDocuments, config: LintConfig): ProblemsByDocument {
  const found = new Map<DocumentKind, Problem[]>();
  const add = (document: DocumentKind, findings: readonly Finding[]): void => {
    const problems = found.get(document) ?? [];
    for (const finding of findings) {
      const problem = weigh(finding, config);
      if (problem !== undefined) problems.push(problem);
    }
    found.set(document, problems);
  };
  for (const document of [documents.requirements, documents.design, documents.tasks])
    if (document !== undefined) add(document.kind, document.findings);
  const active = rules.filter((rule) => levelOf(rule, config) !== 'off');
  if (documents.requirements !== undefined)
    add(documents.requirements.kind, lintRequirements(documents.requirements, documents, config, active));
  for (const rule of active.filter(isSpecRule))
    for (const { document, ...finding } of rule.check(documents))
      add(document, [{ rule: rule.id, ...finding }]);
  for (const problems of found.values()) problems.sort((a, b) => a.range.start - b.range.start);
  return found;
}

function lintRequirements(
  document: RequirementsDocument,
  documents: SpecDocuments,
  { dialect }: LintConfig,
  active: readonly Rule[],
): Finding[] {
  const findings: Finding[] = [];
  // A defect is told, not required: its clauses have no SHALL.
  const requirements = document.requirements.filter(({ id }) => document.kind !== 'bugfix' || id !== '1');
  const criterionRules = active.filter(isCriterionRule);
  for (const requirement of requirements) {
    for (const criterion of requirement.criteria) {
      const visible = maskLiterals(criterion.text);
      const context = { criterion, requirement, document, documents, dialect, visible };
      for (const rule of criterionRules)
        for (const finding of rule.check(context)) findings.push({ rule: rule.id, ...finding });
    }
  }
  for (const rule of active.filter(isRequirementsRule))
    for (const finding of rule.check({ document, requirements, documents, dialect }))
      findings.push({ rule: rule.id, ...finding });
  return findings;
}

/** A finding with its rule's code and level; undefined where the rule is off. */
export function weigh(finding: Finding, config: LintConfig): Problem | undefined {
  const rule = ruleById(finding.rule);
  if (rule === undefined) throw new Error(`No rule “${finding.rule}” is registered in lint/rules/index.ts.`);
  const severity = levelOf(rule, config);
  return severity === 'off' ? undefined : { ...finding, code: rule.code, severity };
}

const isCriterionRule = (rule: Rule): rule is CriterionRule => rule.scope === 'criterion';
const isRequirementsRule = (rule: Rule): rule is RequirementsRule => rule.scope === 'requirements';
const isSpecRule = (rule: Rule): rule is SpecRule => rule.scope === 'spec';
