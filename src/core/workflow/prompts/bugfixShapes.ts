/** The shapes of a bug fix's documents. */
export const BUGFIX_SHAPE = `Write bugfix.md in this shape:

# Bugfix Requirements Document

## Introduction

(what goes wrong, for whom, and what it costs them)

## Bug Analysis

### Current Behavior (Defect)

1.1 WHEN <condition> THEN the system <what it does wrong>

### Expected Behavior (Correct)

2.1 WHEN <condition> THEN the system SHALL <response>

### Unchanged Behavior (Regression Prevention)

3.1 WHEN <condition> THEN the system SHALL CONTINUE TO <response>

Each clause is a paragraph that begins with its number; it is no list item. Every 1.n has its 2.n with the same condition.
Say values and units instead of "fast" or "appropriate". Only what can be observed: the cause belongs in the design.`;

export const BUGFIX_DESIGN_SHAPE = `Write design.md in this shape:

# Bugfix Design Document

## Overview
## Glossary
## Bug Details
(the condition under which the bug shows, as a function isBugCondition(X) in pseudo-code, and examples)
## Expected Behavior
(what must hold under that condition, and what must stay as it is without it)
## Hypothesized Root Cause
(the cause, the places in the code by file and line where they are known, and what would show that it is another)
## Correctness Properties

### Property 1: Bug Condition - Short title

*For any* input where the bug condition holds, <expected behavior>.

**Validates: Requirements 2.1**

### Property 2: Preservation - Short title

*For any* input where the bug condition does not hold, <behavior as before>.

**Validates: Requirements 3.1**

## Fix Implementation
(the smallest change that removes the cause, file by file)
## Testing Strategy
(the exploration test that fails before the fix, and the preservation tests that pass before and after)

Every clause 2.n and 3.n of the bug analysis is validated by one of the two properties.`;

/** The test that shows the bug and the tests that keep the rest come before the fix, and run again after it. */
export const BUGFIX_TASKS = `- [ ] 1. Write bug condition exploration test
  - **Property 1: Bug Condition**
  - It must FAIL on the unfixed code: the failure proves that the bug is there. Do not fix the code or the test in this task.
  - _Requirements: 1.1, 2.1_
  - _Verify: command that runs it and is met by its failing, like ! node --test test/bug.test.js_

- [ ] 2. Write preservation property tests (BEFORE implementing fix)
  - **Property 2: Preservation**
  - They must PASS on the unfixed code: they record what the fix has to leave alone.
  - _Requirements: 3.1_
  - _Verify: command that runs them_

- [ ] 3. Fix ...
  - [ ] 3.1 Implement the fix
    - _Requirements: 2.1, 3.1_
    - _Verify: command that runs the tests of the changed code_
  - [ ] 3.2 Verify that the exploration test now passes
    - The same test as in task 1, unchanged
    - **Property 1: Bug Condition**
    - _Requirements: 2.1_
    - _Verify: command that runs it_
  - [ ] 3.3 Verify that the preservation tests still pass
    - The same tests as in task 2, unchanged
    - **Property 2: Preservation**
    - _Requirements: 3.1_
    - _Verify: command that runs them_

- [ ] 4. Checkpoint - Ensure all tests pass
  - _Verify: command that runs all tests_`;
