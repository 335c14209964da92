import { strict as assert } from 'node:assert';
import { stateWords } from '../../../src/core/spec/phase';
import type {
  ReviewCriterion,
  ReviewFinding,
  ReviewModel,
  ReviewRequirement,
  ReviewStep,
  ReviewThread,
} from '../../../src/protocol/review';
import { headActs, missingAct } from '../../../src/webview/review/acts';
import { coverage, coverageOf } from '../../../src/webview/review/coverage';
import { filterChips, visible } from '../../../src/webview/review/filters';
import { commandOf, type KeyContext, type Pressed } from '../../../src/webview/review/keys';
import { missingRequest } from '../../../src/webview/review/missing';
import { cardsOf, stopsOf } from '../../../src/webview/review/navigation';
import { answeredThreads, sendBlock, stagedThreads } from '../../../src/webview/review/staged';
import { refinable, summarize, taskless } from '../../../src/webview/review/summary';
import { readUiState } from '../../../src/webview/review/uiState';
import { commentOn } from '../../../src/webview/review/writing';
import { toggled } from '../../../src/webview/shared/keptState';

const FINDING: ReviewFinding = {
  rule: 'escape-clause',
  severity: 'warning',
  message: 'No test can fail it.',
  start: 0,
  end: 4,
  fix: 'Remove it',
  offset: 10,
};

function criterion(id: string, change: Partial<ReviewCriterion> = {}): ReviewCriterion {
  return {
    id,
    text: `text of ${id}`,
    pattern: 'event-driven',
    clauses: [],
    findings: [],
    threads: [],
    changed: undefined,
    suspects: [],
    sections: [],
    offset: 0,
    properties: [],
    tasks: [],
    tests: undefined,
    ...change,
  };
}

const CRITERIA: readonly ReviewCriterion[] = [
  criterion('1.1', { tasks: ['1'], properties: ['1'] }),
  criterion('1.2', { properties: ['2'], findings: [FINDING, { ...FINDING, start: 6 }] }),
  criterion('1.3', { pattern: 'none', text: 'A lone gateway' }),
];

function requirementOf(
  criteria: readonly ReviewCriterion[],
  threads: readonly ReviewThread[] = [],
): ReviewRequirement {
  const head = { id: '1', text: '### Requirement 1: One', title: 'One', userStory: undefined, aside: '' };
  return { ...head, criteria, notes: [], findings: [], threads, changed: undefined, suspects: [], offset: 0 };
}

function model(state: ReviewStep['state'] = 'draft', change: Partial<ReviewModel> = {}): ReviewModel {
  return {
    spec: 's',
    type: 'feature',
    steps: [
      {
        kind: 'requirements',
        fileName: 'requirements.md',
        state,
        words: stateWords({ state, requested: false, suspects: 0 }),
        note: '',
        byPart: false,
        ready: state === 'approved',
      },
      {
        kind: 'design',
        fileName: 'design.md',
        state: 'draft',
        words: 'in review',
        note: '',
        byPart: false,
        ready: false,
      },
      {
        kind: 'tasks',
        fileName: 'tasks.md',
        state: 'draft',
        words: 'in review',
        note: '',
        byPart: false,
        ready: false,
      },
    ],
    shown: 'requirements',
    requirements: [requirementOf(CRITERIA)],
    sections: [],
    prose: undefined,
    findings: [],
    threads: [],
    safeFixes: 0,
    modelMissing: undefined,
    rehearsed: false,
    revision: undefined,
    rounds: [],
    comparison: undefined,
    objections: [],
    withoutTask: [],
    busy: false,
    incomplete: undefined,
    ...change,
  };
}

const NO_DESIGN = model().steps.map(
  (step, index): ReviewStep => (index > 0 ? { ...step, state: 'missing' } : step),
);
const clean = (state: ReviewStep['state'], change: Partial<ReviewModel> = {}): ReviewModel =>
  model(state, {
    requirements: [requirementOf(CRITERIA.slice(0, 1))],
    ...change,
  });
const REVISION = { session: 's', added: 3, removed: 1, changes: [], unchanged: 0 };

function sentence(of: ReviewModel): string {
  const { strong, parts } = summarize(of);
  return `${strong} ${parts.map((part) => (typeof part === 'string' ? part : `<${part.text}>`)).join('')}`.trim();
}

const filled = (of: ReviewModel, composing = false): string[] =>
  [...headActs(of, composing), ...[missingAct(of) ?? []].flat()]
    .filter((act) => act.filled)
    .map((act) => act.id);

describe('review: summary', () => {
  const cases: readonly (readonly [string, ReviewModel, string])[] = [
    ['findings', model(), 'Before approval: settle <2 findings>.'],
    [
      'one finding of the document',
      clean('draft', { findings: [FINDING] }),
      'Before approval: settle <1 finding>.',
    ],
    [
      'a revision',
      model('draft', { revision: REVISION }),
      'Before approval: decide on the revision, settle <2 findings>.',
    ],
    ['nothing', clean('draft'), 'Nothing stands between this document and your approval.'],
    ['changed', clean('changed'), 'Changed since it was approved. Approve it again.'],
    [
      'changed and open',
      model('changed'),
      'Changed since it was approved. Settle <2 findings>, then approve it again.',
    ],
    [
      'incomplete',
      model('incomplete', { incomplete: 'The server closed the stream.' }),
      'The draft is not whole. The server closed the stream. 3 criteria are kept.',
    ],
    [
      'drafting',
      model('drafting', { busy: true }),
      'Drafting: 1 requirement, 3 criteria so far, <2 findings>.',
    ],
    [
      'drafting prose',
      model('drafting', { busy: true, requirements: [], prose: { markdown: 'a\nb\n', parts: [] } }),
      'Drafting: 2 lines so far.',
    ],
    [
      'revising',
      model('draft', { busy: true }),
      'Revising: the answer comes as a revision that you accept or refuse.',
    ],
    ['missing', model('missing', { requirements: [] }), 'requirements.md is not written yet.'],
    [
      'unreadable',
      model('draft', { requirements: [], findings: [FINDING] }),
      'requirements.md has no acceptance criterion.',
    ],
  ];
  for (const [name, given, expected] of cases) it(name, () => assert.equal(sentence(given), expected));

  it('names who approved', () => {
    const steps = model('approved').steps.map((step, index) =>
      index === 0 ? { ...step, note: 'approved by Ada' } : step,
    );
    assert.equal(
      sentence(clean('approved', { steps })),
      'Approved by Ada. 1 criterion, bound to this exact text.',
    );
  });
});

describe('review: acts', () => {
  it('fills Approve only when nothing is open and nothing is being written', () => {
    assert.deepEqual(filled(clean('draft')), ['approve']);
    assert.deepEqual(filled(model()), []);
    assert.deepEqual(filled(clean('draft'), true), []);
    assert.deepEqual(filled(clean('draft', { revision: REVISION })), []);
  });

  it('offers the next draft once this is approved', () => {
    assert.deepEqual(
      filled(
        clean('approved', {
          steps: NO_DESIGN.map((step, i) => (i === 0 ? { ...step, state: 'approved' } : step)),
        }),
      ),
      ['draftNext'],
    );
    assert.deepEqual(filled(clean('approved')), []);
  });

  it('drafts a missing document only after the one before it is approved', () => {
    const shown = { shown: 'design', requirements: [] } as const;
    assert.equal(missingAct(model('draft', { ...shown, steps: NO_DESIGN })), undefined);
    const approved = NO_DESIGN.map(
      (step, index): ReviewStep => (index === 0 ? { ...step, state: 'approved', ready: true } : step),
    );
    assert.equal(missingAct(model('approved', { ...shown, steps: approved }))?.id, 'draftThis');
    assert.equal(
      missingAct(model('approved', { ...shown, steps: approved, modelMissing: 'No key' }))?.blocked,
      'No key',
    );
  });

  it('offers to confirm what is suspect in an approved document', () => {
    const { id, text, findings, threads, changed, offset } = criterion('Property 1');
    const part = {
      ...{ id, text, findings, threads, changed, offset },
      key: 'Property 1',
      depth: 0,
      suspects: [{ kind: 'criterion', id: '1.2', reason: '1.2 was edited' }] as const,
    };
    const suspect = clean('approved', {
      shown: 'design',
      requirements: [],
      prose: { markdown: '', parts: [part] },
      steps: model().steps.map((step) => ({ ...step, state: 'approved' as const })),
    });
    assert.deepEqual(filled(suspect), ['confirm']);
    assert.equal(sentence(suspect), 'Approved, but open: look at <1 suspect part>.');
    assert.deepEqual(filled({ ...suspect, revision: REVISION }), []);
    // An approval would confirm it, too: not in passing.
    const waiting = { ...suspect, steps: clean('draft').steps };
    const approve = (of: ReviewModel) => headActs(of, false).find(({ id }) => id === 'approve')?.label;
    assert.deepEqual([filled(waiting), approve(waiting)], [[], 'Approve…']);
    assert.equal(approve(clean('draft')), 'Approve 1 criterion');
  });

  it('lets a quick spec that broke off go on, approved or not', () => {
    const steps = NO_DESIGN.map((step, index) => ({ ...step, ready: index === 0 }));
    const acts = headActs(model('draft', { steps }), false).map(({ id }) => id);
    assert.deepEqual(acts, ['requestChanges', 'approve', 'draftNext']);
    assert.equal(missingAct(model('draft', { steps, shown: 'design' }))?.id, 'draftThis');
    assert.equal(missingAct(model('draft', { steps: NO_DESIGN, shown: 'design' })), undefined);
    const gated = headActs(model('draft', { steps: NO_DESIGN }), false).map(({ id }) => id);
    assert.deepEqual(gated, ['requestChanges', 'approve']);
  });

  it('offers only Cancel while a model writes', () => {
    assert.deepEqual(
      headActs(model('drafting', { busy: true }), false).map((act) => act.id),
      ['cancel'],
    );
  });
});

describe('review: refining', () => {
  const steps = (state: ReviewStep['state'], design: ReviewStep['state']): readonly ReviewStep[] => [
    {
      kind: 'requirements',
      fileName: 'requirements.md',
      state,
      words: '',
      note: '1.2 changed',
      byPart: true,
      ready: state === 'approved',
    },
    {
      kind: 'design',
      fileName: 'design.md',
      state: design,
      words: '',
      note: '',
      byPart: false,
      ready: design === 'approved',
    },
    {
      kind: 'tasks',
      fileName: 'tasks.md',
      state: 'missing',
      words: 'not written',
      note: '',
      byPart: false,
      ready: false,
    },
  ];

  it('is offered where criteria changed since approval, for what was made of them', () => {
    assert.deepEqual(refinable(model('changed', { steps: steps('changed', 'approved') })), {
      changes: '1.2 changed',
      followers: 'design.md',
    });
  });

  it('is not offered where nothing changed, nothing follows, a revision waits, or in a design', () => {
    const revision = { session: 's', added: 1, removed: 0, changes: [], unchanged: 0 };
    assert.equal(refinable(model('approved', { steps: steps('approved', 'approved') })), undefined);
    assert.equal(refinable(model('changed', { steps: steps('changed', 'missing') })), undefined);
    assert.equal(refinable(model('changed', { steps: steps('changed', 'approved'), revision })), undefined);
    assert.equal(
      refinable(model('changed', { steps: steps('changed', 'changed'), shown: 'design' })),
      undefined,
    );
  });
});

describe('review: coverage and filters', () => {
  const both = { design: true, tasks: true };

  it('counts a task as covered and a property alone as half', () => {
    assert.deepEqual(
      CRITERIA.map((each) => coverageOf(each, both)),
      ['covered', 'partly', 'uncovered'],
    );
    assert.deepEqual(
      CRITERIA.map((each) => coverageOf(each, { design: true, tasks: false })),
      ['covered', 'covered', 'uncovered'],
    );
  });

  it('has no coverage before there is a design', () => {
    assert.equal(coverage(model('draft', { steps: NO_DESIGN })), undefined);
    assert.deepEqual(
      filterChips(model('draft', { steps: NO_DESIGN })).map((chip) => chip.id),
      ['findings', 'comments', 'noPattern'],
    );
  });

  it('groups pips by requirement above sixty criteria', () => {
    const many = Array.from({ length: 61 }, (_, i) => criterion(`1.${i + 1}`));
    assert.equal(coverage(model('draft', { requirements: [requirementOf(many)] }))?.pips.length, 1);
  });

  it('counts what each chip shows', () => {
    assert.deepEqual(
      filterChips(model()).map((chip) => [chip.id, chip.count]),
      [
        ['findings', 2],
        ['uncovered', 1],
        ['comments', 0],
        ['noProperty', 1],
        ['noPattern', 1],
      ],
    );
  });

  it('shows what passes any chip and holds every word', () => {
    const ids = (...args: Parameters<typeof visible>): string[] =>
      visible(...args).flatMap((each) => each.items.map((one) => one.id));
    assert.deepEqual(ids(model(), [], ''), ['1.1', '1.2', '1.3']);
    assert.deepEqual(ids(model(), ['findings', 'uncovered'], ''), ['1.2', '1.3']);
    assert.deepEqual(ids(model(), [], 'Gateway LONE'), ['1.3']);
    assert.deepEqual(ids(model(), ['findings'], 'gateway'), []);
    assert.deepEqual(ids(model(), [], '1.2'), ['1.2']);
  });
});

describe('review: comments', () => {
  const thread = (id: string, change: Partial<ReviewThread> = {}): ReviewThread => ({
    id,
    comments: [{ id, by: 'Ada', at: '2026-01-01T00:00:00.000Z', text: 'Why?', own: true }],
    resolved: false,
    sent: false,
    part: '1.1',
    quote: '',
    place: 'there',
    ...change,
  });
  const commented = model('draft', {
    threads: [thread('gone', { place: 'gone' })],
    requirements: [
      requirementOf(
        [
          criterion('1.1', { threads: [thread('a'), thread('b', { resolved: true })], tasks: ['1'] }),
          criterion('1.2', { tasks: ['1'], changed: 'changed' }),
        ],
        [thread('head', { sent: true })],
      ),
    ],
  });

  it('stand before the approval until they are resolved, wherever they are', () => {
    assert.equal(
      sentence(commented),
      'Before approval: resolve <3 comments>, re-read <1 changed criterion>.',
    );
    assert.deepEqual(filled(commented), []);
    assert.equal(headActs(commented, false).find(({ id }) => id === 'approve')?.label, 'Approve…');
  });

  it('are sent once: those that are open and were not sent', () => {
    assert.deepEqual(
      stagedThreads(commented).map(({ id }) => id),
      ['gone', 'a'],
    );
    assert.equal(sendBlock({ ...commented, revision: REVISION }), 'Decide on the revision first');
    assert.deepEqual(answeredThreads({ ...commented, revision: REVISION }), []);
    assert.deepEqual(
      answeredThreads(commented).map(({ id }) => id),
      ['head'],
    );
  });

  it('are found by their filter, those of a requirement with its head', () => {
    const [card] = visible(commented, ['comments'], '');
    assert.deepEqual(
      card?.items.map(({ id }) => id),
      ['1.1'],
    );
    const headOnly = model('draft', {
      requirements: commented.requirements.map((each) => ({ ...each, criteria: [criterion('1.2')] })),
    });
    assert.equal(visible(headOnly, ['comments'], '').length, 1);
    assert.equal(visible(headOnly, ['comments'], 'text').length, 0);
  });

  it('are kept while they are written, whatever else was kept', () => {
    const writing = commentOn('1.1', criterion('1.1', { offset: 7 }), ' some words ');
    assert.deepEqual(readUiState({ writing: { ...writing, text: 'half a sent' } }).writing, {
      kind: 'comment',
      nav: '1.1',
      start: 7,
      quote: 'some words',
      text: 'half a sent',
    });
    for (const kept of [3, null, { kind: 'comment', text: 'x' }, { kind: 'reword', thread: 't', text: 'x' }])
      assert.equal(readUiState({ writing: kept }).writing, undefined);
  });
});

describe('review: criteria without a task', () => {
  const tasks = (change: Partial<ReviewModel> = {}) =>
    taskless(model('draft', { shown: 'tasks', withoutTask: ['1.2', '2.1'], ...change }));

  it('are named in the tasks, where tasks can be added', () => {
    assert.equal(tasks(), '1.2, 2.1 have no task.');
    assert.equal(tasks({ withoutTask: ['1.2'] }), '1.2 has no task.');
    assert.equal(
      tasks({ withoutTask: ['1.1', '1.2', '1.3', '2.1', '2.2'] }),
      '1.1, 1.2, 1.3 and 2 more have no task.',
    );
  });

  it('are not named while a model writes, a revision waits, or in another document', () => {
    assert.equal(tasks({ busy: true }), undefined);
    assert.equal(tasks({ shown: 'requirements' }), undefined);
    assert.equal(tasks({ withoutTask: [] }), undefined);
  });
});

describe('review: what is missing', () => {
  it('asks for tasks by the ids of the criteria, before there are tasks for the design', () => {
    const { kind, text, count } = missingRequest(model()) ?? {};
    assert.deepEqual([kind, count], ['tasks', 2]);
    assert.match(String(text), /: 1\.2, 1\.3\. Change nothing else\.$/);
    const steps = model().steps.map(
      (step): ReviewStep => (step.kind === 'tasks' ? { ...step, state: 'missing' } : step),
    );
    assert.equal(missingRequest(model('draft', { steps }))?.kind, 'design');
    assert.equal(missingRequest(clean('draft')), undefined);
    assert.equal(missingRequest(model('draft', { steps: NO_DESIGN })), undefined);
  });
});

describe('review: keys and stops', () => {
  const context: KeyContext = { typing: false, finding: false, onControl: false, revision: false };
  const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  });

  it('leaves letters to a text field, but not Escape', () => {
    assert.equal(commandOf(press('j'), { ...context, typing: true }), undefined);
    assert.deepEqual(commandOf(press('Escape'), { ...context, typing: true }), { do: 'escape' });
    const finding = { ...context, typing: true, finding: true };
    assert.deepEqual(commandOf(press('Enter'), finding), { do: 'toFound' });
    assert.deepEqual(commandOf(press('ArrowDown'), finding), { do: 'toFound' });
    assert.equal(commandOf(press('j'), finding), undefined);
    assert.deepEqual(commandOf(press('j'), context), { do: 'move', delta: 1 });
  });

  it('leaves Enter to a button and chords to the host', () => {
    assert.equal(commandOf(press('Enter'), { ...context, onControl: true }), undefined);
    assert.deepEqual(commandOf(press('Enter', { ctrlKey: true }), context), { do: 'primary' });
    assert.equal(commandOf(press('f', { ctrlKey: true }), context), undefined);
    assert.equal(commandOf(press('ArrowUp', { altKey: true }), context), undefined);
  });

  it('decides on a revision only where there is one', () => {
    assert.equal(commandOf(press('y'), context), undefined);
    assert.deepEqual(commandOf(press('y'), { ...context, revision: true }), { do: 'decide', accepted: true });
  });

  it('tells a comment from a request, and sending all from approving', () => {
    assert.deepEqual(commandOf(press('c'), context), { do: 'comment' });
    assert.deepEqual(commandOf(press('C', { shiftKey: true }), context), { do: 'request' });
    const enter = press('Enter', { ctrlKey: true, shiftKey: true });
    assert.deepEqual(commandOf(enter, context), { do: 'send' });
    assert.deepEqual(commandOf(press('4'), context), { do: 'filter', key: '4' });
  });

  it('stops at the head of each requirement, and at its criteria unless it is folded, also with repeated ids', () => {
    const twice = model().requirements.flatMap((each) => [each, { ...each, id: '2' }]);
    const all = visible(model('draft', { requirements: twice }), [], '');
    const navs = stopsOf(cardsOf(all, ['1'], false)).map((stop) => stop.nav);
    assert.deepEqual(navs, ['r1', 'r2', '1.1#2', '1.2#2', '1.3#2']);
    assert.equal(stopsOf(cardsOf(all, ['1'], true)).length, 8);
  });
});

describe('review: kept state', () => {
  it('survives any kept value', () => {
    for (const kept of [
      undefined,
      null,
      3,
      'x',
      [],
      { filters: ['findings', 'gone', 4], query: 5, folded: 'x', request: 'text' },
    ]) {
      assert.ok(Array.isArray(readUiState(kept).folded));
    }
    const state = readUiState({ filters: ['findings', 'gone'], request: 'text', composing: true });
    assert.deepEqual([state.filters, state.request, state.composing], [['findings'], 'text', true]);
  });

  it('toggles', () => assert.deepEqual(toggled(toggled(['a'], 'b'), 'a'), ['b']));
});
