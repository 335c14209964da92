import { strict as assert } from 'node:assert';
import type { ToolItem } from '../../../src/core/agent/session/sessionState';
import { ALL_TOOLS } from '../../../src/core/agent/tools/codingTools';
import { groupLabel, kindOf } from '../../../src/webview/agent/log/calls';
import { diffOf } from '../../../src/webview/agent/log/edits';

function call(name: string, input: object = {}, status: ToolItem['status'] = 'ok'): ToolItem {
  const rest = { question: undefined, output: '', edit: undefined, startedAt: 0, durationMs: 1 };
  return { type: 'tool', call: name, name, input, status, ...rest };
}

const label = (...calls: readonly ToolItem[]) => groupLabel(kindOf(calls[0] ?? call('x')), calls);

describe('agent: a line for each tool', () => {
  it('knows a kind for every tool of ours', () => {
    for (const { definition } of ALL_TOOLS)
      assert.notEqual(kindOf(call(definition.name)), 'other', definition.name);
  });

  it('says what a call is about', () => {
    assert.equal(label(call('glob', { pattern: 'src/**/*.ts' })), 'Listed src/**/*.ts');
    assert.equal(label(call('glob', { pattern: 'a' }), call('list_files')), 'Listed files 2 times');
    assert.equal(label(call('list_files'), call('list_files')), 'Listed 2 folders');
    assert.equal(label(call('delete_file', { path: 'a.png' }, 'failed')), 'Delete a.png failed');
    assert.equal(label(call('move_file', { path: 'a.ts', newPath: 'b.ts' })), 'Moved a.ts to b.ts');
    assert.equal(label(call('edit_file', { path: 'a.ts' }, 'failed')), 'Edit a.ts failed');
    assert.equal(label(call('read_output', { process: 'p1' }, 'running')), 'Waiting for output of p1');
    assert.equal(label(call('stop_process', { process: 'p1' })), 'Stopped p1');
    assert.equal(label(call('spec', { action: 'criterion', id: '2.1' })), 'Looked up criterion 2.1');
    assert.equal(label(call('spec', { action: 'findings' })), 'Looked up the findings');
    const choice = { question: 'Which port?', options: [], answer: '8080' };
    const answered = { ...call('ask_user', { question: 'Which port?' }), choice };
    assert.equal(label(answered), 'Which port? You said: 8080');
    assert.equal(label(call('ask_user', { question: 'Which port?' }, 'running')), 'Asks: Which port?');
  });

  it('does not count the lines of a file that was moved', () => {
    const { added, removed } = diffOf({ path: 'b', from: 'a', before: undefined, after: 'x\ny\n' });
    assert.deepEqual([added, removed], [0, 0]);
  });
});
