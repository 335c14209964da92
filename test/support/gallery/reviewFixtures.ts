/** Invented specs for the review panel. */
import type { EarsPattern } from '../../../src/core/ears/model';
import { stateWords } from '../../../src/core/spec/phase';
import type {
  ReviewClause,
  ReviewCriterion,
  ReviewFinding,
  ReviewModel,
  ReviewPart,
  ReviewRequirement,
  ReviewStep,
  ReviewThread,
} from '../../../src/protocol/review';

let offset = 0;

const BARE = { threads: [], changed: undefined, suspects: [], sections: [], tests: [] } as const;

const testAt = (file: string, line: number) => ({
  label: `test/${file}:${line}`,
  path: `test/${file}`,
  line,
});

interface Links
  extends Partial<Pick<ReviewCriterion, 'threads' | 'changed' | 'suspects' | 'sections' | 'tests'>> {
  readonly properties?: readonly string[];
  readonly tasks?: readonly string[];
}

type Flaw = Pick<ReviewFinding, 'rule' | 'message'> &
  Partial<Pick<ReviewFinding, 'severity' | 'fix'>> & { readonly words: string };

/** `WHEN a thing happens | THE System | SHALL act.` as a criterion; the first word of a clause is its keyword. */
export function criterion(
  id: string,
  sentence: string,
  links: Links = {},
  flaws: readonly Flaw[] = [],
): ReviewCriterion {
  const clauses = sentence.split('|').map((part) => clause(part.trim()));
  const separated = clauses.map((each, index) => join(each, index < clauses.length - 1));
  const text = separated.join(' ').replace(/ +/g, ' ').trim();
  offset += text.length + 8;
  const at = offset;
  const findings = flaws.map(({ words, ...flaw }): ReviewFinding => {
    const start = text.indexOf(words);
    return {
      severity: 'warning',
      fix: undefined,
      ...flaw,
      start,
      end: start + words.length,
      offset: at + start,
    };
  });
  return {
    ...BARE,
    properties: [],
    tasks: [],
    ...links,
    id,
    text,
    pattern: patternOf(clauses),
    clauses,
    findings,
    offset: at,
  };
}

function clause(part: string): ReviewClause {
  const [keyword = '', ...rest] = part.split(' ');
  const roles: Readonly<Record<string, ReviewClause['role']>> = {
    WHEN: 'when',
    IF: 'if',
    THEN: 'then',
    WHILE: 'while',
    WHERE: 'where',
    THE: 'system',
    SHALL: 'response',
    FOR: 'quantifier',
  };
  const role = roles[keyword];
  return role ? { role, keyword, text: rest.join(' ') } : { role: 'text', keyword: '', text: part };
}

function join({ role, keyword, text }: ReviewClause, more: boolean): string {
  const comma = more && (role === 'when' || role === 'if' || role === 'while' || role === 'where') ? ',' : '';
  return `${keyword} ${text}${comma}`;
}

function patternOf(clauses: readonly ReviewClause[]): EarsPattern {
  const roles = new Set(clauses.map((each) => each.role));
  if (!roles.has('response')) return 'none';
  const triggers = (['when', 'if', 'while', 'where'] as const).filter((role) => roles.has(role));
  if (triggers.length > 1) return 'complex';
  const [only] = triggers;
  if (!only) return roles.has('quantifier') ? 'quantified' : 'ubiquitous';
  return (
    {
      when: 'event-driven',
      if: 'unwanted-behaviour',
      while: 'state-driven',
      where: 'optional-feature',
    } as const
  )[only];
}

function requirement(
  id: string,
  title: string,
  userStory: string,
  criteria: readonly ReviewCriterion[],
): ReviewRequirement {
  const offset = (criteria[0]?.offset ?? 0) - 120;
  const { threads, changed, suspects } = BARE;
  const head = {
    id,
    text: `### Requirement ${id}: ${title}`,
    findings: [],
    threads,
    changed,
    suspects,
    offset,
  };
  return { ...head, title, userStory, aside: '', criteria, notes: [] };
}

const at = '2026-03-12T14:41:00.000Z';

export const talk: ReviewThread = {
  id: 't1',
  part: '2.3',
  quote: 'later if possible',
  place: 'there',
  resolved: false,
  sent: false,
  comments: [
    {
      id: 't1',
      by: 'Grace',
      at,
      own: false,
      text: 'A return on the device when it breaks is lost. What then?',
    },
    {
      id: 't2',
      by: 'Ada',
      at,
      own: true,
      text: 'Split it. Send within 60 s of reconnecting; drop “if possible”.',
    },
  ],
};

const answered: ReviewThread = {
  id: 't3',
  part: '1.3',
  quote: 'more than 50 euros',
  place: 'changed',
  resolved: false,
  sent: true,
  comments: [{ id: 't3', by: 'Ada', at, own: true, text: 'Fifty is too low: every drill costs more.' }],
};

export const homeless: ReviewThread = {
  ...answered,
  id: 't4',
  part: '4.1',
  quote: 'THE Lending Desk SHALL print a receipt.',
  place: 'gone',
  sent: false,
  comments: [{ id: 't4', by: 'Ada', at, own: true, text: 'Nobody wants paper.' }],
};

export const requirements: readonly ReviewRequirement[] = [
  requirement(
    '1',
    'Lend a tool',
    'As a member, I want to reserve a tool for a day, so that it is there when I come for it.',
    [
      criterion(
        '1.1',
        'WHEN a member reserves a free tool | THE Lending Desk | SHALL hold it for that day and confirm within 2 s.',
        {
          sections: ['## Lending'],
          properties: ['1'],
          tasks: ['1.2'],
          tests: [testAt('lending.test.ts', 12), testAt('lending.test.ts', 40), testAt('desk.test.ts', 7)],
        },
      ),
      criterion(
        '1.2',
        'WHEN the chosen tool is already held | THE Lending Desk | SHALL name the next free day and offer to queue.',
        { properties: ['2'], tasks: ['1.3'], tests: [testAt('lending.test.ts', 61)] },
        [
          {
            words: 'is already held',
            rule: 'failure-as-when',
            message: 'A failure written as WHEN. Unwanted behaviour starts with IF.',
            fix: 'Rewrite as IF … THEN',
          },
        ],
      ),
      criterion(
        '1.3',
        'WHERE deposits are enabled | WHEN a member reserves a tool worth more than 80 euros | THE Lending Desk | SHALL ask for a deposit before it holds the tool.',
        {
          sections: ['## Deposits and refunds'],
          properties: ['4'],
          tasks: ['2.1', '2.2'],
          tests: [testAt('deposit.test.ts', 9)],
          threads: [answered],
          changed: 'changed',
          suspects: [
            { kind: 'property', id: '4', reason: '1.3 was edited since the link was confirmed' },
            { kind: 'task', id: '2.2', reason: '1.3 was edited since the link was confirmed' },
            {
              kind: 'test',
              id: 'test/deposit.test.ts:9',
              reason: '1.3 was edited since the link was confirmed',
            },
          ],
        },
      ),
      criterion('1.4', 'THE Counter | SHALL keep at most 12 reservations a day for one member.', {}, [
        {
          words: 'Counter',
          rule: 'undefined-system',
          message: '“Counter” is not in the glossary.',
          fix: 'Replace with Lending Desk',
        },
      ]),
    ],
  ),
  requirement(
    '2',
    'Bring it back',
    'As a volunteer, I want to take tools back with one scan, so that the queue at the door stays short.',
    [
      criterion(
        '2.1',
        'WHEN a volunteer scans a lent tool | THE Return Station | SHALL close the loan and show the tool’s shelf.',
        { properties: ['3'], tasks: ['3.1'] },
      ),
      criterion(
        '2.2',
        'IF the scanned code is unknown | THEN | THE Return Station | SHALL answer `unknown-code` and ask for the shelf by hand.',
        { properties: ['3'], tasks: ['3.1'] },
      ),
      criterion(
        '2.3',
        'WHILE the member register is unreachable | THE Return Station | SHALL store returns on the device and send them later if possible.',
        { tasks: ['3.2'], threads: [talk] },
        [
          {
            words: 'later',
            rule: 'vague-time',
            message: '“later” names no limit that a test could measure.',
            severity: 'info',
          },
          {
            words: 'if possible',
            rule: 'escape-clause',
            message: '“if possible” is an escape clause: no test can fail it.',
            fix: 'Remove it',
          },
        ],
      ),
      criterion(
        '2.4',
        'IF a tool comes back damaged | THEN | THE Return Station | SHALL block it and open a repair with a photo.',
        { properties: ['5'] },
      ),
    ],
  ),
  requirement(
    '3',
    'Keep the shelves honest',
    'As a keeper, I want to see what is out and what is late, so that I can call before somebody stands there in vain.',
    [
      criterion(
        '3.1',
        'THE Shelf Board | SHALL list every tool with its place, its holder and its day of return.',
        { tasks: ['4.1'] },
      ),
      criterion(
        '3.2',
        'WHEN a loan is one day late | THE Lending Desk | SHALL remind the member once, by the channel the member chose.',
        { properties: ['6'], tasks: ['4.2'] },
      ),
      criterion(
        '3.3',
        'FOR ALL tools | THE Shelf Board | SHALL show exactly one state: on its shelf, held, lent, or in repair.',
        { properties: ['7'], tasks: ['4.1'] },
      ),
      criterion('3.4', 'The board is updated quickly.', {}, [
        {
          words: 'The board is updated quickly.',
          rule: 'no-shall',
          message: 'No SHALL: nothing is required here.',
          severity: 'error',
        },
      ]),
    ],
  ),
];

function section(text: string, offset: number, change: Partial<ReviewPart> = {}): ReviewPart {
  const id = text.split('\n')[0] ?? '';
  const { threads, changed, suspects } = BARE;
  return { id, key: id, text, findings: [], threads, changed, suspects, offset, depth: 0, ...change };
}

const TERMS = [
  'Lending Desk: the service that holds, lends and takes back tools, and reminds of those that are late.',
  'Return Station: the scanner at the door, with a queue of its own while the register is unreachable.',
  'Shelf Board: the list of all tools, each with its place, on the wall and in the browser.',
  'Member: a person with a card that is paid for this year.',
  'Volunteer: a member who opens the door on one evening of the week.',
  'Keeper: a volunteer who repairs, and knows what is worth repairing.',
  'Deposit: what a member leaves for a tool worth more than 80 euros.',
  'Held: reserved for one member for one day, and on its shelf.',
  'Lent: in the hands of a member, with a day of return.',
  'Late: lent, with its day of return in the past.',
].map((term) => `- **${term.replace(':', '**:')}`);

/** What stands around the requirements, as a draft has it. */
export const sections: readonly ReviewPart[] = [
  section('# Requirements Document', -400),
  section(
    '## Introduction\n\nA tool library lends what people need once a year. Members reserve for a day, volunteers take back at the door, and keepers see what is out.',
    -380,
  ),
  section(`## Glossary\n\n${TERMS.join('\n')}`, -360),
  section('## Requirements', -340),
  section('## Evidence\n\n- 1.1: `src/lending/desk.ts:12-48`\n- 2.1: `src/returns/station.ts:7`', 100_000),
];

/** An introduction and a head that were edited, a term that is talked about, words between the criteria. */
export const toldSections: readonly ReviewPart[] = sections.map((each, index) =>
  index === 1 ? { ...each, changed: 'changed' } : index === 2 ? { ...each, threads: [talk] } : each,
);

export const toldRequirements: readonly ReviewRequirement[] = requirements.map((each, index) =>
  index > 0
    ? each
    : {
        ...each,
        changed: 'changed',
        aside: 'Asked for by the keepers. See `docs/desk.md`.',
        threads: [{ ...homeless, place: 'there' }],
        notes: [section('Deposits are counted at the end of the day.', (each.criteria[2]?.offset ?? 0) + 1)],
      },
);

const steps: readonly ReviewStep[] = [
  {
    kind: 'requirements',
    fileName: 'requirements.md',
    state: 'draft',
    words: 'in review',
    note: '',
    byPart: false,
    ready: false,
  },
  {
    kind: 'design',
    fileName: 'design.md',
    state: 'approved',
    words: 'approved',
    note: 'approved by Ada',
    byPart: false,
    ready: true,
  },
  {
    kind: 'tasks',
    fileName: 'tasks.md',
    state: 'approved',
    words: 'approved',
    note: '7 of 12 done',
    byPart: false,
    ready: true,
  },
];

export const fullReview: ReviewModel = {
  spec: 'tool-library',
  type: 'feature',
  steps,
  shown: 'requirements',
  requirements,
  sections,
  prose: undefined,
  findings: [],
  threads: [],
  withoutTask: ['1.4', '2.4', '3.4'],
  safeFixes: 2,
  modelMissing: undefined,
  rehearsed: false,
  revision: undefined,
  rounds: [],
  comparison: undefined,
  objections: [],
  busy: false,
  incomplete: undefined,
};

/** The steps with other states; the rest is not written yet. */
export function stepsAt(
  first: Partial<ReviewStep>,
  second: Partial<ReviewStep> = { state: 'missing', note: '' },
  third: Partial<ReviewStep> = { state: 'missing', note: '' },
): readonly ReviewStep[] {
  return steps.map((step, index) => {
    const changed = { ...step, ...[first, second, third][index] };
    return { ...changed, words: stateWords({ state: changed.state, requested: false, suspects: 0 }) };
  });
}

/** Everything in order: no finding. */
export const cleanRequirements: readonly ReviewRequirement[] = requirements.map((each) => ({
  ...each,
  criteria: each.criteria
    .filter((one) => one.findings.length === 0)
    .map((one) => ({ ...one, threads: [], changed: undefined, suspects: [] })),
}));

/** As it is before there is a design: nothing carries on with any criterion. */
export function unlinked(from: readonly ReviewRequirement[]): readonly ReviewRequirement[] {
  const bare = (one: ReviewCriterion): ReviewCriterion => ({ ...one, properties: [], tasks: [], tests: [] });
  return from.map((each) => ({ ...each, criteria: each.criteria.map(bare) }));
}

/** Many criteria, for the eye and for the clock. */
export function manyRequirements(count: number): readonly ReviewRequirement[] {
  const source = requirements.flatMap((each) => each.criteria);
  return Array.from({ length: Math.ceil(count / 10) }, (_, r) => ({
    ...(requirements[r % 3] as ReviewRequirement),
    id: String(r + 1),
    offset: r * 4000,
    criteria: Array.from({ length: 10 }, (__, c) => {
      const like = source[(r * 10 + c) % source.length] as ReviewCriterion;
      return { ...like, id: `${r + 1}.${c + 1}`, offset: r * 4000 + c * 200 + 100 };
    }),
  }));
}

/** A document in parts, cut at its headings and tasks, as the core does it. */
export function partsOf(markdown: string): readonly ReviewPart[] {
  let offset = 0;
  return markdown.split(/(?=^#{1,3} |^ *- \[)/m).map((text, index): ReviewPart => {
    const id = /^ *- \[.\]\*? (\d+(?:\.\d+)*)/.exec(text)?.[1] ?? text.split('\n')[0] ?? '';
    const lead = /^ */.exec(text)?.[0].length ?? 0;
    const start = offset;
    offset += text.length;
    return {
      ...BARE,
      id,
      key: `${id}#${index}`,
      text: text.replace(new RegExp(`^ {0,${lead}}`, 'gm'), '').trimEnd(),
      findings: [],
      offset: start,
      depth: lead / 2,
    };
  });
}
