/**
 * `toolsSettings`, as agents of Kiro's command line had it until 2026, as rules that only narrow. What it would have let
 * run without a question is for the person's own rules to say.
 */
import type { Rule } from '../permissions/model';
import { isObject, type Path } from './profileSource';

export interface OlderRules {
  readonly rules: readonly Rule[];
  readonly problems: readonly { readonly path: Path; readonly message: string }[];
}

const AT = 'toolsSettings';

/** Names of the same tool. */
const SECTION_OF: Readonly<Record<string, 'shell' | 'read' | 'write' | 'web' | 'subagent'>> = {
  shell: 'shell',
  execute_bash: 'shell',
  read: 'read',
  fs_read: 'read',
  grep: 'read',
  glob: 'read',
  write: 'write',
  fs_write: 'write',
  web_fetch: 'web',
  subagent: 'subagent',
  use_subagent: 'subagent',
};

export function rulesOfSettings(settings: unknown): OlderRules {
  const out: Out = { rules: [], problems: [] };
  if (settings === undefined || settings === null) return out;
  if (!isObject(settings)) {
    out.problems.push({ path: [AT], message: '“toolsSettings” is no object. It is left out.' });
    return out;
  }
  for (const [name, value] of Object.entries(settings)) {
    const section = Object.hasOwn(SECTION_OF, name) ? SECTION_OF[name] : undefined;
    const say = (message: string, ...at: Path) => out.problems.push({ path: [AT, name, ...at], message });
    if (section === undefined) say(`No tool here is called “${name}”, so its settings do nothing.`);
    else if (!isObject(value)) say(`The settings of “${name}” are no object. They are left out.`);
    else READERS[section](new Settings(value, say, out.rules));
  }
  return out;
}

interface Out {
  readonly rules: Rule[];
  readonly problems: { path: Path; message: string }[];
}

class Settings {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #say: (message: string, key: string) => void;
  readonly #rules: Rule[];

  constructor(
    value: Readonly<Record<string, unknown>>,
    say: (message: string, key: string) => void,
    rules: Rule[],
  ) {
    this.#value = value;
    this.#say = say;
    this.#rules = rules;
  }

  isOn(key: string): boolean {
    return this.#value[key] === true;
  }

  /** Undefined where nothing stands there. */
  list(key: string): readonly string[] | undefined {
    const given = this.#value[key];
    if (given === undefined) return undefined;
    if (Array.isArray(given) && given.every((each): each is string => typeof each === 'string')) return given;
    this.#say(`“${key}” is no list of patterns in quotes.`, key);
    // What it would have fenced in is not known.
    return [];
  }

  add(rule: Omit<Rule, 'exclude'> & Partial<Rule>): void {
    if (rule.match.length > 0) this.#rules.push({ exclude: [], ...rule });
  }

  /** Denies what regular expressions match; where no rule can say one, all asks. */
  denyRegexes(capability: string, key: string): void {
    const patterns = (this.list(key) ?? []).map(plainPattern);
    this.add({ capability, effect: 'deny', match: patterns.flatMap((pattern) => pattern ?? []) });
    if (!patterns.includes(undefined)) return;
    this.add({ capability, effect: 'ask', match: ALL });
    this.#say(NOT_PLAIN, key);
  }
}

const ALL = ['**'];

const READERS: Readonly<
  Record<'shell' | 'read' | 'write' | 'web' | 'subagent', (settings: Settings) => void>
> = {
  shell(settings) {
    settings.denyRegexes('shell', 'deniedCommands');
    const allowed = settings.list('allowedCommands');
    const exclude = (allowed ?? []).flatMap((pattern) => plainPattern(pattern) ?? []);
    if (settings.isOn('denyByDefault'))
      settings.add({ capability: 'shell', effect: 'deny', match: ALL, exclude });
    else if (allowed) settings.add({ capability: 'shell', effect: 'ask', match: ALL, exclude });
  },
  read(settings) {
    settings.add({ capability: 'fs_read', effect: 'deny', match: settings.list('deniedPaths') ?? [] });
  },
  write(settings) {
    settings.add({ capability: 'fs_write', effect: 'deny', match: settings.list('deniedPaths') ?? [] });
    const exclude = settings.list('allowedPaths');
    if (exclude) settings.add({ capability: 'fs_write', effect: 'ask', match: ALL, exclude });
  },
  web: (settings) => settings.denyRegexes('web_fetch', 'blocked'),
  subagent(settings) {
    const exclude = settings.list('availableAgents');
    if (exclude) settings.add({ capability: 'subagent', effect: 'deny', match: ALL, exclude });
  },
};

const NOT_PLAIN =
  'A pattern here is a regular expression that no rule can say, so each call asks. Write “permissions” instead.';

/** A regular expression of plain words and `.*` as a pattern of a rule; undefined for any other. */
function plainPattern(regex: string): string | undefined {
  const pattern = regex
    .replace(/^\^|\$$/g, '')
    .replaceAll('.*', '*')
    .replace(/\\([./-])/g, '$1');
  return /[\\^$+?()[\]{}|]/.test(pattern) ? undefined : pattern;
}
