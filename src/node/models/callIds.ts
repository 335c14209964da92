/** The ids of a conversation's calls as the service takes them: plain, and none twice. */
export interface CallIds {
  /** Of the next call. */
  ofCall(id: string): string;
  /** Of a result: that of the latest call with this id. */
  ofResult(id: string): string;
}

/**
 * Other servers give the same ids in every answer, or use characters that the service refuses, and a conversation may change
 * from one to the other. What an id becomes depends on what stands before it alone, so that it stays so.
 */
export function createCallIds(): CallIds {
  const taken = new Set<string>();
  const latest = new Map<string, string>();
  return {
    ofCall(id) {
      const plain = plainOf(id);
      let own = plain;
      for (let count = 2; taken.has(own); count++) own = `${plain}_${count}`;
      taken.add(own);
      latest.set(id, own);
      return own;
    },
    ofResult: (id) => latest.get(id) ?? plainOf(id),
  };
}

function plainOf(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '_') || 'call';
}
