import { tasksText } from '../coreHarness';

/** Eight requirements of five criteria, a design with a section and a property for each, tasks. */
export const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8];
const MEMBERS = [1, 2, 3, 4, 5];
const criterion = (n: number, m: number) =>
  `WHEN event ${n}.${m} happens, THE Link_Store SHALL answer within ${n}${m} milliseconds.`;
/** The words of all criteria. */
export const CRITERIA = NUMBERS.flatMap((n) => MEMBERS.map((m) => criterion(n, m)));

export const LARGE = `# Requirements Document

## Introduction

Links expire, are listed, counted and shared.

## Glossary

- **Link_Store**: keeps links.

## Requirements

${NUMBERS.map(
  (n) => `### Requirement ${n}: Part ${n}

**User Story:** As an owner, I want part ${n}, so that links are mine.

#### Acceptance Criteria

${MEMBERS.map((m) => `${m}. ${criterion(n, m)}`).join('\n')}
`,
).join('\n')}`;
const SECTIONS = NUMBERS.map(
  (n) => `## Part ${n}

Meets Requirements ${n}.1, ${n}.2 and ${n}.3. ${'The store holds a table of events and looks each of them up. '
    .repeat(4)
    .trim()}
`,
).join('\n');
const PROPERTIES = NUMBERS.map(
  (n) => `### Property ${n}: Answers of part ${n}

*For any* event of part ${n}, the answer comes in time.

**Validates: Requirements ${n}.1, ${n}.2**
`,
).join('\n');
export const DESIGN = `# Design Document

## Overview

One table.

${SECTIONS}
## Correctness Properties

${PROPERTIES}`;
export const TASKS = tasksText(
  ...NUMBERS.flatMap((n) => [
    `- [ ] ${n}. Part ${n}`,
    `  - [ ] ${n}.1 Build it`,
    `    - ${'Look up the event in the table and answer. '.repeat(3)}`,
    `    - _Requirements: ${n}.1, ${n}.2_`,
    `    - _Verify: node --test test/part${n}.test.js_`,
    `  - [ ] ${n}.2 Answer late`,
    `    - ${'Answer with what is there once the time is over. '.repeat(3)}`,
    `    - _Requirements: ${n}.3, ${n}.4, ${n}.5_`,
  ]),
);
