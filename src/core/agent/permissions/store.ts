/**
 * Where rules lie: an administrator's file, the person's own, and one for each workspace of theirs, all out of any
 * repository. Read afresh each time: the person, the command line and other windows write the same files.
 */
import type { Home } from '../../home';
import type { Ports } from '../../ports';
import { errorMessage } from '../../util/errorMessage';
import { addRules } from './addRule';
import type { Rule, Scope, ScopedRule } from './model';
import { type ParsedRules, parseRules } from './parseRules';
import { isWithin, type Preset, presetRules } from './presets';

export interface StoredRules {
  readonly rules: readonly ScopedRule[];
  readonly policies: readonly Preset[];
  /** Which file cannot be read, where, and what to do. */
  readonly broken: string | undefined;
}

export interface RuleStore {
  /** All that hold in a workspace folder. */
  read(root: string): Promise<StoredRules>;
  /** Rejects with what a person can do about it. */
  add(root: string, scope: 'user' | 'workspace', rules: readonly Rule[]): Promise<void>;
}

export function createRuleStore(
  { files, log, administration }: Pick<Ports, 'files' | 'log' | 'administration'>,
  home: Home,
): RuleStore {
  const known = new Map<string, { readonly text: string; readonly parsed: ParsedRules }>();

  function parse(path: string, text: string): ParsedRules {
    const before = known.get(path);
    if (before?.text === text) return before.parsed;
    const parsed = parseRules(text);
    for (const { line, message } of parsed.problems) log.warn(`${path}, line ${line}: ${message}`);
    known.set(path, { text, parsed });
    return parsed;
  }

  async function readFile(scope: Scope, path: string): Promise<StoredRules> {
    let text: string;
    try {
      text = (await files.readText(path)) ?? '';
    } catch (error) {
      return { rules: [], policies: [], broken: `${path} cannot be read: ${errorMessage(error)}.` };
    }
    const { rules, policies: named, problems, broken } = parse(path, text);
    const most = scope === 'administration' ? undefined : administration?.policy?.autonomy;
    // Else a preset in a file of one's own would be more than an organisation allows.
    const policies = most === undefined ? named : named.filter((preset) => isWithin(preset, most));
    const all = [...rules, ...policies.flatMap(presetRules)].map((rule) => ({ ...rule, scope, file: path }));
    const [first] = problems;
    const why = broken && first ? `${path}, line ${first.line}: ${first.message}` : undefined;
    return { rules: all, policies, broken: why };
  }

  return {
    async read(root) {
      const all = await Promise.all([
        readFile('administration', home.administration),
        readFile('user', home.permissions),
        readFile('workspace', home.workspacePermissions(root)),
      ]);
      return {
        rules: all.flatMap(({ rules }) => rules),
        policies: all.flatMap(({ policies }) => policies),
        broken: all.map(({ broken }) => broken).find(Boolean),
      };
    },
    async add(root, scope, rules) {
      const path = scope === 'user' ? home.permissions : home.workspacePermissions(root);
      const text = (await files.readText(path)) ?? '';
      const added = addRules(text, rules);
      if (added === undefined)
        throw new Error(`No rule can be added to ${path}: mend it first, or allow for this session.`);
      await files.writeText(path, added);
    },
  };
}
