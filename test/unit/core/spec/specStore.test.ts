import assert from 'node:assert/strict';
import { MOST_BYTES } from '../../../../src/core/util/mostBytes';
import { createTestPorts } from '../../../support/testPorts';
import { DESIGN, quiet, REQUIREMENTS, SPEC, specFile, startCore, stateOf, tasksText } from '../coreHarness';

const NO_FILE = 'it is something else than a file, or a link to such. Move it away.';

describe('the specs of a workspace', () => {
  const names = (core: Awaited<ReturnType<typeof startCore>>['core']) =>
    core.specs.all.map(({ name }) => name);

  it('follow the files: created, changed, deleted and renamed', async () => {
    const { core, ports } = await startCore({ files: { [specFile('requirements.md')]: REQUIREMENTS } });
    let heard = 0;
    core.specs.onDidChange(() => heard++);
    assert.deepEqual(names(core), ['links']);
    const steps: readonly [() => Promise<void>, string[]][] = [
      [
        () => ports.files.writeText('/project/.kiro/specs/a/tasks.md', tasksText('- [ ] 1. A')),
        ['a', 'links'],
      ],
      [() => ports.files.writeText(`${SPEC}/design.md`, DESIGN), ['a', 'links']],
      [() => ports.files.remove('/project/.kiro/specs/a'), ['links']],
    ];
    for (const [step, expected] of steps) {
      await step();
      await ports.clock.advance(50);
      assert.deepEqual(names(core), expected);
    }
    assert.equal(heard, steps.length);
    assert.equal(stateOf(core, 'design.md'), 'draft');
    // A rename, as editors tell it: the folders, not what is in them.
    const fire = ports.watcher.fire;
    Object.assign(ports.watcher, { fire: () => {} });
    await ports.files.remove(SPEC);
    await ports.files.writeText('/project/.kiro/specs/expiry/requirements.md', REQUIREMENTS);
    Object.assign(ports.watcher, { fire });
    ports.watcher.fire({ path: SPEC, kind: 'deleted' });
    ports.watcher.fire({ path: '/project/.kiro/specs/expiry', kind: 'created' });
    await ports.clock.advance(50);
    assert.deepEqual(names(core), ['expiry']);
    assert.equal(core.specs.get(SPEC), undefined);
    assert.equal(core.specs.find('expiry')?.name, 'expiry');
  });

  it('are there to be shown before a thousand were read, and then in the same order', async () => {
    const all = Array.from({ length: 300 }, (_, index) => `spec-${String(index).padStart(4, '0')}`);
    const files = Object.fromEntries(
      all.map((name) => [`/project/.kiro/specs/${name}/requirements.md`, REQUIREMENTS]),
    );
    const { core, first, unread } = await startCore({ files });
    assert.ok(first.length >= 40 && first.length < 300, `${first.length} specs`);
    assert.deepEqual([...first, ...unread], all);
    assert.deepEqual(names(core), all);
    assert.deepEqual(core.specs.unread, []);
  });

  it('are gone with their folder, and there again with it', async () => {
    const { core, ports } = await startCore({ files: { [specFile('requirements.md')]: REQUIREMENTS } });
    const fire = ports.watcher.fire;
    for (const folder of ['.kiro/specs', '.kiro']) {
      Object.assign(ports.watcher, { fire: () => {} });
      await ports.files.remove(`/project/${folder}`);
      ports.watcher.fire = fire;
      ports.watcher.fire({ path: `/project/${folder}`, kind: 'deleted' });
      await ports.clock.advance(50);
      assert.deepEqual(names(core), []);
      await ports.files.writeText(`${SPEC}/requirements.md`, REQUIREMENTS);
      await ports.clock.advance(50);
      assert.deepEqual(names(core), ['links']);
    }
  });

  it('tell of a burst once, and not at all of what is none of theirs', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`.kiro/specs/s${n}/tasks.md`, tasksText('- [ ] 1. A')]),
    );
    const { core, ports } = await startCore({ files });
    assert.equal(core.specs.all.length, 30);
    let heard = 0;
    core.specs.onDidChange(() => heard++);
    for (const path of Object.keys(files)) {
      for (const text of ['- [x] 1. A', '- [-] 1. A'])
        await ports.files.writeText(`/project/${path}`, tasksText(text));
    }
    for (let n = 0; n < 20; n++) ports.watcher.fire({ path: '/project/.kiro/specs', kind: 'changed' });
    await ports.clock.advance(50);
    assert.equal(heard, 1);
    await ports.files.writeText('/project/src/a.ts', 'x');
    await ports.files.writeText('/project/.kiro/hooks/a.json', '{}');
    await ports.clock.advance(50);
    assert.equal(heard, 1);
    core.dispose();
    await ports.files.writeText(`${SPEC}/tasks.md`, 'x');
    await ports.clock.advance(50);
    assert.equal(heard, 1);
  });

  it('follow the rules of a workspace, also when only their new folder is told', async () => {
    const { core, ports } = await startCore({
      files: { [specFile('requirements.md')]: REQUIREMENTS.replace('SHALL', 'SHALL quickly') },
    });
    const rules = () => core.specs.get(SPEC)?.problems.map(({ rule }) => rule) ?? [];
    assert.ok(rules().includes('vague-term'));
    const { fire } = ports.watcher;
    Object.assign(ports.watcher, { fire: () => {} });
    await ports.files.writeText(
      '/project/.kiro/settings/earshot.json',
      '{"lint": {"severities": {"vague-term": "off"}}}',
    );
    Object.assign(ports.watcher, { fire });
    ports.watcher.fire({ path: '/project/.kiro/settings', kind: 'created' });
    await ports.clock.advance(50);
    assert.ok(!rules().includes('vague-term'));
  });

  it('hear of unsaved edits', async () => {
    const ports = createTestPorts({ files: { [specFile('requirements.md')]: REQUIREMENTS } });
    let typed: string | undefined;
    const files = {
      ...ports.files,
      readText: async (path: string) =>
        (path.endsWith('requirements.md') && typed) || ports.files.readText(path),
    };
    const { core } = await startCore({ ports: { ...ports, files } });
    typed = '# Typed\n';
    ports.watcher.fire({ path: `${SPEC}/requirements.md`, kind: 'edited' });
    await ports.clock.advance(50);
    assert.equal(core.specs.get(SPEC)?.documents[0]?.text, '# Typed\n');
  });

  it('one that cannot be read does not take the others along', async () => {
    const ports = createTestPorts({
      files: { [specFile('tasks.md')]: tasksText(), '.kiro/specs/bad/tasks.md': tasksText() },
    });
    ports.files.fail('/project/.kiro/specs/bad/tasks.md', 'read', 'permission', 1);
    const { core } = await startCore({ ports });
    assert.deepEqual(names(core), ['links']);
    assert.ok(ports.logged.some((line) => line.includes('specs/bad')));
    await core.specs.refresh('/project/.kiro/specs/bad');
    assert.deepEqual(names(core), ['bad', 'links']);
  });

  it('one with a file that is none says so, and its other documents are there', async () => {
    const ports = createTestPorts({
      files: {
        [specFile('requirements.md/inside.md')]: 'A folder of that name.',
        [specFile('design.md')]: `# Design\n${'x'.repeat(MOST_BYTES)}`,
        [specFile('tasks.md')]: tasksText('- [ ] 1. Build'),
      },
    });
    const { core } = await startCore({ ports });
    const [spec] = core.specs.all;
    assert.deepEqual(
      spec?.documents.map(({ state, problems }) => [state, problems.map(({ message }) => message)]),
      [
        ['missing', [`requirements.md cannot be read: ${NO_FILE}`]],
        ['missing', ['design.md cannot be read: it is larger than 5 MB. Split it, or move it away.']],
        ['draft', []],
      ],
    );
    assert.equal(spec?.progress.total, 1);
  });

  it('one workspace folder that cannot be listed does not take the others along', async () => {
    const ports = createTestPorts({ files: { [specFile('tasks.md')]: tasksText() } });
    ports.files.fail('/locked/.kiro/specs', 'list', 'permission', 9);
    const { core } = await startCore({ ports, roots: ['/locked', '/project'] });
    assert.deepEqual(names(core), ['links']);
  });

  it('shows what was read last, though an earlier reading ends later', async () => {
    const ports = createTestPorts({ files: { [specFile('requirements.md')]: REQUIREMENTS } });
    let release = () => {};
    let slow: Promise<void> | undefined;
    const files = {
      ...ports.files,
      async readText(path: string) {
        const text = await ports.files.readText(path);
        const wait = path.endsWith('requirements.md') ? slow : undefined;
        slow = wait ? undefined : slow;
        await wait;
        return text;
      },
    };
    const { core } = await startCore({ ports: { ...ports, files } });
    slow = new Promise((resolve) => {
      release = resolve;
    });
    const first = core.specs.refresh(SPEC);
    await quiet();
    await ports.files.writeText(`${SPEC}/requirements.md`, '# New\n');
    assert.equal((await core.specs.refresh(SPEC))?.documents[0]?.text, '# New\n');
    release();
    assert.equal((await first)?.documents[0]?.text, '# New\n');
  });

  it('are told apart by their folder: several, and one in another', async () => {
    const files = {
      '/a/.kiro/specs/same/tasks.md': tasksText('- [ ] 1. A'),
      '/a/b/.kiro/specs/same/tasks.md': tasksText('- [ ] 1. B'),
      '/a/b/.kiro/specs/other/bugfix.md': '# Bugfix Requirements Document\n',
    };
    const { core, ports } = await startCore({ roots: ['/a', '/a/b'], files });
    const all = () => core.specs.all.map(({ path, root }) => [path, root]);
    const expected = [
      ['/a/.kiro/specs/same', '/a'],
      ['/a/b/.kiro/specs/other', '/a/b'],
      ['/a/b/.kiro/specs/same', '/a/b'],
    ];
    assert.deepEqual(all(), expected);
    for (const [path] of expected) await core.specs.refresh(path ?? '');
    assert.deepEqual(all(), expected);
    assert.equal(core.specs.find('other')?.type, 'bugfix');
    await ports.files.writeText('/a/b/.kiro/specs/same/design.md', DESIGN);
    await ports.clock.advance(50);
    assert.deepEqual(all(), expected);
    assert.equal(await core.specs.refresh('/a/src'), undefined);
  });

  it('are parsed when somebody looks, and keep what they said', async () => {
    const { core, ports } = await startCore({
      files: { [specFile('.config.kiro')]: '{"specType": "bugfix"', [specFile('tasks.md')]: 'no tasks' },
    });
    const spec = core.specs.get(SPEC);
    assert.equal(spec?.documents.length, 3);
    assert.ok(spec.problems.length >= 1);
    assert.equal(spec.problems, spec.problems, 'once');
    const { progress } = spec;
    await ports.files.writeText(`${SPEC}/tasks.md`, tasksText('- [x] 1. A'));
    await ports.clock.advance(50);
    assert.equal(spec.progress, progress, 'a snapshot stays what it was');
    assert.deepEqual(core.specs.get(SPEC)?.progress, { done: 1, total: 1 });
  });

  it('lie in groups, in a spec, and in folders below that have specs of their own', async () => {
    const files = {
      '.kiro/specs/links/requirements.md': REQUIREMENTS,
      '.kiro/specs/links/later/requirements.md': REQUIREMENTS,
      '.kiro/specs/pay/refunds/requirements.md': REQUIREMENTS,
      '.kiro/specs/pay/cards/visa/tasks.md': tasksText('- [ ] 1. A'),
      'packages/web/.kiro/specs/links/requirements.md': REQUIREMENTS,
      'node_modules/x/.kiro/specs/x/requirements.md': REQUIREMENTS,
      'a/b/c/d/.kiro/specs/deep/requirements.md': REQUIREMENTS,
    };
    const { core, ports } = await startCore({ files });
    const places = () =>
      core.specs.all.map(({ path }) => path.replace('/project/', '').replace('.kiro/specs/', ''));
    assert.deepEqual(places(), [
      'links',
      'links/later',
      'pay/cards/visa',
      'pay/refunds',
      'packages/web/links',
    ]);
    assert.equal(core.specs.get('/project/packages/web/.kiro/specs/links')?.root, '/project/packages/web');
    assert.equal(core.specs.find('links')?.root, '/project');
    assert.equal(core.specs.find('pay/refunds')?.name, 'refunds');

    await ports.files.writeText('/project/.kiro/specs/pay/gifts/design.md', DESIGN);
    await ports.files.writeText('/project/packages/api/.kiro/specs/auth/design.md', DESIGN);
    await ports.files.remove('/project/.kiro/specs/pay/cards');
    await ports.clock.advance(50);
    assert.deepEqual(places(), [
      'links',
      'links/later',
      'pay/gifts',
      'pay/refunds',
      'packages/web/links',
      'packages/api/auth',
    ]);
    await ports.files.remove('/project/.kiro/specs/pay');
    await ports.clock.advance(50);
    assert.deepEqual(places(), ['links', 'links/later', 'packages/web/links', 'packages/api/auth']);
  });

  it('a folder that holds none is none', async () => {
    const { core } = await startCore({
      files: {
        '.kiro/specs/notes/readme.txt': 'x',
        '.kiro/specs/stray.md': 'x',
        '.kiro/specs/empty/.earshot/approvals.jsonl': '',
      },
    });
    assert.deepEqual(names(core), []);
  });
});
