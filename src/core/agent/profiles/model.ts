/** A custom agent: `.kiro/agents/**.{md,json}` and `~/.kiro/agents` (kiro.dev's pages of custom agents, September 2026). */
import type { Rule } from '../permissions/model';

export interface AgentProfile {
  /** Its path below the `agents` folder, without the extension: what it is called by. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Its instructions. */
  readonly prompt: string;
  /** Tags (`read`, `write`, `shell`, `web`, `spec`, `subagent`, `@mcp`, `@server/tool`, `*` …); undefined: none are named, so it has none. */
  readonly tools: readonly string[] | undefined;
  readonly excludedTools: readonly string[];
  readonly model: string | undefined;
  /** As in `mcp.json`, over the workspace's and the person's. Read by the same reader. */
  readonly mcpServers: Readonly<Record<string, unknown>>;
  /** False: only its own servers. */
  readonly includeMcpJson: boolean;
  readonly includePowers: boolean;
  /** `file://…`, `skill://…` as written. */
  readonly resources: readonly string[];
  /** They can only narrow: those that allow hold where the person's rules allow, too. */
  readonly rules: readonly Rule[];
  /** As in the agent's file: events of its own. Read by the hooks' reader. */
  readonly hooks: unknown;
  readonly welcomeMessage: string | undefined;
  /** Undefined: the person's own, of every workspace. */
  readonly root: string | undefined;
  /** The file that it stands in. */
  readonly path: string;
  /** What consent is bound to. */
  readonly content: string;
  /** Who handed it its task: it has no tool that this one has not. */
  readonly leader?: AgentProfile;
}
