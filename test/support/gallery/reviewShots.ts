/** The review panel in its states. */
import type { ReviewModel, ReviewRequirement } from '../../../src/protocol/review';
import { design, tasks } from './proseFixtures';
import {
  cleanRequirements,
  fullReview,
  homeless,
  manyRequirements,
  partsOf,
  requirements,
  stepsAt,
  talk,
  toldRequirements,
  toldSections,
  unlinked,
} from './reviewFixtures';
import type { Shot } from './shots';

/** Code that its first criterion was derived from is not what it was. */
function doubted(requirement: ReviewRequirement): ReviewRequirement {
  const reason = 'src/links.js:12 was changed since the link was confirmed';
  return {
    ...requirement,
    criteria: requirement.criteria.map((one, index) =>
      index === 0 ? { ...one, suspects: [{ kind: 'code', id: 'src/links.js:12', reason }] } : one,
    ),
  };
}

const model = (change: Partial<ReviewModel> = {}): readonly unknown[] => [
  { type: 'model', model: { ...fullReview, ...change } },
];

const inParts = (markdown: string): ReviewModel['prose'] => ({
  markdown,
  parts: partsOf(markdown).map((part, index) =>
    index === 2
      ? {
          ...part,
          changed: 'changed',
          threads: [talk],
          suspects: [{ kind: 'criterion', id: '1.3', reason: '1.3 was edited since the link was confirmed' }],
        }
      : part,
  ),
});

const wide = { view: 'review', theme: 'dark', width: 1000, height: 840 } as const;
const low = { ...wide, width: 760, height: 330 } as const;

const REVISION = {
  session: 's',
  added: 12,
  removed: 4,
  unchanged: 9,
  changes: [
    {
      key: 'reworded 1.2',
      keys: ['reworded 1.2'],
      id: '1.2',
      what: 'reworded',
      words: [
        { text: 'WHEN', is: 'gone' },
        { text: 'IF', is: 'new' },
        {
          text: ' the submitted URL fails validation, THEN THE Shortener SHALL respond with 422 and name ',
          is: 'kept',
        },
        { text: 'the rule', is: 'gone' },
        { text: 'every rule', is: 'new' },
        { text: ' that failed.', is: 'kept' },
      ],
    },
    {
      key: 'added 1.4',
      keys: ['added 1.4'],
      id: '1.4',
      what: 'added',
      words: [
        {
          text: 'WHILE the primary store is unreachable, IF the code is not in the read cache, THEN THE Redirector SHALL respond with 503 and Retry-After: 30.',
          is: 'new',
        },
      ],
    },
    {
      key: 'removed 3.4',
      keys: ['removed 3.4'],
      id: '3.4',
      what: 'removed',
      words: [
        {
          text: 'WHEN a link reaches its date of expiry, THE Expiry_Sweeper SHALL delete it within one day.',
          is: 'gone',
        },
      ],
    },
  ],
} as const;

const down =
  (times: number): NonNullable<Shot['prepare']> =>
  async (page) => {
    for (let i = 0; i < times; i++) await page.keyboard.press('j');
  };

const toEnd: NonNullable<Shot['prepare']> = (page) => page.keyboard.press('End');

const clean = unlinked(cleanRequirements);
const firstTwo = unlinked(requirements)
  .slice(0, 2)
  .map((each, index) => (index === 0 ? each : { ...each, criteria: each.criteria.slice(0, 2) }));
const design0 = { state: 'missing', note: '' } as const;

export const reviewShots: readonly Shot[] = [
  { ...wide, name: 'review-dark', messages: model(), prepare: down(2) },
  { ...wide, name: 'review-light', theme: 'light', messages: model(), prepare: down(2) },
  { ...wide, name: 'review-hc', theme: 'hc', messages: model(), prepare: down(2) },
  { ...wide, name: 'review-hc-light', theme: 'hcLight', messages: model(), prepare: down(2) },
  { ...wide, name: 'review-narrow-600', width: 600, messages: model(), prepare: down(2) },
  { ...wide, name: 'review-narrow-420', width: 420, messages: model(), prepare: down(2) },
  { ...wide, name: 'review-narrow-320', width: 320, messages: model() },
  ...(['dark', 'light'] as const).flatMap((theme) =>
    [1000, 300].flatMap((width) => {
      const told = { sections: toldSections, requirements: toldRequirements };
      const shot = { ...wide, theme, width, messages: model(told) };
      return [
        { ...shot, name: `review-sections-${theme}-${width}` },
        { ...shot, name: `review-sections-${theme}-${width}-below`, prepare: down(7) },
        { ...shot, name: `review-sections-${theme}-${width}-head`, prepare: down(3) },
        { ...shot, name: `review-sections-${theme}-${width}-last`, prepare: toEnd },
      ];
    }),
  ),
  {
    ...wide,
    name: 'review-design',
    messages: model({ shown: 'design', requirements: [], prose: inParts(design) }),
  },
  {
    ...wide,
    name: 'review-design-light',
    theme: 'light',
    messages: model({ shown: 'design', requirements: [], prose: inParts(design) }),
  },
  {
    ...wide,
    name: 'review-tasks',
    messages: model({ shown: 'tasks', requirements: [], prose: inParts(tasks) }),
  },
  { ...wide, name: 'review-500', messages: model({ requirements: manyRequirements(500) }) },
  {
    ...wide,
    name: 'review-composer',
    height: 560,
    messages: model(),
    prepare: async (page) => {
      await page.keyboard.press('Shift+C');
      await page.keyboard.type(
        'Split 2.3: what happens with a return the register never takes? Drop “if possible”.',
      );
    },
  },
  {
    ...wide,
    name: 'review-comments',
    messages: model({ threads: [homeless] }),
    prepare: async (page) => {
      await down(2)(page);
      await page.keyboard.press('c');
      await page.keyboard.type('Name the day, not “soon”.');
    },
  },
  {
    ...wide,
    name: 'review-comments-narrow',
    theme: 'light',
    width: 380,
    messages: model({ threads: [homeless] }),
    prepare: async (page) => {
      await down(2)(page);
      await page.keyboard.press('c');
      await page.keyboard.type('Name the day, not “soon”.');
    },
  },
  {
    ...wide,
    name: 'review-folded',
    height: 420,
    messages: model(),
    kept: { folded: ['1', '3'] },
    prepare: down(1),
  },
  { ...wide, name: 'review-keys', messages: model(), prepare: (page) => page.keyboard.press('?') },
  {
    ...wide,
    name: 'review-revision',
    height: 620,
    messages: model({ revision: REVISION }),
    kept: { refused: ['s added 1.4'] },
    prepare: down(1),
  },
  {
    ...wide,
    name: 'review-refusing',
    height: 620,
    messages: model({ revision: REVISION }),
    kept: {
      refused: ['s reworded 1.2'],
      reasons: { 's reworded 1.2': 'One rule is enough for the caller.' },
    },
    prepare: async (page) => {
      await page.locator('[data-nav="change added 1.4"]').focus();
      await page.keyboard.press('n');
      await page.keyboard.type('Nobody asked for a');
    },
  },
  {
    ...wide,
    name: 'review-rounds',
    height: 620,
    messages: model({
      rounds: [
        { key: 'start', label: 'Before round 1', note: '' },
        { key: 'a', label: 'Round 1', note: 'accepted' },
        { key: 'b', label: 'Round 2', note: 'waits' },
        { key: 'now', label: 'Now', note: '' },
      ],
      comparison: { from: 'a', to: 'b', changes: REVISION.changes, unchanged: 9 },
    }),
    kept: { compared: { from: 'a', to: 'b' } },
  },
  {
    ...wide,
    name: 'review-revision-narrow',
    theme: 'light',
    width: 380,
    messages: model({ revision: REVISION }),
  },
  {
    ...low,
    name: 'state-drafting',
    height: 420,
    messages: model({
      busy: true,
      requirements: firstTwo,
      steps: stepsAt({ state: 'drafting', note: '' }),
    }),
  },
  {
    ...low,
    name: 'state-drafting-start',
    messages: model({
      busy: true,
      requirements: [],
      steps: stepsAt({ state: 'drafting', note: '' }),
    }),
  },
  {
    ...low,
    name: 'state-drafting-design',
    height: 420,
    messages: model({
      busy: true,
      shown: 'design',
      requirements: [],
      prose: { markdown: design.slice(0, 420), parts: [] },
      steps: stepsAt({ state: 'approved', note: 'approved by Ada' }, { state: 'drafting', note: '' }),
    }),
  },
  {
    ...low,
    name: 'state-incomplete',
    messages: model({
      incomplete: 'The server closed the stream after 2.2.',
      requirements: firstTwo,
      steps: stepsAt({ state: 'incomplete', note: '' }),
    }),
  },
  {
    ...low,
    name: 'state-clean',
    messages: model({ requirements: clean, steps: stepsAt({ state: 'draft', note: '' }) }),
  },
  {
    ...low,
    name: 'state-approved',
    messages: model({ requirements: clean, steps: stepsAt({ state: 'approved', note: 'approved by Ada' }) }),
  },
  {
    ...low,
    name: 'state-requested',
    messages: model({ requirements: cleanRequirements, steps: stepsAt({ state: 'requested', note: '' }) }),
  },
  {
    ...low,
    name: 'state-approved-open',
    messages: model({
      requirements: cleanRequirements.map((each, index) => (index === 0 ? doubted(each) : each)),
      steps: stepsAt(
        { state: 'approved', note: 'approved by Ada' },
        { state: 'approved', note: 'approved, changes requested, 2 suspect', open: true },
        { state: 'approved', note: '7 of 12 done, 1 suspect', open: true },
      ),
    }),
  },
  {
    ...low,
    name: 'state-changed',
    messages: model({
      requirements: cleanRequirements,
      steps: stepsAt(
        { state: 'changed', note: '1.2 changed, 2.1 and 2.2 new' },
        { state: 'approved', note: 'approved by Ada' },
      ),
    }),
  },
  {
    ...wide,
    name: 'review-tasks-narrow-300',
    width: 300,
    theme: 'hc',
    messages: model({ shown: 'tasks', requirements: [], prose: inParts(tasks) }),
  },
  {
    ...wide,
    name: 'state-changed-narrow-300',
    width: 300,
    theme: 'light',
    messages: model({
      requirements: cleanRequirements,
      steps: stepsAt(
        { state: 'changed', note: '1.2 changed, 2.1 and 2.2 new' },
        { state: 'approved', note: 'approved by Ada' },
        { state: 'approved', note: '7 of 12 done' },
      ),
    }),
  },
  {
    ...low,
    name: 'state-missing',
    messages: model({
      shown: 'design',
      requirements: [],
      steps: stepsAt({ state: 'approved', note: 'approved by Ada' }),
    }),
  },
  {
    ...low,
    name: 'state-missing-early',
    messages: model({
      shown: 'tasks',
      requirements: [],
      steps: stepsAt({ state: 'draft', note: '' }),
    }),
  },
  {
    ...low,
    name: 'state-unreadable',
    messages: model({
      requirements: [],
      findings: [
        {
          rule: 'no-criteria',
          severity: 'error',
          message: 'A heading “Acceptance Criteria” at line 12 has no list below it.',
          start: 0,
          end: 0,
          offset: 240,
          fix: undefined,
        },
      ],
      steps: stepsAt({ state: 'draft', note: 'unreadable' }),
    }),
  },
  {
    ...low,
    name: 'state-no-match',
    messages: model({ requirements: cleanRequirements }),
    kept: { filters: ['findings'] },
  },
  { ...low, name: 'state-find', messages: model(), kept: { query: 'register' } },
  {
    ...low,
    name: 'state-restricted',
    messages: model({
      restricted: true,
      modelMissing:
        'Reading and checking work. Drafting, runs, hooks and commands are off until you trust it.',
    }),
  },
  {
    ...low,
    name: 'state-no-model',
    messages: model({
      modelMissing: 'Reading, checking and approving work without one.',
      shown: 'design',
      requirements: [],
      steps: stepsAt({ state: 'approved', note: 'approved by Ada' }, design0),
    }),
  },
  { ...low, name: 'state-rehearsed', messages: model({ rehearsed: true }) },
  {
    ...low,
    name: 'state-error',
    messages: [
      ...model(),
      {
        type: 'error',
        message: 'The fix could not be applied: requirements.md changed in between. Try again.',
      },
    ],
  },
  {
    ...low,
    name: 'state-cannot-read',
    messages: [{ type: 'error', message: 'requirements.md cannot be read: permission denied.' }],
  },
  { ...low, name: 'state-loading', messages: [], wait: 400 },
];
