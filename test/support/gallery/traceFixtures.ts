/** A trace made of real documents by the real core: the panel shows what people will see. */
import { createHash } from 'node:crypto';
import type { Spec } from '../../../src/core/spec/model';
import { readTexts } from '../../../src/core/spec/readTexts';
import { buildGraph } from '../../../src/core/trace/buildGraph';
import type { CodeTag, LinkRecord } from '../../../src/core/trace/model';
import type { TraceModel } from '../../../src/protocol/trace';
import { traceModel } from '../../../src/vscode/features/trace/traceModel';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const REQUIREMENTS = `# Requirements Document

### Requirement 1: Shorten a link

#### Acceptance Criteria

1. WHEN a visitor submits a valid URL, THE Shortener SHALL respond with a code of 7 characters.
2. IF the submitted URL fails validation, THEN THE Shortener SHALL respond with 422 and name the rule that failed.
3. WHERE an alias is given, THE Shortener SHALL reserve it for 24 hours.
4. THE Shortener SHALL accept at most 60 new links a minute from one address.

### Requirement 2: Follow a short link

#### Acceptance Criteria

1. WHEN a visitor opens a known code, THE Redirector SHALL respond with 302 within 50 ms.
2. IF the code is unknown, THEN THE Redirector SHALL respond with 404.
3. WHILE the primary store is unreachable, WHEN a visitor opens a code that is in the read cache, THE Redirector SHALL respond with 302 to the cached URL within 50 ms.
4. WHILE the primary store is unreachable, IF the code is not in the read cache, THEN THE Redirector SHALL respond with 503.
`;

const DESIGN = `# Design Document

## Architecture

### Encoder

It makes the codes of Requirement 1.1.

### Outage of the store

The read cache answers, as Requirement 2.3 says.

## Correctness Properties

### Property 1: Codes are short

**Validates: Requirements 1.1, 1.2**

### Property 2: Known codes redirect

**Validates: Requirements 2.1, 2.2, 2.3**
`;

const TASKS = `# Implementation Plan

- [x] 1. Encode links
  - _Requirements: 1.1, 1.2_
- [x] 2. Redirect
  - _Requirements: 2.1, 2.2_
- [ ] 3. Serve from the read cache
  - _Requirements: 2.3_
- [ ] 4. Reserve aliases
  - _Requirements: 1.3, 5.2_
`;

const TAGS: readonly CodeTag[] = [
  { kind: 'implements', spec: 'url-shortener', ids: ['1.1', '1.2'], path: 'src/encode.ts', line: 4 },
  {
    kind: 'implements',
    spec: 'url-shortener',
    ids: ['2.1', '2.2', '2.3'],
    path: 'src/redirector.ts',
    line: 41,
  },
  { kind: 'property', spec: 'url-shortener', ids: ['1'], path: 'test/encode.test.ts', line: 1 },
  { kind: 'verifies', spec: 'url-shortener', ids: ['2.1'], path: 'test/redirector.test.ts', line: 9 },
  { kind: 'verifies', spec: 'url-shortener', ids: ['2.2'], path: 'test/redirector.test.ts', line: 20 },
];

const RECORDS: readonly LinkRecord[] = ['design:Outage of the store', 'property:2', 'task:3'].map((from) => ({
  v: 1,
  from,
  to: '2.3',
  hash: 'an older wording',
}));

interface Texts {
  readonly requirements: string;
  readonly design?: string;
  readonly tasks?: string;
}

export function traceOf(
  { requirements, design, tasks }: Texts,
  tags: readonly CodeTag[] | undefined,
  records: readonly LinkRecord[] = [],
): TraceModel {
  const texts = { requirements, ...(design ? { design } : {}), ...(tasks ? { tasks } : {}) };
  const documents = readTexts(texts);
  const snapshots = (['requirements', 'design', 'tasks'] as const).map((kind) => ({
    kind,
    text: texts[kind],
    document: documents[kind],
  }));
  const spec = {
    name: 'url-shortener',
    path: '/project/.kiro/specs/url-shortener',
    type: 'feature',
    documents: snapshots,
  } as unknown as Spec;
  return traceModel(spec, buildGraph({ spec: 'url-shortener', documents, tags, records, hash }), undefined);
}

export const fullTrace = traceOf({ requirements: REQUIREMENTS, design: DESIGN, tasks: TASKS }, TAGS, RECORDS);
export const readingTrace = traceOf({ requirements: REQUIREMENTS, design: DESIGN, tasks: TASKS }, undefined);
export const earlyTrace = traceOf({ requirements: REQUIREMENTS }, []);
export const emptyTrace = traceOf({ requirements: '# Requirements Document\n' }, []);

/** A thousand criteria. */
export const longTrace = traceOf(
  {
    requirements: Array.from(
      { length: 100 },
      (_, index) =>
        `### Requirement ${index + 1}: Part ${index + 1}\n#### Acceptance Criteria\n${Array.from({ length: 10 }, (_, n) => `${n + 1}. WHEN event ${n} comes, THE System SHALL write entry ${n} of part ${index + 1} to the log.`).join('\n')}`,
    ).join('\n\n'),
    tasks: Array.from(
      { length: 100 },
      (_, index) => `- [ ] ${index + 1}. Do part ${index + 1}\n  - _Requirements: ${index + 1}_`,
    ).join('\n'),
  },
  [],
);
