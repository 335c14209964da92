/** The tools of `earshot mcp`, for who must know them without loading what they do. */
export const DESK_TOOL_NAMES: readonly string[] = [
  'list_specs',
  'next_task',
  'get_spec',
  'get_item',
  'findings',
  'trace',
  'propose_edit',
  'report_evidence',
];
