/**
 * Specs of any number with the same content twice: as Kiro writes them, and as OpenSpec does (`openspec/specs/<name>/spec.md`).
 * Fixed seed. OpenSpec's specs hold no tasks, so its tree has that much less to read.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Amount {
  readonly specs: number;
  /** For each spec. */
  readonly requirements: number;
  /** For each requirement. */
  readonly criteria: number;
  /** For each spec. */
  readonly tasks: number;
}

export const THOUSAND: Amount = { specs: 1000, requirements: 10, criteria: 2, tasks: 20 };

const SYSTEMS = ['Order_Service', 'Payment_Gateway', 'Audit_Log', 'Session_Manager', 'Mail_Relay'];
const EVENTS = [
  'a customer submits the form with valid values',
  'the stock of an article falls below 5 items',
  'an administrator changes the limit of an account',
  'a payment is confirmed by the bank',
  'the session ends after 30 minutes without input',
];
const FAILURES = [
  'the connection is lost during a transfer',
  'the token has expired',
  'the request exceeds 10 MB',
];
const ACTIONS = [
  'store the change with its author and time',
  'show a confirmation with the number of the order',
  'send a message to each subscriber within 60 seconds',
  'reject the request with status 409 and the reason',
  'keep the previous value for 90 days',
];

/** Into a workspace of its own each: `<folder>/kiro` and `<folder>/openspec`. */
export function generateSpecs(folder: string, amount: Amount): void {
  const pick = picker(20250714);
  for (let index = 0; index < amount.specs; index++) {
    const name = `feature-${String(index + 1).padStart(4, '0')}`;
    const kiro = join(folder, 'kiro/.kiro/specs', name);
    const openspec = join(folder, 'openspec/openspec/specs', name);
    mkdirSync(kiro, { recursive: true });
    mkdirSync(openspec, { recursive: true });
    const requirements = Array.from({ length: amount.requirements }, (_, at) =>
      requirementOf(at + 1, amount.criteria, pick),
    );
    writeFileSync(
      join(kiro, '.config.kiro'),
      '{"specId": "0", "workflowType": "requirements-first", "specType": "feature"}',
    );
    writeFileSync(join(kiro, 'requirements.md'), kiroDocument(requirements));
    writeFileSync(join(kiro, 'tasks.md'), tasksDocument(amount, pick));
    writeFileSync(join(openspec, 'spec.md'), openspecDocument(name, requirements));
  }
}

interface Criterion {
  readonly system: string;
  readonly condition: string;
  readonly failure: boolean;
  readonly action: string;
}

interface Requirement {
  readonly title: string;
  readonly criteria: readonly Criterion[];
}

function requirementOf(number: number, criteria: number, pick: Pick): Requirement {
  return {
    title: `Handling of case ${number}`,
    criteria: Array.from({ length: criteria }, (_, index) => ({
      system: pick(SYSTEMS),
      failure: index % 3 === 2,
      condition: `${pick(index % 3 === 2 ? FAILURES : EVENTS)} in case ${number}`,
      action: pick(ACTIONS),
    })),
  };
}

function kiroDocument(requirements: readonly Requirement[]): string {
  const glossary = SYSTEMS.map((name) => `- **${name}**: The part of the shop that has this name`);
  const blocks = requirements.map(({ title, criteria }, index) => {
    const items = criteria.map(({ system, condition, failure, action }, at) =>
      failure
        ? `${at + 1}. IF ${condition}, THEN THE ${system} SHALL ${action}`
        : `${at + 1}. WHEN ${condition}, THE ${system} SHALL ${action}`,
    );
    const story = `**User Story:** As a customer, I want case ${index + 1} handled, so that I can rely on it.`;
    return `### Requirement ${index + 1}: ${title}\n\n${story}\n\n#### Acceptance Criteria\n\n${items.join('\n')}\n`;
  });
  return `# Requirements Document\n\n## Introduction\n\nA part of the shop.\n\n## Glossary\n\n${glossary.join('\n')}\n\n## Requirements\n\n${blocks.join('\n')}`;
}

function tasksDocument({ requirements, criteria, tasks }: Amount, pick: Pick): string {
  const lines = Array.from({ length: tasks }, (_, index) => {
    const named = `${(index % requirements) + 1}.${(index % criteria) + 1}`;
    return `- [ ] ${index + 1}. Make the ${pick(SYSTEMS)} ${pick(ACTIONS)}\n  - Write the test first\n  - _Requirements: ${named}_`;
  });
  return `# Implementation Plan\n\n${lines.join('\n')}\n`;
}

function openspecDocument(name: string, requirements: readonly Requirement[]): string {
  const blocks = requirements.map(({ title, criteria }) => {
    const scenarios = criteria.map(
      ({ condition, action, system }, index) =>
        `#### Scenario: Case ${index + 1}\n- **WHEN** ${condition}\n- **THEN** the ${system} SHALL ${action}\n`,
    );
    const [first] = criteria;
    return `### Requirement: ${title}\nThe ${first?.system} SHALL ${first?.action}.\n\n${scenarios.join('\n')}`;
  });
  return `# ${name} Specification\n\n## Purpose\nA part of the shop that customers rely on when they order and pay.\n\n## Requirements\n\n${blocks.join('\n')}`;
}

type Pick = <T>(all: readonly T[]) => T;

/** mulberry32. */
function picker(seed: number): Pick {
  let state = seed;
  return (all) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    const share = ((value ^ (value >>> 14)) >>> 0) / 4294967296;
    return all[Math.floor(share * all.length)] as (typeof all)[number];
  };
}
