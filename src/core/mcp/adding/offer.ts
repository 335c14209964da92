/** A server that may be added: what will stand in the file, and what is still to be told. */
export interface ServerOffer {
  readonly name: string;
  readonly description: string;
  /** As it will be written. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What somebody has to fill in; each stands in the configuration as `${NAME}` until then. */
  readonly variables: readonly OfferedVariable[];
}

export interface OfferedVariable {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** It belongs in the environment, never in a file. */
  readonly secret: boolean;
  readonly default: string | undefined;
}

/** What will run, or who will be asked, in one line. */
export function whatRuns(config: Readonly<Record<string, unknown>>): string {
  if (typeof config.url === 'string') return config.url;
  const args = Array.isArray(config.args) ? config.args : [];
  return [config.command, ...args].map((word) => quoted(String(word))).join(' ');
}

function quoted(word: string): string {
  return /^[\p{L}\p{N}_@%+=:,./~^-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A name that can be mentioned: letters, digits, `-` and `_`; no other has it. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const base = wanted.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '') || 'server';
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}
