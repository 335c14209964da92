/** What the review shows of a spec: what carries on with each criterion. */
import { strict as assert } from 'node:assert';
import type { Core } from '../../../src/core';
import type { DocumentKind } from '../../../src/core/spec/model';
import type { CodeTag } from '../../../src/core/trace/model';
import type { ReviewCriterion, ReviewModel } from '../../../src/protocol/review';
import { reviewModel } from '../../../src/vscode/features/review/reviewModel';
import { headActs } from '../../../src/webview/review/acts';
import { summarize } from '../../../src/webview/review/summary';
import { REQUIREMENTS, SPEC, specFile, startCore, tasksText } from '../core/coreHarness';
import { edited, LATER } from '../core/workflow/upkeepHarness';

const TASKS = tasksText('- [ ] 1. Sweep', '  - _Requirements: 1.1_');

async function modelOf(
  core: Core,
  tags: readonly CodeTag[] | undefined,
  shown: DocumentKind = 'requirements',
): Promise<ReviewModel> {
  const spec = core.specs.get(SPEC);
  assert.ok(spec);
  return reviewModel({
    spec,
    shown,
    sessions: core.sessions.known,
    isLive: () => false,
    threads: await core.comments.threads(spec, shown),
    graph: await core.trace.graph(spec, { code: tags ?? false }),
    me: 'Ada',
    compared: undefined,
    off: undefined,
    rehearsed: false,
  });
}

describe('review: the tests of a criterion', () => {
  async function criteria(tags: readonly CodeTag[] | undefined): Promise<readonly ReviewCriterion[]> {
    const { core } = await startCore({
      files: { [specFile('requirements.md')]: REQUIREMENTS, [specFile('tasks.md')]: TASKS },
    });
    const { requirements } = await modelOf(core, tags);
    return requirements.flatMap((each) => each.criteria);
  }

  it('are not known before code was looked at, which is not the same as none', async () => {
    assert.equal((await criteria(undefined))[0]?.tests, undefined);
    assert.deepEqual((await criteria([]))[0]?.tests, []);
  });

  it('are told with the place to go to', async () => {
    const tag = {
      kind: 'verifies',
      spec: 'links',
      ids: ['1.1'],
      path: 'test/sweep.test.ts',
      line: 7,
    } as const;
    const [first] = await criteria([tag, { ...tag, kind: 'implements', path: 'src/sweep.ts' }]);
    assert.deepEqual(first?.tests, [{ label: 'test/sweep.test.ts:7', path: 'test/sweep.test.ts', line: 7 }]);
    assert.deepEqual(first?.tasks, ['1']);
  });
});

describe('review: code that a criterion was derived from', () => {
  it('stands between the criterion and its approval when it changes, until a person says that it is right', async () => {
    const text = `${REQUIREMENTS}\n## Evidence\n\n- 1.1: src/links.js:1\n`;
    const { core, ports } = await startCore({
      files: { [specFile('requirements.md')]: text, 'src/links.js': 'old();\n' },
    });
    await core.workflow.approve(SPEC, 'requirements');
    const told = async () => {
      const model = await modelOf(core, []);
      const { strong, parts } = summarize(model);
      const words = parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
      return [`${strong} ${words}`, headActs(model, false).some(({ id }) => id === 'confirm')];
    };
    assert.deepEqual(await told(), ['Approved by Ada. 1 criterion, bound to this exact text.', false]);
    await ports.files.writeText('/project/src/links.js', 'new();\n');
    assert.deepEqual(await told(), ['Approved, but open: look at 1 suspect criterion.', true]);
    const spec = core.specs.get(SPEC);
    assert.ok(spec);
    await core.trace.confirm(spec, ['requirements']);
    assert.deepEqual(await told(), ['Approved by Ada. 1 criterion, bound to this exact text.', false]);
  });
});

const WHOLE = `# Requirements Document

## Introduction

A desk that lends tools.

## Glossary

- **Desk**: who lends

## Requirements

### Requirement 1: Lend

**User Story:** As a member, I want a drill, so that I have one.

**Priority:** high

#### Acceptance Criteria

1. WHEN a member asks, THE Desk SHALL lend a drill.

   Only one at a time.

#### Rationale

Drills are dear.

### Requirement 2: Return

#### Acceptance Criteria

1. WHEN a drill comes back, THE Desk SHALL note the day.

## Evidence

- 1.1: src/desk.js:1
`;

describe('review: requirements beyond their criteria', () => {
  const reviewed = async (text: string, name: 'requirements' | 'bugfix' = 'requirements') => {
    const { core, ports } = await startCore({ files: { [specFile(`${name}.md`)]: text } });
    const spec = () => {
      const found = core.specs.get(SPEC);
      assert.ok(found);
      return found;
    };
    return { core, ports, spec, text, shown: () => modelOf(core, undefined, name) };
  };
  /** Everything that may be read, once. */
  const itemsOf = ({ requirements, sections }: ReviewModel) => [
    ...sections,
    ...requirements.flatMap((each) => [each, ...each.criteria, ...each.notes]),
  ];

  it('shows every section, before and after the requirements, by its offset', async () => {
    const { shown } = await reviewed(WHOLE);
    const { sections, requirements } = await shown();
    const all = [...sections, ...requirements].sort((a, b) => a.offset - b.offset);
    assert.deepEqual(
      all.map(({ id }) => id),
      [
        '# Requirements Document',
        '## Introduction',
        '## Glossary',
        '## Requirements',
        '1',
        '2',
        '## Evidence',
      ],
    );
    assert.equal(sections[2]?.text, '## Glossary\n\n- **Desk**: who lends');
  });

  it('shows what else stands in a requirement: beside its story, below a criterion, in a section of its own', async () => {
    const { requirements } = await (await reviewed(WHOLE)).shown();
    const [first, second] = requirements;
    assert.equal(first?.aside, '**Priority:** high');
    assert.deepEqual(
      first?.notes.map(({ text }) => text),
      ['Only one at a time.', '#### Rationale\n\nDrills are dear.'],
    );
    assert.deepEqual([second?.aside, second?.notes], ['', []]);
  });

  it('leaves no word out', async () => {
    for (const [name, text] of [
      ['requirements', WHOLE],
      [
        'bugfix',
        WHOLE.replace('### Requirement 1: Lend', '### Current Behavior').replace(
          '### Requirement 2: Return',
          '### Expected Behavior',
        ),
      ],
    ] as const) {
      const told = itemsOf(await (await reviewed(text, name)).shown()).map((each) => each.text);
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      const words = lines.map((line) => line.replace(/^\s*\d\.\s/, '').trim());
      assert.deepEqual(
        words.filter((line) => !told.some((each) => each.includes(line))),
        [],
        name,
      );
    }
  });

  it('takes a comment on any of it, and shows it there alone', async () => {
    const { core, spec, text, shown } = await reviewed(WHOLE);
    for (const item of itemsOf(await shown())) {
      const range = { start: item.offset, end: item.offset };
      await core.comments.comment(spec(), 'requirements', range, `About ${item.text}`);
    }
    const story = text.indexOf('As a member');
    await core.comments.comment(spec(), 'requirements', { start: story, end: story + 11 }, 'Why?');
    const model = await shown();
    const [first] = model.requirements;
    for (const item of itemsOf(model))
      assert.deepEqual(
        item.threads.map(({ comments }) => comments[0]?.text),
        [`About ${item.text}`, ...(item === first ? ['Why?'] : [])],
        item.id,
      );
    assert.deepEqual(model.threads, []);
  });

  it('shows what was edited since the approval', async () => {
    const { core, ports, text, shown } = await reviewed(WHOLE);
    await core.workflow.approve(SPEC, 'requirements');
    const edited = text
      .replace('who lends', 'who gives')
      .replace('a drill, so', 'a saw, so')
      .replace('dear', 'cheap');
    await ports.files.writeText(`${SPEC}/requirements.md`, edited);
    await core.specs.refresh(SPEC);
    const touched = itemsOf(await shown()).filter(({ changed }) => changed !== undefined);
    assert.deepEqual(
      touched.map(({ id, changed }) => `${id} ${changed}`),
      ['## Glossary changed', '1 changed', '#### Rationale changed'],
    );
  });

  it('shows a finding at the part that it is about, once', async () => {
    const text = WHOLE.replace('Requirement 2', 'Requirement 4').replace(/^1. WHEN a drill.*$/m, '');
    const { shown, spec } = await reviewed(text);
    const model = await shown();
    const problems = spec().documents[0]?.problems ?? [];
    const found = itemsOf(model).flatMap(({ id, findings }) => findings.map(({ rule }) => `${id}: ${rule}`));
    assert.deepEqual(found, ['4: requirement-numbering', '4: empty-criteria']);
    assert.equal(model.findings.length + found.length, problems.length);
  });
});

describe('review: tasks that were refined with a design', () => {
  const part = (id: string, text: string) => `<part id="${id}">\n${text}\n</part>`;
  const DESIGN_ANSWER = `${part('## Sweep', '## Sweep\n\nMeets requirement 1.1: once a day, links of 60 days go.')}${part(
    'Property 1',
    '### Property 1: Old links go\n\n*For any* link older than 60 days, a sweep deletes it.\n\n**Validates: Requirements 1.1**',
  )}`;
  const TASKS_ANSWER = part('1.1', '- [ ] 1.1 Delete links of 60 days\n  - _Requirements: 1.1_');

  async function refined(decide: (core: Core, design: string) => Promise<void>) {
    const { core } = await edited(LATER, [{ text: DESIGN_ANSWER }, { text: TASKS_ANSWER }]);
    const design = await core.upkeep.refine(SPEC, 'design');
    await design.done;
    await (await core.upkeep.refine(SPEC, 'tasks')).done;
    await decide(core, design.session);
    return (await modelOf(core, undefined, 'tasks')).revision;
  }

  it('say so when the design is refused, or taken in part', async () => {
    const refused = await refined((core, design) => core.workflow.decideRevision(design, false));
    assert.deepEqual(refused?.notes, [
      'This was made for a revision of design.md that you refused. Refuse it, too, then refine again.',
    ]);
    const partly = await refined((core, design) =>
      core.workflow.decideRevision(design, true, ['reworded Property 1']),
    );
    assert.match(partly?.notes?.[0] ?? '', /design\.md of which you left something out/);
  });

  it('say nothing while it waits, or when it is taken', async () => {
    assert.equal((await refined(async () => {}))?.notes, undefined);
    const taken = await refined((core, design) => core.workflow.decideRevision(design, true));
    assert.ok(taken && taken.notes === undefined);
  });
});
