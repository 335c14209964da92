/** As VS Code lists tools: `mcp_`, what is left of the server's label, and a number where two would be the same. */
import { strict as assert } from 'node:assert';
import { toolsOfServers } from '../../../../src/core/mcp/toolsOfServers';
import { DESK_TOOL_NAMES } from '../../../../src/core/mcpServer/toolNames';

const named = (prefix: string, names: readonly string[], tags: readonly string[] | undefined = ['mcp']) =>
  names.map((name) => ({ name: prefix + name, tags }));
const found = (all: Parameters<typeof toolsOfServers>[0]) => toolsOfServers(all).map(({ name }) => name);

describe('the tools of an editor’s servers', () => {
  it('are those that it tags so, whatever they are called', () => {
    const all = [
      ...named('mcp_github_', ['search']),
      ...named('', ['renamed-by-a-newer-editor']),
      ...named('', ['copilot_readFile', 'earshot_spec'], []),
      ...named('mcp_', ['of_an_extension'], ['files']),
    ];
    assert.deepEqual(found(all), ['mcp_github_search', 'renamed-by-a-newer-editor']);
  });

  it('are known by their names where an editor tags nothing', () => {
    assert.deepEqual(found([{ name: 'mcp_github_search' }, { name: 'copilot_readFile' }]), [
      'mcp_github_search',
    ]);
  });

  it('are not ours, under whichever label, and all of others that are called nearly so', () => {
    const all = [
      ...named('mcp_earshot_specs_', DESK_TOOL_NAMES),
      ...named('mcp_earshot_spec2_', DESK_TOOL_NAMES),
      ...named('mcp_by_hand_', DESK_TOOL_NAMES),
      ...named('mcp_earshot_lab_', ['listen', 'trace']),
    ];
    assert.deepEqual(found(all), ['mcp_earshot_lab_listen', 'mcp_earshot_lab_trace']);
  });
});
