/** What the panel shows of revisions: change by change, and any two rounds compared. */
import { strict as assert } from 'node:assert';
import { initialState } from '../../../src/core/agent/session/sessionState';
import type { SessionEntry } from '../../../src/core/agent/session/sessions';
import { withoutChanges } from '../../../src/core/spec/merge/partChanges';
import type { DocumentSnapshot } from '../../../src/core/spec/model';
import { reviewChanges } from '../../../src/vscode/features/review/reviewChanges';
import { roundsOf } from '../../../src/vscode/features/review/reviewRounds';
import { changesSentence, refusedKeys } from '../../../src/webview/review/refusals';
import { among, readCompared, stepRounds } from '../../../src/webview/review/rounds';

const ITEMS = [
  'WHEN a guest rings, THE House SHALL answer within 5 seconds',
  'WHILE it is dark, THE Lamp SHALL burn at the door',
  'IF the bell is broken, THEN THE House SHALL send a message to its keeper',
];
const documentOf = (items: readonly string[]) =>
  `# Requirements Document\n\n## Requirements\n\n### Requirement 1: Calls\n\n#### Acceptance Criteria\n\n${items.map((words, index) => `${index + 1}. ${words}\n`).join('')}`;
const [bell = '', lamp = '', broken = ''] = ITEMS;
const gate = 'WHERE a garden is fenced, THE Gate SHALL shut by itself';
const BEFORE = documentOf(ITEMS);

describe('review: the changes of a revision', () => {
  const before = documentOf([bell, lamp, broken, gate]);
  const after = documentOf([broken, bell, lamp, gate.replace('shut', 'be locked')]);
  const { changes, unchanged } = reviewChanges('requirements', { before, after });

  it('tell what moved from what is new and what is gone', () => {
    assert.deepEqual(
      changes.map(({ id, what, from }) => [id, what, from]),
      [
        ['1.1', 'moved', '1.3'],
        ['1.4', 'reworded', undefined],
      ],
    );
    assert.equal(changesSentence({ changes, unchanged }), `1 reworded, 1 moved, ${unchanged} unchanged`);
    assert.ok(unchanged >= 2);
  });

  it('that moved are left out as one: nothing is lost, nothing is there twice', () => {
    const revision = { session: 's', added: 0, removed: 0, changes, unchanged };
    const [moved] = changes;
    const refused = refusedKeys(revision, [`s ${moved?.key}`]);
    assert.equal(refused.length, 2);
    const text = withoutChanges('requirements', { before, after }, new Set(refused));
    assert.equal(text, documentOf([bell, lamp, broken, gate.replace('shut', 'be locked')]));
  });
});

describe('review: rounds', () => {
  const revised = (id: string, at: number, after: string, accepted?: boolean): SessionEntry => ({
    id,
    state: {
      ...initialState(
        {
          type: 'session.started',
          version: 1,
          session: id,
          kind: 'revision',
          title: 'Revise',
          root: '/w',
          owner: 'x',
          model: 'm',
          rehearsed: false,
        },
        at,
      ),
      revision: { before: BEFORE, after, accepted },
    },
  });
  const snapshot = (text: string): DocumentSnapshot => ({
    kind: 'requirements',
    path: '/w/requirements.md',
    state: 'draft',
    text,
    document: undefined,
    problems: [],
    approval: undefined,
    claim: undefined,
    votes: undefined,
    requested: false,
    suspects: 0,
    changes: undefined,
  });
  const second = documentOf([bell, lamp]);
  const entries = [
    revised('b', 2, second),
    revised('a', 1, documentOf([bell.replace('5', '7'), lamp, broken]), false),
  ];

  it('are all kept, the earliest first, with what became of each', () => {
    const { rounds, comparison } = roundsOf(entries, snapshot(BEFORE), undefined);
    assert.deepEqual(
      rounds.map(({ label, note }) => `${label} ${note}`.trim()),
      ['Before round 1', 'Round 1 refused', 'Round 2 waits', 'Now'],
    );
    assert.equal(comparison, undefined);
    assert.deepEqual(roundsOf([], snapshot(BEFORE), undefined).rounds, []);
  });

  it('can each be compared with any other, and with the text as it is now', () => {
    const compare = (from: string, to: string) =>
      roundsOf(entries, snapshot(second), { from, to }).comparison?.changes.map(
        ({ id, what }) => `${id} ${what}`,
      );
    assert.deepEqual(compare('a', 'b'), ['1.1 reworded', '1.3 removed']);
    assert.deepEqual(compare('b', 'a'), ['1.1 reworded', '1.3 added']);
    assert.deepEqual(compare('start', 'now'), ['1.3 removed']);
    assert.deepEqual(compare('b', 'now'), []);
    assert.equal(compare('gone', 'now'), undefined);
  });

  it('are stepped through pair by pair, from the last', () => {
    const rounds = roundsOf(entries, snapshot(BEFORE), undefined).rounds;
    const last = stepRounds(rounds, undefined, -1);
    assert.deepEqual(last, { from: 'b', to: 'now' });
    assert.deepEqual(stepRounds(rounds, last, -1), { from: 'a', to: 'b' });
    assert.deepEqual(stepRounds(rounds, { from: 'start', to: 'a' }, -1), { from: 'start', to: 'a' });
    assert.deepEqual(stepRounds(rounds, last, 1), last);
    assert.equal(stepRounds([], undefined, 1), undefined);
  });

  it('of another document are not compared in this one', () => {
    const rounds = roundsOf(entries, snapshot(BEFORE), undefined).rounds;
    assert.equal(among(rounds, { from: 'a', to: 'elsewhere' }), undefined);
    assert.deepEqual(among(rounds, readCompared({ from: 'a', to: 'now' })), { from: 'a', to: 'now' });
    assert.equal(readCompared({ from: 3 }), undefined);
  });
});
