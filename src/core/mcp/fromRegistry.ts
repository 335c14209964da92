/** A server that is only named in an `mcp.json`, with `"type": "registry"`: what the registry of an organisation says of it. */

type Json = Readonly<Record<string, unknown>>;

export type Registry = (name: string) => Json | undefined;

const RUNS = new Set(['type', 'transport', 'command', 'args', 'cwd', 'url', 'oauth', 'oauthScopes']);

/** What decides what runs is the registry's; a variable that it leaves open may be filled beside the name. */
export function fromRegistry(value: unknown, name: string, registry: Registry): unknown {
  const written = recordOf(value);
  const found = written.type === 'registry' ? registry(name) : undefined;
  if (!found) return value;
  const own = Object.fromEntries(Object.entries(written).filter(([key]) => !RUNS.has(key)));
  const filled = (key: 'env' | 'headers') => {
    const [theirs, mine] = [recordOf(found[key]), recordOf(own[key])];
    const fixed = Object.entries(theirs).filter(([, text]) => !String(text).includes('${'));
    const all = { ...theirs, ...mine, ...Object.fromEntries(fixed) };
    return Object.keys(all).length === 0 ? {} : { [key]: all };
  };
  return { ...own, ...found, ...filled('env'), ...filled('headers') };
}

function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
