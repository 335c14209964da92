/** Dollars that a session of a hook may cost, by its id, as long as it works. */
export type HookBudgets = Map<string, number>;

/** The hooks that led to a session that works: by its id, as long as it does. */
export type SessionChains = Map<string, readonly string[]>;
