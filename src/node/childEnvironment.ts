import { delimiter } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Ours, the model's, and what the editor sets for its own processes (it would change what `node` and Electron do).
 * With CDPATH, `cd src` may lead to another folder than the one that was looked at.
 */
const WITHHELD =
  /^(ANTHROPIC_(API_KEY|AUTH_TOKEN|CUSTOM_HEADERS)|EARSHOT_.*|CDPATH|ELECTRON_RUN_AS_NODE|VSCODE_.*)$/i;

/**
 * The environment of a command: the parent's without secrets, plus what the caller names, plus a folder at
 * the very end of PATH, where it helps only when nothing else is found.
 */
export function childEnvironment(
  parent: Environment,
  added: Environment = {},
  lastOnPath?: string,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && !WITHHELD.test(name)) result[name] = value;
  }
  for (const [name, value] of Object.entries(added)) {
    if (value !== undefined) result[name] = value;
  }
  if (lastOnPath !== undefined) {
    const name = pathName(result);
    const path = result[name];
    result[name] = path ? `${path}${delimiter}${lastOnPath}` : lastOnPath;
  }
  return result;
}

/** Windows spells it `Path`, and two spellings in one environment shadow each other. */
export function pathName(environment: Environment): string {
  return Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
}
