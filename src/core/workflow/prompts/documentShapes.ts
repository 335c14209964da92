/** The shapes of the documents, as they are asked of a model. They follow Kiro's documents exactly. */
import type { DocumentKind } from '../../spec/model';
import { BUGFIX_DESIGN_SHAPE, BUGFIX_SHAPE, BUGFIX_TASKS } from './bugfixShapes';

/** What a spec is made for, as far as it decides how its documents look. */
export interface SpecShape {
  readonly type: 'feature' | 'bugfix';
  /** Are there correctness properties, and property tests? */
  readonly properties: boolean;
  /** Are there requirements that a design or a task list can name? */
  readonly numbered: boolean;
}

export function shapeOf(kind: DocumentKind, spec: SpecShape): string {
  if (kind === 'requirements') return REQUIREMENTS_SHAPE;
  if (kind === 'bugfix') return BUGFIX_SHAPE;
  if (kind === 'tasks') return tasksShape(spec);
  if (spec.type === 'feature') return designShape(spec);
  return spec.properties ? BUGFIX_DESIGN_SHAPE : `${BUGFIX_DESIGN_SHAPE}\n${NO_PROPERTIES}`;
}

const NO_PROPERTIES =
  'Leave out correctness properties and property tests: this spec does without them. Its tests are plain ones.';

const REQUIREMENTS_SHAPE = `Write requirements.md in this shape:

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

function designShape({ properties, numbered }: SpecShape): string {
  const validates = numbered ? '\n\n**Validates: Requirements 1.1, 1.2**' : '';
  const section = `## Correctness Properties

### Property 1: Short title

*For any* <input>, <what holds>.${validates}

`;
  const ids = numbered
    ? 'Every acceptance criterion is met by some part of the design, and each section that meets some says which: “Requirements 1.2, 3.1” (requirement number, dot, position of the criterion).'
    : 'There are no requirements yet: they will be derived from this design, so say what it does as plainly as how.';
  return `Write design.md in this shape:

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
(each failure, how it is found and what happens then)
${properties ? section : ''}## Testing Strategy

${ids}${properties && numbered ? ' Every property names the criteria that it validates.' : ''}${properties ? '' : ` ${NO_PROPERTIES}`} Fit the project's own structure and conventions.`;
}

function tasksShape({ type, properties }: SpecShape): string {
  const propertyTask = `
  - [ ]* 1.2 Write property test for ...
    - **Property 1: title**
    - **Validates: Requirements 1.1**`;
  const start =
    type === 'bugfix'
      ? BUGFIX_TASKS
      : `- [ ] 1. Title of a step
  - [ ] 1.1 A concrete change to named files
    - what exactly to do
    - _Requirements: 1.1, 1.2_
    - _Verify: command that proves it_
    - _Depends: 2.1_
    - _Boundary: src/api/**_${properties ? propertyTask : ''}

- [ ] 2. Checkpoint - Ensure all tests pass
  - _Verify: command that runs all tests_`;
  return `Write tasks.md in this shape:

# Implementation Plan

## Overview

## Tasks

${start}

## Notes
${properties && type === 'feature' ? '\n- Tasks marked with `*` are optional\n' : ''}
## Task Dependency Graph

\`\`\`json
{ "waves": [ { "id": 0, "tasks": ["1.1"] } ] }
\`\`\`

Each task is small, ordered, testable, and writes its own tests. Every criterion appears in some _Requirements:_ line.
_Verify:_ is one shell command that works in this project and fails when the task is not done. _Depends:_ (tasks that must be done before) and _Boundary:_ (globs of the only files it may change) stand where they are known.${properties && type === 'feature' ? ' Property tests are optional sub-tasks.' : ''}
Only work that changes files of the project: no deployment, no meetings, no manual testing.`;
}
