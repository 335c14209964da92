/** Runs the rules over what was read of a spec. Pure and total: the same documents give the same problems. */
import { maskLiterals } from '../ears/maskText';
import type {
  DocumentKind,
  Finding,
  Problem,
  RequirementsDocument,
  SpecDocument,
  SpecDocuments,
} from '../spec/model';
import { type LintConfig, levelOf } from './config';
import type { CriterionRule, RequirementsRule, Rule, SpecRule } from './rule';
import { ruleById, rules } from './rules';
import { applySuppressions, type SuppressedProblem } from './suppressions';

/** What is wrong with a document, in its order. */
export interface LintedDocument {
  readonly problems: readonly Problem[];
  /** What a person decided is meant to be so. */
  readonly suppressed: readonly SuppressedProblem[];
}

export type LintedSpec = ReadonlyMap<DocumentKind, LintedDocument>;

/** Runs all rules of a configuration over what there is of a spec. */
export function lintSpec(documents: SpecDocuments, config: LintConfig): LintedSpec {
  const found = new Map<DocumentKind, Problem[]>();
  const add = (document: DocumentKind, findings: readonly Finding[]): void => {
    const problems = found.get(document) ?? [];
    for (const finding of findings) {
      const problem = weigh(finding, config);
      if (problem !== undefined) problems.push(problem);
    }
    found.set(document, problems);
  };
  const all = [documents.requirements, documents.design, documents.tasks].filter(
    (document) => document !== undefined,
  );
  for (const document of all) add(document.kind, document.findings);
  const chosen = activeRules(config);
  if (documents.requirements !== undefined)
    add(documents.requirements.kind, lintRequirements(documents.requirements, documents, config, chosen));
  for (const rule of chosen.filter(isSpecRule))
    for (const { document, ...finding } of rule.check(documents))
      add(document, [{ rule: rule.id, ...finding }]);
  return new Map(
    all.map((document) => [document.kind, settle(document, found.get(document.kind) ?? [], config)]),
  );
}

/** Takes out what is suppressed, and says what is wrong with the suppressions. */
function settle(document: SpecDocument, found: readonly Problem[], config: LintConfig): LintedDocument {
  const { kept, suppressed, findings } = applySuppressions(document, found, codeOf, () =>
    rules.map(({ id }) => id),
  );
  const problems = [...kept, ...findings.flatMap((finding) => weigh(finding, config) ?? [])];
  return { problems: problems.sort((a, b) => a.range.start - b.range.start), suppressed };
}

/** The code of a rule that is named by its id or its code. */
function codeOf(name: string): string | undefined {
  return (ruleById(name) ?? rules.find(({ code }) => code === name.toUpperCase()))?.code;
}

const active = new WeakMap<LintConfig, readonly Rule[]>();

function activeRules(config: LintConfig): readonly Rule[] {
  let chosen = active.get(config);
  if (chosen === undefined) {
    chosen = rules.filter((rule) => rule.scope !== 'reader' && levelOf(rule, config) !== 'off');
    active.set(config, chosen);
  }
  return chosen;
}

function lintRequirements(
  document: RequirementsDocument,
  documents: SpecDocuments,
  { dialect }: LintConfig,
  chosen: readonly Rule[],
): Finding[] {
  const findings: Finding[] = [];
  // A defect is told, not required: its clauses have no SHALL.
  const requirements = document.requirements.filter(({ id }) => document.kind !== 'bugfix' || id !== '1');
  const criterionRules = chosen.filter(isCriterionRule);
  for (const requirement of requirements) {
    for (const criterion of requirement.criteria) {
      const visible = maskLiterals(criterion.text);
      const { text, sentence } = criterion;
      const context = { criterion, text, sentence, requirement, document, documents, dialect, visible };
      for (const rule of criterionRules)
        for (const finding of rule.check(context)) findings.push({ rule: rule.id, ...finding });
    }
  }
  for (const rule of chosen.filter(isRequirementsRule))
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
