/** What a person should know of the variables in a file before a server starts. */
import type { McpProblem, ServerConfig } from './model';
import { notSet } from './variables';

interface Known {
  /** The person agreed to the server as it is. */
  readonly agreed: boolean;
  isSet(name: string): boolean;
}

export function variableProblems(
  { variables = [], name: server, path, disabled }: ServerConfig,
  { agreed, isSet }: Known,
): readonly McpProblem[] {
  if (disabled) return [];
  return variables.flatMap(({ name, range }): readonly McpProblem[] => {
    if (!isSet(name)) return [{ path, range, severity: 'warning', message: notSet(server, [name]) }];
    const message = `“${server}” is not given the value of \${${name}} before you agree to it. You are asked when it starts.`;
    return agreed ? [] : [{ path, range, severity: 'hint', message }];
  });
}
