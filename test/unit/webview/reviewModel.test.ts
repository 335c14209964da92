/** What the review shows of a spec: what carries on with each criterion. */
import { strict as assert } from 'node:assert';
import type { Core } from '../../../src/core';
import type { CodeTag } from '../../../src/core/trace/model';
import type { ReviewCriterion, ReviewModel } from '../../../src/protocol/review';
import { reviewModel } from '../../../src/vscode/features/review/reviewModel';
import { headActs } from '../../../src/webview/review/acts';
import { summarize } from '../../../src/webview/review/summary';
import { REQUIREMENTS, SPEC, specFile, startCore, tasksText } from '../core/coreHarness';

const TASKS = tasksText('- [ ] 1. Sweep', '  - _Requirements: 1.1_');

async function modelOf(core: Core, tags: readonly CodeTag[] | undefined): Promise<ReviewModel> {
  const spec = core.specs.get(SPEC);
  assert.ok(spec);
  return reviewModel({
    spec,
    shown: 'requirements',
    sessions: [],
    isLive: () => false,
    threads: [],
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
