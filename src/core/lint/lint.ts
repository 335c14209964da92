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
import { moveFound } from './moveFound';
import type { CriterionContext, CriterionRule, RequirementsRule, Rule, SpecRule } from './rule';
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
  const { requirements, design, tasks } = documents;
  const chosen = activeRules(config);
  const linted = new Map<DocumentKind, LintedDocument>();
  const across = chosen.spec.flatMap((rule) =>
    rule.check(documents).map((found) => ({ rule: rule.id, ...found })),
  );
  for (const document of [requirements, design, tasks]) {
    if (document === undefined) continue;
    const findings: Finding[] = document.findings.map((finding) => mended(finding, document, documents));
    if (document === requirements)
      findings.push(...lintRequirements(requirements, documents, config, chosen));
    for (const { document: kind, ...finding } of across) if (kind === document.kind) findings.push(finding);
    linted.set(document.kind, settle(document, findings, config, documents));
  }
  return linted;
}

/** What a reader found, with what its rule knows to do about it. */
function mended(finding: Finding, document: SpecDocument, documents: SpecDocuments): Finding {
  const rule = ruleById(finding.rule);
  return rule?.scope === 'reader' && rule.mend !== undefined
    ? { ...finding, fixes: rule.mend(finding, document, documents) }
    : finding;
}

/** Weighs what was found, takes out what is suppressed, and says what is wrong with the suppressions. */
function settle(
  document: SpecDocument,
  found: readonly Finding[],
  config: LintConfig,
  documents: SpecDocuments,
): LintedDocument {
  const weighed = found.flatMap((finding) => weigh(finding, config) ?? []);
  const { kept, suppressed, findings } = applySuppressions(document, weighed, {
    ids: () => rules.map(({ id }) => id),
    codeOf: (name) => ruleNamed(name)?.code,
    ran: (name) => ran(ruleNamed(name), config, documents),
  });
  const problems = [...kept, ...findings.flatMap((finding) => weigh(finding, config) ?? [])];
  return { problems: problems.sort((a, b) => a.range.start - b.range.start), suppressed };
}

/** By its id or its code. */
function ruleNamed(name: string): Rule | undefined {
  return ruleById(name) ?? rules.find(({ code }) => code === name.toUpperCase());
}

/** Was a rule asked? One that compares documents says nothing where one of them is missing. */
function ran(
  rule: Rule | undefined,
  config: LintConfig,
  { requirements, design, tasks }: SpecDocuments,
): boolean {
  if (rule === undefined || levelOf(rule, config) === 'off') return false;
  return rule.scope !== 'spec' || (requirements !== undefined && design !== undefined && tasks !== undefined);
}

/** The rules that speak under a configuration, by what they are asked about. */
interface ActiveRules {
  /** About criteria with a modal verb, and about those without. */
  readonly withModal: readonly CriterionRule[];
  readonly withoutModal: readonly CriterionRule[];
  readonly requirements: readonly RequirementsRule[];
  readonly spec: readonly SpecRule[];
}

const active = new WeakMap<LintConfig, ActiveRules>();

function activeRules(config: LintConfig): ActiveRules {
  let chosen = active.get(config);
  if (chosen === undefined) {
    const on = rules.filter((rule) => levelOf(rule, config) !== 'off');
    const criterion = on.filter((rule) => rule.scope === 'criterion');
    chosen = {
      withModal: criterion.filter(({ modal }) => modal !== false),
      withoutModal: criterion.filter(({ modal }) => modal !== true),
      requirements: on.filter((rule) => rule.scope === 'requirements'),
      spec: on.filter((rule) => rule.scope === 'spec'),
    };
    active.set(config, chosen);
  }
  return chosen;
}

function lintRequirements(
  document: RequirementsDocument,
  documents: SpecDocuments,
  { dialect }: LintConfig,
  chosen: ActiveRules,
): readonly Finding[] {
  const findings: Finding[] = [];
  // A defect is told, not required: its clauses have no SHALL.
  const requirements = document.requirements.filter(({ id }) => document.kind !== 'bugfix' || id !== '1');
  for (const requirement of requirements) {
    for (const criterion of requirement.criteria) {
      const { text, sentence } = criterion;
      const visible = maskLiterals(text);
      const context = { criterion, text, sentence, requirement, document, documents, dialect, visible };
      lintCriterion(context, sentence.modal === undefined ? chosen.withoutModal : chosen.withModal, findings);
    }
  }
  const context = { document, requirements, documents, dialect };
  for (const rule of chosen.requirements)
    for (const found of rule.check(context)) findings.push({ rule: rule.id, ...found });
  return findings;
}

function lintCriterion(
  context: CriterionContext,
  asked: readonly CriterionRule[],
  findings: Finding[],
): void {
  const { start } = context.criterion.range;
  for (const rule of asked) {
    const found = rule.check(context);
    // Nearly always nothing is: then not even a loop is set up.
    if (found.length === 0) continue;
    const { id, local } = rule;
    for (const each of found)
      findings.push({ rule: id, ...(local === true ? moveFound(each, start) : each) });
  }
}

/** A finding with its rule's code and level; undefined where the rule is off. */
export function weigh(finding: Finding, config: LintConfig): Problem | undefined {
  const rule = ruleById(finding.rule);
  if (rule === undefined) throw new Error(`No rule “${finding.rule}” is registered in lint/rules/index.ts.`);
  const severity = levelOf(rule, config);
  return severity === 'off' ? undefined : { ...finding, code: rule.code, severity };
}
