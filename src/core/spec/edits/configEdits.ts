/** Changes one key of `.config.kiro` and leaves every other byte as it is. Pure. */
import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { parseConfig } from '../parseConfig';

/**
 * @param text Undefined or empty where there is no such file yet.
 * @param fresh What a new file says beside the key.
 * @param value Undefined takes the key out.
 * @returns undefined where the file cannot be read: nobody knows what it says
 */
export function withConfigKey(
  text: string | undefined,
  fresh: Readonly<Record<string, string>>,
  key: readonly string[],
  value: unknown,
): string | undefined {
  const mark = text?.startsWith('\uFEFF') ? '\uFEFF' : '';
  const bare = text?.slice(mark.length) ?? '';
  if (bare.trim() === '') return mark + changed(spaced(fresh), key, value);
  if (parseConfig(bare).findings.length > 0) return undefined;
  return mark + changed(bare, key, value);
}

function changed(json: string, key: readonly string[], value: unknown): string {
  const root = parseTree(json);
  if (value === undefined && (root === undefined || findNodeAtLocation(root, [...key]) === undefined))
    return json;
  return applyEdits(json, modify(json, [...key], value, {}));
}

/** One line, keys and spaces as Kiro's. */
function spaced(fields: Readonly<Record<string, string>>): string {
  return `{${Object.entries(fields)
    .map(([key, value]) => `"${key}": ${JSON.stringify(value)}`)
    .join(', ')}}`;
}
