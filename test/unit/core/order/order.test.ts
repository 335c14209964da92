import { strict as assert } from 'node:assert';
import type { Order } from '../../../../src/core/order/order';
import type { Spec } from '../../../../src/core/spec/model';
import {
  DESIGN,
  type Harness,
  type HarnessOptions,
  REQUIREMENTS,
  SPEC,
  startCore,
  tasksText,
} from '../coreHarness';

const SPECS = '/project/.kiro/specs';
const CONFIG = '{"specId": "one", "workflowType": "requirements-first", "specType": "feature", "own": 1}';
const FILES = {
  '.kiro/specs/links/.config.kiro': CONFIG,
  '.kiro/specs/links/requirements.md': REQUIREMENTS,
  '.kiro/specs/links/design.md': `${DESIGN}\nSee #[[file:.kiro/specs/links/requirements.md]].\n`,
  '.kiro/specs/links/tasks.md': tasksText('- [x] 1. Sweep', '  - _Requirements: 1.1_'),
  '.kiro/specs/links/tasks.meta.json': '{}',
  '.kiro/specs/other/requirements.md': `${REQUIREMENTS}\nAs #spec:links says.\n`,
  '.kiro/steering/tech.md': '#[[file:.kiro/specs/links/design.md]]\n',
  '.kiro/hooks/a.json': '{"when": ".kiro/specs/links/*.md"}\n',
  'src/sweep.ts': '// Implements: links#1.1\n',
};

async function start(options: HarnessOptions = {}) {
  const harness = await startCore({ files: FILES, ...options });
  const order = await harness.core.order();
  return { ...harness, order, links: specOf(harness, SPEC) };
}

function specOf({ core }: Harness, path: string): Spec {
  const spec = core.specs.get(path);
  assert.ok(spec, path);
  return spec;
}

const place = (name: string, group = '') => ({ group, name });
const below = (harness: Harness, folder: string) =>
  Object.entries(harness.ports.files.snapshot()).filter(([path]) => path.startsWith(`${folder}/`));

describe('A spec', () => {
  it('is renamed with all that names it, and stays approved', async () => {
    const harness = await start();
    const { core, ports, order, links } = harness;
    await core.workflow.approve(SPEC, 'requirements');
    const before = below(harness, SPEC).length;
    const told: string[] = [];
    core.specs.onDidMove(({ from, to }) => told.push(`${from} ${to} ${core.specs.get(to)?.name}`));
    const moved = await order.move(links, place('short-links'));
    // What shows it goes with it, and finds it there.
    assert.deepEqual(told, [`${SPEC} ${moved.path} short-links`]);
    assert.equal(moved.path, `${SPECS}/short-links`);
    assert.deepEqual(moved.stale, []);
    assert.equal(moved.approvalsLost, false);
    assert.deepEqual(moved.followed.map((path) => path.replace('/project/', '')).sort(), [
      '.kiro/hooks/a.json',
      '.kiro/specs/other/requirements.md',
      '.kiro/specs/short-links/design.md',
      '.kiro/steering/tech.md',
      'src/sweep.ts',
    ]);
    assert.equal(below(harness, SPEC).length, 0);
    assert.equal(below(harness, moved.path).length, before);
    assert.equal(ports.files.text('src/sweep.ts'), '// Implements: short-links#1.1\n');
    assert.equal(core.specs.get(SPEC), undefined);
    assert.equal(specOf(harness, moved.path).documents[0]?.state, 'approved');
  });

  it('without an id gets one with its first approval, and stays approved', async () => {
    const config = '.kiro/specs/links/.config.kiro';
    const { core, order, links, ports } = await start({ files: { ...FILES, [config]: '{ "own": 1 }\n' } });
    assert.equal(links.specId, undefined);
    await core.workflow.approve(SPEC, 'requirements');
    assert.match(ports.files.text(config) ?? '', /^\{ "own": 1,"specId": "[0-9a-f-]{36}" \}\n$/);
    const moved = await order.move(
      specOf({ core, ports, first: [], unread: [] }, SPEC),
      place('short-links'),
    );
    assert.equal(moved.approvalsLost, false);
    assert.equal(core.specs.get(moved.path)?.documents[0]?.state, 'approved');
  });

  it('gets the same id on two branches, and another one where a renamed spec has it', async () => {
    const config = '.kiro/specs/links/.config.kiro';
    const ids = await Promise.all(
      [0, 1].map(async () => {
        const { core } = await start({ files: { ...FILES, [config]: '{}' } });
        await core.workflow.approve(SPEC, 'requirements');
        return core.specs.get(SPEC)?.specId;
      }),
    );
    assert.equal(ids[0], ids[1]);
    const renamed = { '.kiro/specs/was-links/.config.kiro': `{"specId": "${ids[0]}"}` };
    const { core } = await start({ files: { ...FILES, [config]: '{}', ...renamed } });
    await core.workflow.approve(SPEC, 'requirements');
    assert.notEqual(core.specs.get(SPEC)?.specId, ids[0]);
  });

  it('whose approvals name it by its folder says that they no longer count', async () => {
    const config = '.kiro/specs/links/.config.kiro';
    const { core, order, ports } = await start({ files: { ...FILES, [config]: 'not readable' } });
    await core.workflow.approve(SPEC, 'requirements');
    assert.equal(ports.files.text(config), 'not readable');
    const moved = await order.move(
      specOf({ core, ports, first: [], unread: [] }, SPEC),
      place('short-links'),
    );
    assert.equal(moved.approvalsLost, true);
    assert.equal(core.specs.get(moved.path)?.documents[0]?.state, 'claimed');
  });

  it('goes into a group and out of it, which leaves no empty folder', async () => {
    const harness = await start();
    const { core, order, links } = harness;
    const grouped = await order.move(links, place('links', 'web/public'));
    assert.equal(grouped.path, `${SPECS}/web/public/links`);
    assert.equal(core.specs.find('web/public/links')?.path, grouped.path);
    await order.move(specOf(harness, grouped.path), place('links'));
    assert.deepEqual(
      (await harness.ports.files.list(SPECS)).map(({ name }) => name),
      ['links', 'other'],
    );
  });

  it('is not moved onto another, nor to a name that is none', async () => {
    const harness = await start();
    const { order, links, ports } = harness;
    const before = ports.files.snapshot();
    for (const [to, why] of [
      [place('other'), /already a spec “other”/],
      [place('Links!'), /lower-case/],
      [place('links', '../up'), /letters, digits/],
      [place('links', 'a/b/c/d'), /at most three/],
    ] as const)
      await assert.rejects(order.move(links, to), why);
    assert.deepEqual(ports.files.snapshot(), before);
  });

  it('names the files that could not follow', async () => {
    const { order, links, ports } = await start();
    ports.files.fail('.kiro/steering/tech.md', 'write', 'readOnly');
    const { stale, followed } = await order.move(links, place('short-links'));
    assert.deepEqual(stale, ['/project/.kiro/steering/tech.md']);
    assert.equal(followed.length, 4);
  });

  it('is duplicated with an id of its own, and without what was said about the other', async () => {
    const harness = await start();
    const { core, order, links, ports } = harness;
    await core.workflow.approve(SPEC, 'requirements');
    const path = await order.duplicate(links, place('links-2'));
    const config = JSON.parse(ports.files.text(`${path}/.config.kiro`) ?? '');
    assert.notEqual(config.specId, 'one');
    assert.equal(config.own, 1);
    assert.deepEqual(
      below(harness, path).map(([each]) => each.slice(path.length + 1)),
      ['.config.kiro', 'design.md', 'requirements.md', 'tasks.md'],
    );
    assert.match(ports.files.text(`${path}/design.md`) ?? '', /specs\/links-2\/requirements/);
    assert.deepEqual(
      specOf(harness, path).documents.map(({ state }) => state),
      ['draft', 'draft', 'draft'],
    );
    assert.equal(specOf(harness, SPEC).documents[0]?.state, 'approved');
  });

  it('that could not be copied whole leaves no half of it', async () => {
    const { order, links, ports } = await start();
    ports.files.fail(`${SPEC}/design.md`, 'copy', 'full');
    await assert.rejects(order.duplicate(links, place('links-2')), /disk is full/);
    assert.equal(await ports.files.stat(`${SPECS}/links-2`), undefined);
  });

  for (const how of ['archive', 'remove'] as const)
    it(`comes back byte for byte after ${how}`, async () => {
      const harness = await start();
      const { core, order, links, ports } = harness;
      await core.workflow.approve(SPEC, 'requirements');
      const before = below(harness, SPEC);
      const put = await order[how](links);
      assert.equal(core.specs.get(SPEC), undefined);
      assert.equal(below(harness, SPECS).filter(([path]) => path.includes('links')).length, 0);
      assert.equal(put.path.startsWith('/project/.kiro/archive/specs/'), how === 'archive');
      await ports.clock.advance(1000);
      const [found] = await order.putAway();
      assert.deepEqual({ ...found, at: 0 }, { ...put, at: 0 });
      assert.ok(found);
      assert.equal(await order.restore(found), SPEC);
      assert.deepEqual(below(harness, SPEC), before);
      assert.equal(specOf(harness, SPEC).documents[0]?.state, 'approved');
      assert.deepEqual(await order.putAway(), []);
    });

  it('is not restored over another', async () => {
    const { order, links, ports } = await start();
    const put = await order.remove(links);
    await ports.files.writeText(`${SPEC}/requirements.md`, 'new');
    await assert.rejects(order.restore(put), /a spec “links” again/);
    assert.equal(ports.files.text(`${SPEC}/requirements.md`), 'new');
    assert.equal((await order.putAway()).length, 1);
  });

  it('that was deleted is kept for thirty days', async () => {
    const harness = await start();
    const { order, links, ports } = harness;
    const put = await order.remove(links);
    await ports.clock.advance(31 * 24 * 60 * 60 * 1000);
    await order.remove(specOf(harness, `${SPECS}/other`));
    assert.deepEqual(
      (await order.putAway()).map(({ key }) => key),
      ['other'],
    );
    assert.equal(await ports.files.stat(put.path), undefined);
  });

  it('stays while it is drafted, in a folder that is not trusted, and where a link leads', async () => {
    type Act = (order: Order, spec: Spec) => Promise<unknown>;
    const acts: readonly Act[] = [
      (order, spec) => order.move(spec, place('short-links')),
      (order, spec) => order.duplicate(spec, place('short-links')),
      (order, spec) => order.archive(spec),
      (order, spec) => order.remove(spec),
    ];
    const untrusted = await start({ trusted: false });
    const linked = await start();
    linked.ports.files.link(`${SPECS}/away`, '/elsewhere');
    await linked.ports.files.writeText('/elsewhere/requirements.md', REQUIREMENTS);
    await linked.core.specs.refresh(`${SPECS}/away`);
    const away = specOf(linked, `${SPECS}/away`);
    const drafted = await start({ turns: [{ hold: new Promise(() => {}) }] });
    const draft = await drafted.core.workflow.requestChanges(SPEC, 'design', 'More.');
    for (const act of acts) {
      await assert.rejects(act(untrusted.order, untrusted.links), /Restricted Mode/);
      await assert.rejects(act(linked.order, away), /really lies at \/elsewhere/);
      await assert.rejects(act(drafted.order, drafted.links), /still running/);
    }
    assert.equal(linked.ports.files.text('/elsewhere/requirements.md'), REQUIREMENTS);
    drafted.core.sessions.stop(draft.session);
    await assert.rejects(draft.done);
  });

  it('that cannot be moved is where it was', async () => {
    const { order, links, ports, core } = await start();
    const before = ports.files.snapshot();
    ports.files.fail(SPEC, 'move', 'permission', 2);
    await assert.rejects(
      order.move(links, place('short-links')),
      /is where it was: the folder cannot be written to/,
    );
    await assert.rejects(order.archive(links), /is where it was/);
    assert.deepEqual(ports.files.snapshot(), before);
    assert.ok(core.specs.get(SPEC));
  });
});
