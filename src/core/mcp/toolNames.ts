/** Names of servers' tools as the model calls them. */
const LONGEST = 128;

/** `server__tool`, of letters that the API takes. */
export function plainName(server: string, tool: string): string {
  const clean = (text: string) => text.replace(/[^a-zA-Z0-9_-]/g, '_');
  return `${clean(server)}__${clean(tool)}`.slice(0, LONGEST);
}

/** Each a name of its own, in the order in which they are asked for. */
export function createToolNames(): (server: string, tool: string) => string {
  const taken = new Set<string>();
  return (server, tool) => {
    const wanted = plainName(server, tool);
    let name = wanted;
    for (let number = 2; taken.has(name); number++) {
      const suffix = `_${number}`;
      name = wanted.slice(0, LONGEST - suffix.length) + suffix;
    }
    taken.add(name);
    return name;
  };
}
