/** Code that criteria were derived from is linked to them, and suspect when it changes. */
import assert from 'node:assert/strict';
import { hoverText } from '../../../src/core/language/hover';
import { documentsOf } from '../../../src/core/spec/documentsOf';
import { moveCriterion } from '../../../src/core/spec/edits/reorderCriteria';
import { evidenceIn } from '../../../src/core/spec/requirements/evidence';
import { linksPath } from '../../../src/core/trace/linkRecords';
import type { TraceGraph } from '../../../src/core/trace/model';
import { applyEdits } from '../../../src/core/util/textRange';
import { REQUIREMENTS, SPEC, specFile, startCore } from '../core/coreHarness';

const TWO = REQUIREMENTS.replace('delete it.\n', 'delete it.\n2. THE Link_Store SHALL count its links.\n');
const CODE = ['import fs from "node:fs";', 'export const age = 30;', 'expire();', 'count();', ''];
const derived = (...lines: readonly string[]) =>
  `${TWO}\n## Evidence\n\n${lines.map((line) => `- ${line}\n`).join('')}`;

async function brownfield(...lines: readonly string[]) {
  const files = {
    [specFile('requirements.md')]: derived(...lines),
    'src/links.js': CODE.join('\n'),
  };
  const harness = await startCore({ files });
  const { core, ports } = harness;
  const spec = () => {
    const found = core.specs.get(SPEC);
    assert.ok(found);
    return found;
  };
  return {
    ...harness,
    spec,
    graph: (code: boolean | [] = true) => core.trace.graph(spec(), { code }),
    change: (...lines: readonly string[]) => ports.files.writeText('/project/src/links.js', lines.join('\n')),
  };
}

function codeOf({ criteria }: TraceGraph, id = '1.1') {
  const { status, links } = criteria.find((each) => each.id === id)?.levels.code ?? {};
  return [status, ...(links ?? []).map(({ label, reason = '' }) => `${label} ${reason}`.trim())];
}

describe('Code that requirements were derived from', () => {
  it('is linked to its criterion, and counts in the trace', async () => {
    const { graph } = await brownfield('1.1: src/links.js:2-3');
    const found = await graph();
    assert.deepEqual(codeOf(found), ['covered', 'src/links.js:2']);
    assert.deepEqual(codeOf(found, '1.2'), ['uncovered']);
    assert.ok(found.required.includes('code'));
    assert.deepEqual(codeOf(await graph(false)), ['uncovered'], 'without code nobody knows');
  });

  it('is suspect when it changes after the approval, until the person says that it is still right', async () => {
    const { core, graph, change, spec } = await brownfield('1.1: src/links.js:2-3', '1.2: src/links.js:4');
    await core.workflow.approve(SPEC, 'requirements');
    assert.deepEqual(codeOf(await graph()), ['covered', 'src/links.js:2']);
    await change(...CODE.map((line) => line.replace('30', '60')));
    const found = await graph();
    assert.deepEqual(codeOf(found), [
      'suspect',
      'src/links.js:2 src/links.js:2 was changed since the link was confirmed',
    ]);
    assert.deepEqual(codeOf(found, '1.2'), ['covered', 'src/links.js:4']);
    await core.trace.confirmCriterion(spec(), '1.1', []);
    assert.deepEqual(codeOf(await graph()), ['covered', 'src/links.js:2']);
  });

  it('is followed when its lines move, and when only the ends of lines change', async () => {
    const { core, graph, change } = await brownfield('1.1: src/links.js:2-3');
    await core.workflow.approve(SPEC, 'requirements');
    await change('// licence', ...CODE.map((line) => `${line} \r`));
    assert.deepEqual(codeOf(await graph()), ['covered', 'src/links.js:3']);
  });

  it('is suspect when it is gone, out of the folder or beyond the end, confirmed or not', async () => {
    const { core, graph, ports } = await brownfield(
      '1.1: src/links.js:2',
      '1.2: src/links.js:90, ../secret.js:1',
    );
    assert.deepEqual(codeOf(await graph(), '1.2'), [
      'suspect',
      'src/links.js:90 src/links.js:90 is not there',
      '../secret.js:1 ../secret.js:1 is not there',
    ]);
    await core.workflow.approve(SPEC, 'requirements');
    await ports.files.remove('/project/src/links.js');
    assert.deepEqual(codeOf(await graph()), ['suspect', 'src/links.js:2 src/links.js:2 is not there']);
  });

  it('of what is no criterion is told as a link that leads nowhere', async () => {
    const { graph } = await brownfield('7.1: src/links.js:2');
    assert.deepEqual(
      (await graph()).orphans.map(({ label, to }) => `${label} ${to}`),
      ['src/links.js:2 7.1'],
    );
  });

  it('does not count for records that cannot be its own', async () => {
    const { core, ports, graph, change } = await brownfield('1.1: src/links.js:2');
    await core.workflow.approve(SPEC, 'requirements');
    const text = ports.files.text(linksPath(SPEC)) ?? '';
    await ports.files.writeText(linksPath(SPEC), text.replace(/"code":"[^"]*"/, '"code":7'));
    await change('all', 'is', 'new');
    assert.deepEqual(codeOf(await graph()), ['covered', 'src/links.js:2'], 'as if nobody had confirmed it');
  });

  it('is shown where one points at a criterion, with what is doubtful', async () => {
    const { spec } = await brownfield('1.1: src/links.js:2-3');
    const mention = {
      kind: 'criterion',
      id: '1.1',
      role: 'reference',
      document: 'requirements',
      range: { start: 0, end: 0 },
    } as const;
    const documents = documentsOf(spec().documents);
    const text = hoverText(documents, mention, undefined, undefined, undefined, [
      'src/links.js:2 was changed',
    ]);
    assert.match(text ?? '', /code src\/links\.js:2\n\n\*\*suspect\*\* · src\/links\.js:2 was changed$/);
  });

  it('stays with its criterion when that gets another number', async () => {
    const { spec } = await brownfield('1.1: src/links.js:2-3', '1.1, 1.2: src/links.js:4');
    const documents = documentsOf(spec().documents);
    const { requirements } = documents;
    assert.ok(requirements);
    const text = applyEdits(requirements.text, moveCriterion(documents, '1.2', '1', 0));
    assert.match(text, /- 1\.2: src\/links\.js:2-3\n- 1\.2, 1\.1: src\/links\.js:4\n$/);
    assert.equal(evidenceIn(requirements)?.length, 3);
  });
});
