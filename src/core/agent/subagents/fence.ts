/** What a custom agent hands on of what it is held by. Pure. */
import type { AgentProfile } from '../profiles/model';

/** The agent as the leader may start it: with nothing that the leader is forbidden or has not. */
export function within(leader: AgentProfile | undefined, profile: AgentProfile): AgentProfile {
  if (!leader) return profile;
  return {
    ...profile,
    leader,
    rules: [...profile.rules, ...leader.rules],
    mcpServers: leader.includeMcpJson ? profile.mcpServers : shared(leader, profile),
    includeMcpJson: leader.includeMcpJson && profile.includeMcpJson,
    includePowers: leader.includePowers && profile.includePowers,
  };
}

/** One that has its own servers alone starts none that somebody else brings. */
function shared(leader: AgentProfile, { mcpServers }: AgentProfile): AgentProfile['mcpServers'] {
  const isLeaders = ([name, config]: [string, unknown]) =>
    Object.hasOwn(leader.mcpServers, name) &&
    JSON.stringify(leader.mcpServers[name]) === JSON.stringify(config);
  return Object.fromEntries(Object.entries(mcpServers).filter(isLeaders));
}
