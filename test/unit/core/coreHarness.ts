import { type Core, createCore } from '../../../src/core';
import type { SessionState, ToolItem } from '../../../src/core/agent/session/sessionState';
import { later } from '../../../src/core/later';
import type { PhaseState } from '../../../src/core/spec/model';
import { settle } from '../../support/fakeClock';
import { createTestPorts, type TestPorts, type TestPortsOptions } from '../../support/testPorts';
import { own } from '../../support/testStore';

export const HOME = '/home/ada/.earshot';
export const KIRO_HOME = '/home/ada/.kiro';
export const SPEC = '/project/.kiro/specs/links';

export interface Harness {
  readonly core: Core;
  readonly ports: TestPorts;
  /** The specs that there were to show before all were read. */
  readonly first: readonly string[];
  /** Those that had yet to be read then. */
  readonly unread: readonly string[];
}

export interface HarnessOptions extends TestPortsOptions {
  readonly roots?: readonly string[];
  readonly hostRunsHooks?: boolean;
  /** Goes on with these instead of new ones: a restart on the same disk. */
  readonly ports?: TestPorts;
}

/** A core over fakes; its stores are read. Disposed when the test ends. */
export async function startCore(options: HarnessOptions = {}): Promise<Harness> {
  const { roots = ['/project'], hostRunsHooks = false, ports = createTestPorts(options) } = options;
  // Loading takes real time, which the tests' clock does not see.
  await Promise.all(Object.values(later).map((load) => load()));
  const core = own(createCore(ports, { roots, home: HOME, kiroHome: KIRO_HOME, hostRunsHooks }));
  await core.specs.firstReady;
  const first = core.specs.all.map(({ name }) => name);
  const unread = core.specs.unread.map(({ name }) => name);
  await Promise.all([core.specs.ready, core.hooks.ready]);
  return { core, ports, first, unread };
}

/** Waits, with the clock moving, until something holds; fails when it never does. */
export async function until(
  ports: TestPorts,
  holds: () => boolean | undefined,
  what = holds.toString(),
): Promise<void> {
  for (let round = 0; round < 300; round++) {
    if (holds()) return;
    await ports.clock.advance(10);
  }
  throw new Error(`It never came to: ${what}`);
}

/** Lets what is under way go on as far as it can without the clock. */
export async function quiet(rounds = 5): Promise<void> {
  for (let round = 0; round < rounds; round++) await settle();
}

export function specFile(name: string): string {
  return `.kiro/specs/links/${name}`;
}

export function stateOf(core: Core, document: string, spec = SPEC): PhaseState | undefined {
  return core.specs.get(spec)?.documents.find(({ path }) => path.endsWith(`/${document}`))?.state;
}

/** The latest session of this process or its logs. */
export function latest(core: Core): SessionState {
  const entry = core.sessions.known[0];
  if (!entry) throw new Error('There is no session.');
  return entry.state;
}

export function toolItems(state: SessionState): readonly ToolItem[] {
  return state.items.filter((item) => item.type === 'tool');
}

export function notes(state: SessionState): readonly string[] {
  return state.items.flatMap((item) => (item.type === 'note' ? [item.text] : []));
}

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
`;

export const DESIGN = '# Design Document\n\n## Overview\n\nA sweep.\n';

export function tasksText(...lines: readonly string[]): string {
  return ['# Implementation Plan', '', '## Tasks', '', ...lines, ''].join('\n');
}
