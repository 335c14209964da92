// Feature: steering-engine, Property 8: The view tells what is told
// Verifies: steering-engine#3.1, #4.1, #4.2
import assert from 'node:assert/strict';
import { contextLines, listLines, listSummary } from '../../../../src/cli/steeringLines';
import {
  completeFrontMatter,
  explainFrontMatter,
  newDocument,
} from '../../../../src/core/steering/completeFrontMatter';
import { KIRO_HOME, startCore } from '../coreHarness';

const FILES = {
  'src/a.ts': '1',
  'packages/api/AGENTS.md': 'Api.',
  'packages/api/b.ts': '1',
  'AGENTS.md': 'All.',
  '.kiro/steering/tech.md': 'Tech #[[file:src/a.ts]].',
  '.kiro/steering/ts.md': '---\ninclusion: fileMatch\nfileMatchPattern: "src/**"\n---\nTs.',
  '.kiro/steering/by-hand.md': '---\ninclusion: manual\n---\nHand.',
  '.kiro/steering/wrong.md': '---\ninclusion: often\n---\nWrong.',
  '.kiro/skills/review/SKILL.md': '---\nname: review\ndescription: Reviews.\n---\nLook.',
  '/home/ada/.kiro/steering/tech.md': 'Mine.',
};

describe('what is in the context', () => {
  it('is said for a file, with why', async () => {
    const { core } = await startCore({ files: FILES });
    const saidFor = async (file?: string) =>
      (await core.guidance.context('/project', { file })).map(
        ({ guidance, state, why }) => `${state} ${guidance.label}: ${why}`,
      );
    assert.deepEqual(await saidFor('/project/src/a.ts'), [
      'in AGENTS.md: AGENTS.md of the folder',
      'asked .kiro/steering/by-hand.md: #steering:by-hand',
      'in .kiro/steering/tech.md: always',
      'file .kiro/steering/ts.md: src/a.ts matches src/**',
      'out .kiro/steering/wrong.md: cannot be read: see its problems',
      'offered .kiro/skills/review/SKILL.md: offered by its description',
      'out ~/.kiro/steering/tech.md: .kiro/steering/tech.md takes its place',
      'out packages/api/AGENTS.md: for files in packages/api',
    ]);
    const inApi = await saidFor('/project/packages/api/b.ts');
    assert.ok(inApi.includes('file packages/api/AGENTS.md: packages/api/b.ts is in packages/api'));
    assert.ok(inApi.includes('out .kiro/steering/ts.md: for files like src/**'));
  });

  it('is shown in the terminal, with what is wrong and where', async () => {
    const { core, ports } = await startCore({ files: FILES });
    const lines = contextLines(await core.guidance.context('/project', { file: '/project/src/a.ts' }));
    assert.match(lines[0] ?? '', /^Told: about \d+ tokens$/);
    assert.ok(
      lines.indexOf('Not told') > lines.findIndex((line) => line.includes('ts.md (src/a.ts matches src/**)')),
    );
    const list = listLines(
      await listSummary(await core.guidance.survey('/project'), '/project', ports.files),
    );
    assert.ok(list.includes('fileMatch  .kiro/steering/ts.md'));
    assert.ok(
      list.some((line) => line.startsWith('.kiro/steering/wrong.md:2 error: “often” is no inclusion')),
    );
  });

  it('is looked for again when a document changes', async () => {
    const { core, ports } = await startCore({ files: FILES });
    const names = async () => (await core.guidance.survey('/project')).all.map(({ name }) => name);
    assert.ok(!(await names()).includes('new'));
    let heard = 0;
    core.guidance.onDidChange(() => heard++);
    await ports.files.writeText('/project/.kiro/steering/new.md', 'New.');
    await ports.files.writeText('/project/src/a.ts', '2');
    await ports.clock.advance(1000);
    assert.equal(heard, 1);
    assert.ok((await names()).includes('new'));
  });

  it('is looked for again in the home after a while, also where the clock was put back', async () => {
    const { core, ports } = await startCore({ files: FILES });
    const names = async () => (await core.guidance.survey('/project')).all.map(({ name }) => name);
    await names();
    await ports.files.writeText(`${KIRO_HOME}/steering/late.md`, 'Late.');
    ports.clock.jump(-3_600_000);
    assert.ok((await names()).includes('late'));
  });
});

describe('front matter while it is written', () => {
  const offers = (text: string, kind: 'steering' | 'skill' = 'steering') =>
    completeFrontMatter(text.replace('|', ''), text.indexOf('|'), kind).map(({ label }) => label);

  it('offers the whole of it at the top, keys that are not there, and values', () => {
    assert.deepEqual(offers('|'), ['---']);
    assert.deepEqual(offers('---\n|\n---\n'), ['inclusion', 'fileMatchPattern', 'name', 'description']);
    assert.deepEqual(offers('---\ninclusion: fileMatch\nfi|\n---\n'), [
      'fileMatchPattern',
      'name',
      'description',
    ]);
    assert.deepEqual(offers('---\ninclusion: m|\n---\n'), ['always', 'fileMatch', 'manual', 'auto']);
    assert.deepEqual(offers('---\n|\n---\n', 'skill'), ['name', 'description']);
    assert.deepEqual(offers('---\ninclusion: auto\n---\nText |'), []);
  });

  it('takes the place of the word that is there', () => {
    const text = '---\ninclusion: man';
    const [first] = completeFrontMatter(text, text.length, 'steering');
    assert.equal(text.slice(first?.range.start, first?.range.end), 'man');
  });

  it('explains a key and an inclusion, and nothing in the text', () => {
    const text = newDocument('fileMatch', 'Api');
    assert.match(
      explainFrontMatter(text, text.indexOf('fileMatch')) ?? '',
      /^fileMatch: When the agent turns to a file/,
    );
    assert.match(explainFrontMatter(text, text.indexOf('fileMatchPattern')) ?? '', /^Files that it is for/);
    assert.equal(explainFrontMatter(text, text.indexOf('# Api')), undefined);
  });
});
