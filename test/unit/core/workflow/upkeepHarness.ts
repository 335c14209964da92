/** A spec of three approved documents, in which one criterion is linked and another is not. */
import type { ModelTurn } from '../../../support/scriptedModel';
import { approveAll } from '../approveAll';
import { type Harness, SPEC, specFile, startCore } from '../coreHarness';

export const REQUIREMENTS = `# Requirements Document

## Introduction

Links expire.

## Glossary

- **Link_Store**: keeps links.

## Requirements

### Requirement 1: Expiry

**User Story:** As an owner, I want links to expire, so that old ones stop working.

#### Acceptance Criteria

1. WHEN a link is 30 days old, THE Link_Store SHALL delete it.
2. THE Link_Store SHALL count how many links it keeps.

### Requirement 2: Names

**User Story:** As an owner, I want to name links, so that I find them.

#### Acceptance Criteria

1. WHEN an owner names a link, THE Link_Store SHALL keep the name.
`;

export const DESIGN = `# Design Document

## Overview

A store of links.

## Sweep

Meets requirement 1.1: once a day, links of 30 days go.

## Names

Meets requirement 2.1: a column for names.

## Correctness Properties

### Property 1: Old links go

*For any* link older than 30 days, a sweep deletes it.

**Validates: Requirements 1.1**

### Property 2: Counting

*For any* links, the count is their number.

**Validates: Requirements 1.2**
`;

export const TASKS = `# Implementation Plan

## Tasks

- [x] 1. Expiry
  - [x] 1.1 Delete links of 30 days
    - Sweep once a day
    - _Requirements: 1.1_
  - [x] 1.2 Count links
    - _Requirements: 1.2_
  - [ ]* 1.3 Write property test for the sweep
    - **Property 1: Old links go**

- [x] 2. Names
  - _Requirements: 2.1_

## Notes

- Tasks marked with \`*\` are optional
`;

export const PATH = (name: string) => `${SPEC}/${name}`;

/** All approved; then the requirements are edited by hand. */
export async function edited(
  edit: (text: string) => string,
  turns: readonly ModelTurn[] = [],
  texts: { readonly design?: string; readonly tasks?: string; readonly config?: string } = {},
): Promise<Harness> {
  const harness = await startCore({
    turns,
    files: {
      [specFile('requirements.md')]: REQUIREMENTS,
      [specFile('design.md')]: texts.design ?? DESIGN,
      [specFile('tasks.md')]: texts.tasks ?? TASKS,
      ...(texts.config === undefined ? {} : { [specFile('.config.kiro')]: texts.config }),
    },
    commands: () => 0,
  });
  await approveAll(harness.core, SPEC);
  await harness.ports.files.writeText(PATH('requirements.md'), edit(REQUIREMENTS));
  await harness.core.specs.refresh(SPEC);
  return harness;
}

export const LATER = (text: string) => text.replace('30 days old', '60 days old');
