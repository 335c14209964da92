/** What a tool of ours is called in the matchers of hooks: by Kiro's names of it, and by its category. */

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  read_file: ['read', 'fs_read', 'readFile', 'read_files', 'readCode', 'readMultipleFiles'],
  list_files: ['read', 'fs_read', 'listDirectory', 'list_directory'],
  glob: ['read', 'fs_read', 'fileSearch', 'file_search'],
  search: ['read', 'fs_read', 'grep', 'grepSearch', 'grep_search'],
  code: ['read', 'code'],
  diagnostics: ['read', 'getDiagnostics', 'get_diagnostics'],
  write_file: ['write', 'fs_write', 'fsWrite', 'fs_append', 'fsAppend', 'create_file'],
  edit_file: ['write', 'fs_write', 'str_replace', 'strReplace', 'editCode'],
  delete_file: ['write', 'fs_write', 'delete_file', 'deleteFile'],
  move_file: ['write', 'fs_write', 'smartRelocate', 'smart_relocate'],
  rename_symbol: ['write', 'fs_write', 'semanticRename', 'semantic_rename'],
  run_command: ['shell', 'execute_bash', 'execute_cmd', 'executeBash', 'executePwsh', 'execute_pwsh'],
  start_process: ['shell', 'execute_bash', 'controlBashProcess', 'controlPwshProcess'],
  read_output: ['read', 'getProcessOutput'],
  stop_process: ['shell', 'controlBashProcess', 'controlPwshProcess'],
  web_fetch: ['web', 'webFetch', 'web_fetch'],
  spec: ['spec', 'taskStatus'],
  ask_user: ['userInput'],
};

/** All that a matcher may mean it by, its own name first. */
export function namesOf(tool: string): readonly string[] {
  const [, server, name] = /^mcp__(.+?)__(.+)$/.exec(tool) ?? [];
  if (server !== undefined && name !== undefined)
    return [
      tool,
      `@${server}/${name}`,
      `@${server}`,
      `@mcp/${server}/${name}`,
      `mcp_${server}_${name}`,
      '@mcp',
    ];
  return [tool, ...(Object.hasOwn(ALIASES, tool) ? (ALIASES[tool] ?? []) : [])];
}

/** Categories of 0.x and v1, and what they are for people. */
export const TOOL_CATEGORIES = ['read', 'write', 'shell', 'web', 'spec', '@mcp', '*'] as const;
