// Feature: steering-engine, Property 9: Steering is a person’s word
// Verifies: steering-engine#5.1-5.4
/** Steering that is derived from the repository: proposed first, written when a person takes it. */
import assert from 'node:assert/strict';
import { createScriptedModel } from '../../../support/scriptedModel';
import { startCore } from '../coreHarness';

const part = (id: string, text: string) => `<part id="${id}">\n${text}\n</part>`;
const STEERING = '/project/.kiro/steering';
const FILES = {
  'package.json': '{"name": "links", "scripts": {"test": "node --test"}}',
  'README.md': '# Links\n\nShort links for teams.\n',
  'src/server.js': 'export const secretOfTheCode = 1;\n',
  '.gitignore': 'private/\n',
  'private/README.md': '# Not for anybody\n',
};
const ALL = [
  part('product.md', '# Product\n\n- Short links for teams'),
  part('tech.md', '---\ninclusion: manual\n---\n# Tech\n\n- `node --test`'),
  part('structure.md', '# Structure\n\n- `src`: the server'),
].join('\n');

async function propose(files: Readonly<Record<string, string>>, answer: string) {
  const model = createScriptedModel({ turns: [{ text: answer }] });
  const harness = await startCore({ model, files: { ...FILES, ...files } });
  return { ...harness, model };
}

describe('Generate Steering', () => {
  it('proposes three documents, and writes none before they are taken', async () => {
    const { core, ports } = await propose({}, `Here they are.\n${ALL}`);
    assert.deepEqual(await core.foundation.present('/project'), []);
    const proposals = await (await core.foundation.propose('/project', [])).proposals;
    assert.deepEqual(
      proposals.map(({ name, before }) => [name, before]),
      [
        ['product.md', undefined],
        ['tech.md', undefined],
        ['structure.md', undefined],
      ],
    );
    assert.equal(ports.files.text(`${STEERING}/product.md`), undefined);
    await core.foundation.accept(proposals.slice(0, 2));
    assert.equal(
      ports.files.text(`${STEERING}/product.md`),
      '---\ninclusion: always\n---\n\n# Product\n\n- Short links for teams\n',
    );
    assert.match(ports.files.text(`${STEERING}/tech.md`) ?? '', /^---\ninclusion: always\n---\n\n# Tech/);
    assert.equal(ports.files.text(`${STEERING}/structure.md`), undefined);
    assert.deepEqual(await core.foundation.present('/project'), ['product.md', 'tech.md']);
  });

  it('tells the model manifests, README and the tree, and nothing that is ignored', async () => {
    const { core, model } = await propose({}, ALL);
    await (await core.foundation.propose('/project', [])).proposals;
    const said = JSON.stringify(model.requests[0]?.messages);
    assert.match(said, /Short links for teams/);
    assert.match(said, /node --test/);
    assert.match(said, /src\/server\.js/);
    assert.doesNotMatch(said, /secretOfTheCode|Not for anybody|private/);
  });

  it('refines the one that is wanted, keeps how it is included, and sends what it says', async () => {
    const mine =
      '---\r\ninclusion: fileMatch\r\nfileMatchPattern: "src/**"\r\n---\r\n# Tech\r\n\r\n- Mine\r\n';
    const { core, ports, model } = await propose(
      { '.kiro/steering/tech.md': mine },
      part('tech.md', '# Tech\n\n- Mine\n- Node 20') + part('product.md', '# Not asked for'),
    );
    const draft = await core.foundation.propose('/project', ['tech.md'], ' Name the Node version. ');
    const proposals = await draft.proposals;
    assert.deepEqual(
      proposals.map(({ name }) => name),
      ['tech.md'],
    );
    const said = JSON.stringify(model.requests[0]);
    assert.match(said, /- Mine/);
    assert.match(said, /What should be different: Name the Node version\./);
    await core.foundation.accept(proposals);
    assert.equal(
      ports.files.text(`${STEERING}/tech.md`),
      mine.replace('- Mine\r\n', '- Mine\r\n- Node 20\r\n'),
    );
  });

  it('never overwrites what a person wrote since', async () => {
    const { core, ports } = await propose({ '.kiro/steering/tech.md': '# Tech\n' }, part('tech.md', '# New'));
    const proposals = await (await core.foundation.propose('/project', ['tech.md'])).proposals;
    await ports.files.writeText(`${STEERING}/tech.md`, '# Mine\n');
    await assert.rejects(core.foundation.accept(proposals), { reason: 'changed' });
    assert.equal(ports.files.text(`${STEERING}/tech.md`), '# Mine\n');
  });

  it('proposes nothing where nothing has to change', async () => {
    for (const answer of ['<none/>', part('tech.md', '# Tech')]) {
      const { core } = await propose({ '.kiro/steering/tech.md': '# Tech\n' }, answer);
      assert.deepEqual(await (await core.foundation.propose('/project', ['tech.md'])).proposals, []);
    }
  });

  it('says so where the answer is none, and ends its session', async () => {
    for (const answer of ['I cannot.', '<none/>', part('other.md', '# x'), '<part id="tech.md">\n# cut']) {
      const { core } = await propose({}, answer);
      const { session, proposals } = await core.foundation.propose('/project', []);
      await assert.rejects(proposals, { reason: 'modelFailed' });
      assert.equal(core.sessions.get(session)?.status, 'failed');
    }
  });

  it('stays small in a large repository', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 3000 }, (_, at) => [`src/a${at % 300}/f${at}.ts`, 'x']),
    );
    const long = { 'docs/README.md': 'word '.repeat(20_000), 'CONTRIBUTING.md': 'word '.repeat(20_000) };
    const { core, model } = await propose({ ...many, ...long }, ALL);
    await (await core.foundation.propose('/project', [])).proposals;
    const size = JSON.stringify(model.requests[0]).length;
    assert.ok(size < 60_000, `${size} characters`);
  });

  it('needs a model, and a trusted workspace', async () => {
    const { core, ports } = await startCore({ files: FILES });
    ports.setModel(undefined);
    await assert.rejects(core.foundation.propose('/project', []), { reason: 'noModel' });
    const model = createScriptedModel({ turns: [] });
    const untrusted = await startCore({ model, files: FILES, trusted: false });
    await assert.rejects(untrusted.core.foundation.propose('/project', []), { reason: 'untrusted' });
    assert.equal(model.requests.length, 0);
  });
});
