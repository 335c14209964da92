/** Which of our tools the tags of an agent's `tools` and `excludedTools` stand for. Pure. */
import type { AgentProfile } from './model';

const READ = ['read_file', 'list_files', 'glob', 'search', 'code', 'diagnostics'];
const WRITE = ['write_file', 'edit_file', 'delete_file', 'move_file', 'rename_symbol'];
const SHELL = ['run_command', 'start_process', 'read_output', 'stop_process'];
const WEB = ['web_fetch'];

/** To add a tool: its name in a row here. Talking with the person and planning change nothing: they are `context`. */
export const TOOL_TAGS: Readonly<Record<string, readonly string[]>> = {
  read: READ,
  write: WRITE,
  shell: SHELL,
  web: WEB,
  spec: ['spec'],
  subagent: ['delegate'],
  context: ['ask_user', 'plan'],
};

const BUILT_IN: readonly string[] = Object.values(TOOL_TAGS).flat();

/** What the same goes by in agents of the command line until 2026. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  fs_read: READ,
  grep: ['search'],
  fs_write: WRITE,
  execute_bash: SHELL,
  use_subagent: ['delegate'],
  '@builtin': BUILT_IN,
};

/** Known, and nothing here goes by them. */
const NOTHING = new Set(['knowledge', 'web_search', 'aws', 'use_aws', '@powers']);

/** Tools of a server are named `@server` or `@server/tool`: see `allowsServerTool`. */
export function isKnownTag(tag: string): boolean {
  return tag === '*' || tag.startsWith('@') || NOTHING.has(tag) || toolsOf(tag).length > 0;
}

function toolsOf(tag: string): readonly string[] {
  for (const table of [TOOL_TAGS, ALIASES]) if (Object.hasOwn(table, tag)) return table[tag] ?? [];
  return BUILT_IN.includes(tag) ? [tag] : [];
}

/** Is it a tool that tags are about? Others answer for themselves: see `Occasion.profile`. */
export function isOurs(name: string): boolean {
  return BUILT_IN.includes(name);
}

/** May the agent use a tool of ours? */
export function allowsTool(profile: AgentProfile, name: string): boolean {
  return allows(profile, (tag) => tag === '*' || toolsOf(tag).includes(name));
}

/** May it use a tool of a server of the Model Context Protocol? */
export function allowsServerTool(profile: AgentProfile, server: string, tool: string): boolean {
  return allows(
    profile,
    (tag) =>
      tag === '*' ||
      tag === '@mcp' ||
      tag === `@${server}` ||
      tag === `@${server}/*` ||
      tag === `@${server}/${tool}`,
  );
}

function allows(
  { tools = [], excludedTools, leader }: AgentProfile,
  names: (tag: string) => boolean,
): boolean {
  return tools.some(names) && !excludedTools.some(names) && (!leader || allows(leader, names));
}
