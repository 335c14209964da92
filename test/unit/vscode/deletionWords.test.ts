/** What is told of a session before it is deleted. */
import { strict as assert } from 'node:assert';
import { deletionDetail } from '../../../src/vscode/features/agentView/deletionWords';
import { latest, SPEC } from '../core/coreHarness';
import { edited, LATER } from '../core/workflow/upkeepHarness';

const ANSWER =
  '<part id="## Sweep">\n## Sweep\n\nMeets requirement 1.1: once a day, links of 60 days go.\n</part>';

describe('The question whether to delete a session', () => {
  it('says that a revision goes with it, and a round of the review', async () => {
    const { core } = await edited(LATER, [{ text: ANSWER }]);
    const { session, done } = await core.upkeep.refine(SPEC, 'design');
    await done;
    assert.match(deletionDetail(latest(core)), /its revision of design\.md, which waits for your decision\./);
    await core.workflow.decideRevision(session, true);
    assert.match(deletionDetail(latest(core)), /its round in the review of design\.md/);
  });

  it('says nothing of that where there is none', async () => {
    const { core } = await edited(LATER, [{ text: '<none/>' }]);
    await (await core.upkeep.refine(SPEC, 'design')).done;
    assert.equal(
      deletionDetail(latest(core)),
      'Its log and pictures are removed for good. Files that it changed stay as they are, and so does what it cost.',
    );
  });
});
