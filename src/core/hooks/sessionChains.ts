/** The hooks that led to a session that works: by its id, as long as it does. */
export type SessionChains = Map<string, readonly string[]>;
