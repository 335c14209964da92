// Feature: run-engine, Property 13: What was is given back
// Verifies: run-engine#4.2, #4.3
import assert from 'node:assert/strict';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { lateCheckpoints } from '../../../../src/core/checkpoints/lateCheckpoints';
import { createHome } from '../../../../src/core/home';
import { fromNativePath } from '../../../../src/node/nativePath';
import { createNodeFiles } from '../../../../src/node/nodeFiles';
import { createNodeSnapshots } from '../../../../src/node/snapshots/nodeSnapshots';
import { forgetLast } from '../../../../src/node/snapshots/store';
import { runs } from '../../../support/soak';
import { createTestPorts } from '../../../support/testPorts';
import { describeFolder, isGit } from './describeFolder';
import { createPlace, LIMITS, type Place } from './place';
import { carryOut, prepare, type Round, round, touchedBy } from './torture';

const SOAK = process.env.EARSHOT_SOAK === '1';
const { seed } = runs(1);
/** So many at a time, each of which mostly waits for git, with a seed of its own. */
const SIDE_BY_SIDE = SOAK ? 4 : 1;
const ROUNDS = SOAK ? 1000 : 3;

/** How fast a machine is that does other things beside this is no part of the claim. */
function unhurried(snapshots: Place['snapshots']): Place['snapshots'] {
  return {
    ...snapshots,
    take: (root, wanted, signal) =>
      snapshots.take(root, { ...wanted, limits: { ...wanted.limits, deadline: 120_000 } }, signal),
  };
}

function checkpointsOf({ base, root, snapshots }: Place) {
  const ports = createTestPorts({
    root,
    with: { files: createNodeFiles(), snapshots: unhurried(snapshots) },
  });
  const home = createHome(join(fromNativePath(base), 'home'), ports.hasher);
  const checkpoints = lateCheckpoints(ports, home, [root]);
  const failed: string[] = [];
  checkpoints.onDidFail(({ message }) => failed.push(message));
  return {
    async take(touched: readonly string[]) {
      const taken = await checkpoints.take(root, { kind: 'person', label: 'round' }, touched);
      assert.ok(taken, failed.join());
      await ports.clock.advance(1000);
      return taken;
    },
    async restore(id: string) {
      const plan = await checkpoints.plan(root, id, { kind: 'all' });
      if (plan.steps.length > 0) await checkpoints.restore(plan);
      await ports.clock.advance(1000);
    },
  };
}

/** All that only git itself may write. */
const repositories = ({ folder }: Place) =>
  Object.fromEntries(Object.entries(describeFolder(folder)).filter(([path]) => isGit(path)));

/** In a copy of the store that does not know any more which tree its index holds. */
async function byGitAlone({ root, stores }: Place, touched: readonly string[]): Promise<string> {
  const copies = `${stores}-copy`;
  await cp(stores, copies, { recursive: true, preserveTimestamps: true });
  for (const name of await readdir(copies)) await forgetLast({ folder: join(copies, name) });
  const snapshots = createNodeSnapshots(copies, { idle: 0 });
  const ignored = touched.length === 0;
  return (await snapshots.take(root, { touched, ignored, keep: true, limits: LIMITS })).id;
}

async function play(given: Round): Promise<void> {
  const place = createPlace();
  try {
    await prepare(place, given);
    const { take, restore } = checkpointsOf(place);
    const untouched = async <T>(act: () => Promise<T>): Promise<T> => {
      const before = repositories(place);
      const result = await act();
      assert.deepEqual(repositories(place), before, 'no repository was written');
      return result;
    };
    const files = () => describeFolder(place.folder, isGit);
    const before = files();
    const touched = touchedBy(place, given.second);
    const first = await untouched(() => take(touched));
    for (const each of given.second) await carryOut(place, each);
    const after = files();
    // As when a turn is over: what it touched is known, also where it is ignored by now.
    const second = await untouched(() => take(touched));
    assert.equal(await byGitAlone(place, touched), second.id, 'the same tree as git writes');
    await untouched(() => restore(first.id));
    assert.deepEqual(files(), before, 'as before');
    await untouched(() => restore(second.id));
    assert.deepEqual(files(), after, 'and back');
  } finally {
    await rm(place.base, { recursive: true, force: true });
  }
}

/** A folder is moved, with what was written in it before, to where git looks no more. */
const MOVED_OUT_OF_SIGHT: Round = {
  repository: 'none',
  filters: false,
  submodule: false,
  first: [],
  second: [
    { do: 'write', path: 'r0/two words/a', content: '', program: false },
    { do: 'move', path: 'r0/two words', to: 'r1/a' },
    { do: 'ignore', patterns: ['/r1/'] },
  ],
};

describe('snapshots of any workspace, whatever happens to it', () => {
  it('give back the same files, and write no repository', async () => {
    let played = 0;
    const all = Array.from({ length: SIDE_BY_SIDE }, (_, nth) => {
      const property = fc.asyncProperty(round, async (given) => {
        await play(given);
        played += 1;
        if (played % 50 === 0) console.log(`      ${played} rounds`);
      });
      const numRuns = ROUNDS / SIDE_BY_SIDE;
      return fc.assert(property, { numRuns, seed: seed + nth, examples: [[MOVED_OUT_OF_SIGHT]] });
    });
    await Promise.all(all);
  }).timeout(120_000 + ROUNDS * 30_000);
});
