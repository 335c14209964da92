/** What the dialog of an approval tells before the yes. */
import { strict as assert } from 'node:assert';
import type { DocumentKind } from '../../../src/core/spec/model';
import { approvalDetail, approvingOf } from '../../../src/vscode/features/workflow/approvalDetail';
import { approveAll } from '../core/approveAll';
import { type HarnessOptions, REQUIREMENTS, SPEC, specFile, startCore } from '../core/coreHarness';

const DESIGN =
  '# Design Document\n\n## Sweep\n\nFor Requirement 1.1.\n\n### Property 1: All end\n\n*For any* link, it ends.\n\n**Validates: Requirements 1.1**\n';
const TASKS = '# Plan\n\n- [ ] 1. Sweep\n  - _Requirements: 1.1_\n  - _Verify: npm test_\n';
const WHOLE = {
  [specFile('requirements.md')]: REQUIREMENTS,
  [specFile('design.md')]: DESIGN,
  [specFile('tasks.md')]: TASKS,
};

async function started(files: HarnessOptions['files'] = WHOLE) {
  const { core, ports } = await startCore({ files });
  const specNow = () => {
    const spec = core.specs.get(SPEC);
    assert.ok(spec);
    return spec;
  };
  return {
    core,
    spec: specNow,
    /** Its paragraphs, without what every approval says. */
    async detail(...kinds: readonly DocumentKind[]): Promise<readonly string[]> {
      const spec = specNow();
      const documents = spec.documents.filter(({ kind }) => kinds.includes(kind));
      const approving = await Promise.all(documents.map((document) => approvingOf(core, spec, document)));
      return approvalDetail(approving, []).split('\n\n').slice(0, -2);
    },
    async edit(name: string, from: string, to: string): Promise<void> {
      const path = `${SPEC}/${name}`;
      await ports.files.writeText(path, (ports.files.text(path) ?? '').replace(from, to));
      await core.specs.refresh(SPEC);
    },
  };
}

describe('The dialog of an approval', () => {
  it('tells nothing more where nothing is open', async () => {
    assert.deepEqual(await (await started()).detail('requirements'), []);
  });

  it('names the comments that nobody has resolved', async () => {
    const { core, spec, detail } = await started();
    const at = REQUIREMENTS.indexOf('30 days');
    const say = (text: string) =>
      core.comments.comment(spec(), 'requirements', { start: at, end: at + 7 }, text);
    await say('Why 30?\nAnd not 60?');
    assert.deepEqual(await detail('requirements'), [
      'Not resolved: one comment.\n• 1.1: Why 30? And not 60?',
    ]);
    for (const text of ['b', 'c', 'd']) await say(text);
    const [told = ''] = await detail('requirements');
    assert.match(told, /^Not resolved: 4 comments\.\n(?:• 1\.1: .+\n){3}• and 1 more$/);
    for (const { id } of await core.comments.threads(spec(), 'requirements'))
      await core.comments.resolve(spec(), id, true);
    assert.deepEqual(await detail('requirements'), []);
  });

  it('says how many suspect links the approval confirms, and it confirms just those', async () => {
    const { core, detail, edit, spec } = await started();
    await approveAll(core, SPEC);
    assert.deepEqual(await detail('design'), []);
    await edit('requirements.md', '30', '60');
    assert.deepEqual(await detail('requirements'), ['Since the last approval: 1.1 changed.']);
    assert.deepEqual(await detail('design'), [
      'Suspect: 2 links. By approving you say that they are still right.\n• section Sweep: 1.1 was edited since the link was confirmed\n• property 1: 1.1 was edited since the link was confirmed',
    ]);
    await edit('design.md', 'it ends', 'it ends soon');
    await core.workflow.approve(SPEC, 'design');
    assert.deepEqual(await detail('design'), []);
    assert.deepEqual(
      spec().documents.map(({ suspects }) => suspects),
      [0, 0, 1],
    );
  });

  it('says so of code that requirements rest on', async () => {
    const text = `${REQUIREMENTS}\n## Evidence\n\n- 1.1: src/links.js:1\n`;
    const { core, detail } = await started({
      [specFile('requirements.md')]: text,
      'src/links.js': 'old();\n',
    });
    await core.workflow.approve(SPEC, 'requirements');
    await core.ports.files.writeText('/project/src/links.js', 'new();\n');
    assert.deepEqual(await detail('requirements'), [
      'Suspect: one link. By approving you say that it is still right.\n• src/links.js:1 was changed since the link was confirmed',
    ]);
  });

  it('names of several documents which of them it is about, and says what holds for all once', async () => {
    const { core, spec, detail } = await started();
    await core.comments.comment(spec(), 'design', { start: 0, end: 0 }, 'Short.');
    assert.deepEqual(await detail('requirements', 'design', 'tasks'), [
      'design.md',
      'Not resolved: one comment.\n• Design Document: Short.',
      'tasks.md',
      'Its checks will run without asking again:\n• npm test',
    ]);
  });
});
