import assert from 'node:assert/strict';
import { migrate } from '../../../../src/core/hooks/hookWork';
import { createMemoryFiles } from '../../../support/memoryFiles';

const OLD =
  '{"enabled": true, "name": "Old", "version": "1", "when": {"type": "userTriggered"}, "then": {"type": "runCommand", "command": "ls"}}';

describe('hooks of 0.x that are carried over', () => {
  it('are kept beside the new file, also the second time', async () => {
    const files = createMemoryFiles();
    for (const text of [OLD, OLD.replace('ls', 'pwd')]) {
      await files.writeText('/w/.kiro/hooks/a.kiro.hook', text);
      await migrate(files, '/w');
      assert.equal(await files.readText('/w/.kiro/hooks/a.kiro.hook.old'), text);
      assert.equal(await files.readText('/w/.kiro/hooks/a.kiro.hook'), undefined);
    }
    assert.match((await files.readText('/w/.kiro/hooks/a.json')) ?? '', /"Manual"/);
  });
});
