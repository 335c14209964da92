/** Groups of nodes that wait for each other. Tarjan's algorithm, without recursion: documents may be long. */
export function knots<T>(nodes: readonly T[], edgesOf: (node: T) => readonly T[]): readonly (readonly T[])[] {
  const search = createSearch(edgesOf);
  for (const root of nodes) search.from(root);
  return search.found;
}

function createSearch<T>(edgesOf: (node: T) => readonly T[]) {
  const index = new Map<T, number>();
  const low = new Map<T, number>();
  const stack: T[] = [];
  const onStack = new Set<T>();
  const found: (readonly T[])[] = [];
  const path: { readonly node: T; next: number }[] = [];

  const lower = (node: T, to = Number.POSITIVE_INFINITY): void =>
    void low.set(node, Math.min(low.get(node) ?? to, to));

  function enter(node: T): void {
    low.set(node, index.size);
    index.set(node, index.size);
    stack.push(node);
    onStack.add(node);
    path.push({ node, next: 0 });
  }

  function leave(node: T): void {
    path.pop();
    const above = path.at(-1);
    if (above !== undefined) lower(above.node, low.get(node));
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.lastIndexOf(node));
    for (const each of group) onStack.delete(each);
    if (group.length > 1 || edgesOf(node).includes(node)) found.push(group);
  }

  function from(root: T): void {
    if (!index.has(root)) enter(root);
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const to = edgesOf(frame.node)[frame.next++];
      if (to === undefined) leave(frame.node);
      else if (!index.has(to)) enter(to);
      else if (onStack.has(to)) lower(frame.node, index.get(to));
    }
  }

  return { from, found };
}
