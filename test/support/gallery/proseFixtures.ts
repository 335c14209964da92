/** Invented documents that are shown as Markdown. */

export const design = `# Design: tool library

## Overview

Two screens over one store. The **Lending Desk** answers members, the **Return Station** runs at the door and has
to work without a network; both write to the \`Ledger\`, an append-only list of what happened to each tool.

![the two screens](https://example.com/screens.png)

## Architecture

\`\`\`mermaid
flowchart LR
  Desk --> Ledger
  Station -- queue --> Ledger
  Ledger --> Board
\`\`\`

The station keeps a queue of its own ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901) pointers name the entries).

| Component | Writes | Reads | Offline |
|---|---|---|---:|
| Lending Desk | reservations, loans | ledger | no |
| Return Station | returns, repairs | queue | 8 h |
| Shelf Board | nothing | ledger | no |

## Data model

\`\`\`ts
interface Entry {
  readonly tool: string;
  readonly at: number;
  readonly kind: 'held' | 'lent' | 'back' | 'repair';
}
\`\`\`

## Correctness properties

### Property 1: a hold is exclusive

For any two members and any day, at most one of them holds a tool.

**Validates: Requirements 1.1, 1.2**

### Property 2: no return is lost

For any sequence of scans with the register away, every return reaches the ledger exactly once.

> The queue is replayed in order; an entry that is there already is skipped.
`;

export const tasks = `# Implementation plan

- [x] 1. Ledger
  - [x] 1.1 Entry types and the append-only file
    - One line an entry, fsync before the answer
    - _Requirements: 1.1, 2.1_
  - [x] 1.2 Reservations on top of it
    - _Requirements: 1.1_
  - [x] 1.3 The next free day
    - _Requirements: 1.2_
- [-] 2. Deposits
  - [x] 2.1 Ask before the hold
    - _Requirements: 1.3_
  - [-] 2.2 Give it back with the loan
    - Refund goes to the card it came from
    - _Requirements: 1.3_
  - [ ]* 2.3 Property test: a hold is exclusive
    - **Property 1**
    - **Validates: Requirements 1.1, 1.2**
- [~] 3. Return Station
  - [~] 3.1 Scan closes the loan
    - _Requirements: 2.1, 2.2_
  - [ ] 3.2 The queue on the device
    - _Requirements: 2.3_
- [ ] 4. Shelf Board
  - [ ] 4.1 One state for every tool
    - _Requirements: 3.1, 3.3_
  - [ ] 4.2 Remind once
    - _Requirements: 3.2_
`;
