import assert from 'node:assert/strict';
import { GENERAL } from '../../../../../src/core/agent/profiles/builtIn';
import type { AgentProfile } from '../../../../../src/core/agent/profiles/model';
import { allowsServerTool, allowsTool } from '../../../../../src/core/agent/profiles/toolTags';
import { within } from '../../../../../src/core/agent/subagents/fence';

const agent = (part: Partial<AgentProfile>): AgentProfile => ({ ...GENERAL, ...part });
const DB = { command: 'db' };

describe('an agent that another one starts', () => {
  it('has the tools that both have, at any depth', () => {
    const top = agent({ tools: ['read', 'write', '@db'], excludedTools: ['delete_file', '@db/drop'] });
    const middle = within(top, agent({ tools: ['*'], excludedTools: ['edit_file'] }));
    const last = within(middle, agent({ tools: ['*'], excludedTools: ['glob'] }));
    const names = ['read_file', 'write_file', 'edit_file', 'delete_file', 'glob', 'run_command'];
    const of = (each: AgentProfile) => names.filter((name) => allowsTool(each, name));
    assert.deepEqual(of(middle), ['read_file', 'write_file', 'glob']);
    assert.deepEqual(of(last), ['read_file', 'write_file']);
    const servers = [
      ['db', 'read'],
      ['db', 'drop'],
      ['web', 'get'],
    ] as const;
    assert.deepEqual(
      servers.filter(([server, tool]) => allowsServerTool(last, server, tool)),
      [['db', 'read']],
    );
  });

  it('has no server and no power that its leader goes without', () => {
    const leader = agent({ includeMcpJson: false, includePowers: false, mcpServers: { db: DB } });
    const own = { db: DB, mine: { command: 'mine' } };
    const held = within(leader, agent({ mcpServers: own }));
    assert.deepEqual([held.includeMcpJson, held.includePowers], [false, false]);
    assert.deepEqual(held.mcpServers, { db: DB });
    const other = within(leader, agent({ mcpServers: { db: { command: 'another' } } }));
    assert.deepEqual(other.mcpServers, {}, 'the same name is not the same server');
    assert.deepEqual(within(agent({}), agent({ mcpServers: own })).mcpServers, own);
  });
});
