/** The shapes of the documents, as they are asked of a model. They follow Kiro's documents exactly. */

export const REQUIREMENTS_SHAPE = `Write requirements.md in this shape:

# Requirements Document

## Introduction

(two or three sentences: what, for whom, why)

## Glossary

- **System_Name**: what it is. (one line for each system and each domain term; names in Snake_Title case)

## Requirements

### Requirement 1: Short title

**User Story:** As a <role>, I want <capability>, so that <benefit>.

#### Acceptance Criteria

1. WHEN <event>, THE System_Name SHALL <response>.

Each acceptance criterion is one EARS sentence in one numbered item:
- ubiquitous: THE System_Name SHALL <response>.
- event-driven: WHEN <event>, THE System_Name SHALL <response>.
- state-driven: WHILE <state>, THE System_Name SHALL <response>.
- optional feature: WHERE <feature is included>, THE System_Name SHALL <response>.
- unwanted behaviour (every failure, invalid input, time-out): IF <condition>, THEN THE System_Name SHALL <response>.
- complex: clauses in the order WHERE, WHILE, WHEN or IF, THE.
One SHALL and one response a criterion. Say values and units instead of "fast" or "appropriate". No "if possible", no "etc.".
The subject of every criterion is a system of the glossary. Three to seven requirements, failures included.`;

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

export const DESIGN_SHAPE = `Write design.md in this shape:

# Design Document

## Overview
## Architecture
(with a Mermaid component diagram in a \`\`\`mermaid fence)
## Components and Interfaces
(each with its responsibility and its signatures in the project's language)
## Data Models
## API Schemas
(requests, responses and errors of every interface that others call; "None" with the reason where there is none)
## Error Handling
## Correctness Properties

### Property 1: Short title

*For any* <input>, <what holds>.

**Validates: Requirements 1.1, 1.2**

## Testing Strategy

Every acceptance criterion is met by some part of the design; every property names the criteria that it validates by their
ids (requirement number, dot, position of the criterion). Fit the project's own structure and conventions.`;

export const TASKS_SHAPE = `Write tasks.md in this shape:

# Implementation Plan

## Overview

## Tasks

- [ ] 1. Title of a step
  - [ ] 1.1 A concrete change to named files
    - what exactly to do
    - _Requirements: 1.1, 1.2_
    - _Verify: command that proves it_
  - [ ]* 1.2 Write property test for ...
    - **Property 1: title**
    - **Validates: Requirements 1.1**

- [ ] 2. Checkpoint - Ensure all tests pass
  - _Verify: command that runs all tests_

## Notes

- Tasks marked with \`*\` are optional

## Task Dependency Graph

\`\`\`json
{ "waves": [ { "id": 0, "tasks": ["1.1"] } ] }
\`\`\`

Each task is small, ordered, testable, and writes its own tests. Every criterion appears in some _Requirements:_ line.
_Verify:_ is one shell command that works in this project and fails when the task is not done. Property tests are optional sub-tasks.
Only work that changes files of the project: no deployment, no meetings, no manual testing.`;
