import { strict as assert } from 'node:assert';
import { arrange, type Sort, type SpecFilter, type SpecGroup } from '../../../../src/core/order/arrange';
import { createFactsReader, factsOf, knownFacts } from '../../../../src/core/order/facts';
import { isCalled, labelsOf } from '../../../../src/core/order/names';
import { searchEntriesOf, searchSpecs } from '../../../../src/core/order/search';
import { traceLinks } from '../../../../src/core/trace/traceLinks';
import { REQUIREMENTS, startCore, tasksText } from '../coreHarness';

const VAGUE = REQUIREMENTS.replace('delete it', 'delete it quickly if possible');
const FILES = {
  '.kiro/specs/b/requirements.md': VAGUE,
  '.kiro/specs/b/tasks.md': tasksText('- [x] 1. A', '- [ ] 2. B'),
  '.kiro/specs/pay/a/requirements.md': REQUIREMENTS,
  '.kiro/specs/pay/a/tasks.md': tasksText('- [x] 1. Sweep old links', '  - _Requirements: 1.1_'),
  '.kiro/specs/c/requirements.md': REQUIREMENTS,
  'web/.kiro/specs/b/requirements.md': REQUIREMENTS,
};

async function start(files: Readonly<Record<string, string>> = FILES) {
  const harness = await startCore({ files });
  const { core } = harness;
  for (const spec of core.specs.all) void spec.progress;
  const shown = (sort: Sort, filter: SpecFilter) =>
    words(arrange(core.specs.all, core.specs.roots, { sort, filter }));
  return { ...harness, shown };
}

/** `project(pay(a) b c) web(b)` */
function words({ groups, specs }: SpecGroup): string {
  const below = groups.map((group) => `${group.label}(${words(group)})`);
  return [...below, ...specs.map(({ name }) => name)].join(' ');
}

describe('The list of specs', () => {
  it('stands in groups, and in folders where several have specs', async () => {
    const { shown } = await start();
    assert.equal(shown('name', 'all'), 'project(pay(a) b c) web(b)');
    const { 'web/.kiro/specs/b/requirements.md': _, ...one } = FILES;
    assert.equal((await start(one)).shown('name', 'all'), 'pay(a) b c');
  });

  it('is sorted and filtered by what is known, and asks for nothing that is not', async () => {
    const { core, shown } = await start();
    assert.equal(shown('findings', 'findings'), '');
    assert.ok(core.specs.all.every((spec) => knownFacts(spec) === undefined));
    for (const spec of core.specs.all) factsOf(spec);
    assert.equal(shown('name', 'findings'), 'project(b)');
    assert.equal(shown('name', 'uncovered'), 'project(b c) web(b)');
    assert.equal(shown('name', 'done'), 'project(pay(a))');
    assert.equal(shown('name', 'open'), 'project(b c) web(b)');
    assert.equal(shown('phase', 'all'), 'project(pay(a) c b) web(b)');
    assert.equal(shown('findings', 'all'), 'project(pay(a) b c) web(b)');
    const all = core.specs.find('pay/a');
    assert.deepEqual(all && factsOf(all), { findings: 0, criteria: 1, covered: 1 });
  });

  it('counts what a task covers as the review does: one that names all, also below another', async () => {
    const { core } = await start({
      '.kiro/specs/b/requirements.md': REQUIREMENTS,
      '.kiro/specs/b/tasks.md': tasksText('- [ ] 1. A', '  - [ ] 1.1 B', '    - _Requirements: All_'),
    });
    const spec = core.specs.find('b');
    assert.ok(spec);
    assert.deepEqual(factsOf(spec).covered, factsOf(spec).criteria);
    assert.deepEqual(traceLinks(spec).tasks('1.1', '1'), ['1.1']);
  });

  it('learns what it shows in slices, and is told', async () => {
    const { core, ports } = await start();
    let told = 0;
    const reader = createFactsReader({
      clock: ports.clock,
      specs: () => core.specs.all,
      changed: () => told++,
    });
    reader.read();
    assert.equal(told, 0);
    await ports.clock.advance(2000);
    assert.ok(told >= 1);
    assert.ok(core.specs.all.every((spec) => knownFacts(spec) !== undefined));
    // What is edited is learned again, and nothing else.
    const kept = core.specs.find('c');
    await ports.files.writeText('/project/.kiro/specs/b/requirements.md', REQUIREMENTS);
    await ports.clock.advance(50);
    reader.read();
    await ports.clock.advance(2000);
    const b = core.specs.get('/project/.kiro/specs/b');
    assert.deepEqual(b && knownFacts(b), { findings: 0, criteria: 1, covered: 0 });
    assert.equal(core.specs.find('c'), kept);
    reader.dispose();
  });

  it('calls specs by as much of their place as tells them apart', async () => {
    const { core } = await start();
    const labels = labelsOf(core.specs.all, core.specs.roots);
    assert.deepEqual([...labels.values()].sort(), ['a', 'c', 'project/b', 'web/b']);
    const [spec] = core.specs.all.filter(({ name }) => name === 'a');
    assert.ok(spec && isCalled(spec, 'a') && isCalled(spec, 'pay/a') && !isCalled(spec, 'pay'));
  });

  it('is searched by names, ids and words of criteria and tasks', async () => {
    const { core } = await start();
    const entries = core.specs.all.flatMap((spec) => searchEntriesOf(spec, spec.name));
    const found = (query: string) =>
      searchSpecs(entries, query, 50).map(({ kind, spec, id }) => `${kind} ${spec.name} ${id}`.trim());
    assert.deepEqual(found('sweep LINKS'), ['task a 1']);
    assert.deepEqual(found('quickly'), ['criterion b 1.1']);
    assert.equal(found('b 1.1')[0], 'criterion b 1.1');
    assert.ok(found('').every((each) => each.startsWith('spec')));
    assert.deepEqual(found('nowhere'), []);
    const [task] = searchSpecs(entries, 'sweep', 1);
    assert.equal(task?.document, 'tasks');
    assert.match(core.specs.find('a')?.documents[2]?.text?.slice(task?.offset) ?? '', /^- \[x\] 1\. Sweep/);
  });
});
