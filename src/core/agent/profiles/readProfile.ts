/** An agent's file → profile, and what is wrong with it. Pure; unknown keys are nobody's business. */

import { parseAgentHooks } from '../../hooks/agentHooks';
import { nearest } from '../../lint/nearest';
import type { TextRange } from '../../util/textRange';
import type { Rule } from '../permissions/model';
import { parseRules } from '../permissions/parseRules';
import type { AgentProfile } from './model';
import { rulesOfSettings } from './olderKeys';
import {
  alone,
  isObject,
  lineAt,
  type Path,
  type ProfileSource,
  readSource,
  type Unreadable,
} from './profileSource';
import { isKnownTag } from './toolTags';

export interface ProfileProblem {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly range: TextRange;
  /** An error keeps the agent from being used. */
  readonly severity: 'error' | 'warning';
  /** What is wrong, and what to do. */
  readonly message: string;
}

export interface ReadProfile {
  /** Undefined where nothing can be made of it. Its prompt may still be the name of a file, `file://…`. */
  readonly profile: AgentProfile | undefined;
  /** Where its prompt, or the name of that file, stands. */
  readonly promptAt?: Pick<ProfileProblem, 'line' | 'range'>;
  /** Where each of its resources stands. */
  readonly resourcesAt?: readonly Pick<ProfileProblem, 'line' | 'range'>[];
  readonly problems: readonly ProfileProblem[];
}

export interface ProfileFile {
  readonly path: string;
  readonly id: string;
  readonly root: string | undefined;
  readonly text: string;
}

/** Others stay as they are, but for those that are one of these with a slip. */
const KEYS = [
  'name',
  'description',
  'prompt',
  'tools',
  'excludedTools',
  'allowedTools',
  'toolsSettings',
  'toolAliases',
  'model',
  'mcpServers',
  'includeMcpJson',
  'useLegacyMcpJson',
  'includePowers',
  'resources',
  'permissions',
  'hooks',
  'welcomeMessage',
  'keyboardShortcut',
];

export function readProfile(file: ProfileFile): ReadProfile {
  const { path, id, root, text } = file;
  const problems: ProfileProblem[] = [];
  const found = readSource(path, text);
  if (isUnreadable(found)) return { profile: undefined, problems: [{ path, severity: 'error', ...found }] };
  const source: ProfileSource = found;
  const { data } = source;
  const say = (at: Path, message: string, severity: ProfileProblem['severity'] = 'warning') =>
    problems.push({ path, line: source.lineOf(at), range: source.rangeOf(at), severity, message });
  /** About the key itself, whatever it says. */
  const sayOfKey = (key: string, message: string) => {
    const range = source.keyRangeOf(key);
    problems.push({ path, line: lineAt(text, range.start), range, severity: 'warning', message });
  };

  function word(key: string): string | undefined {
    const value = data[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value.trim() === '' ? undefined : value;
    say([key], `“${key}” is no text. It is left out.`);
    return undefined;
  }
  function yes(key: string): boolean | undefined {
    const value = data[key];
    if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
    say([key], `“${key}” is true or false. It counts as false.`);
    return false;
  }
  function words(key: string): readonly string[] | undefined {
    const value = data[key];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) {
      say([key], `“${key}” is no list, such as ["read", "shell"]. It is left out.`);
      return undefined;
    }
    return value.flatMap((each: unknown, index) => {
      if (typeof each === 'string') return [each];
      if (key === 'resources' && isObject(each))
        say(
          [key, index],
          'Only files and skills are read: “file://…” and “skill://…”. This one is left out.',
        );
      else say([key, index], `“${key}” has something that is no text. It is left out.`);
      return [];
    });
  }
  function placesOfTexts(key: string) {
    const value = data[key];
    return (Array.isArray(value) ? value : []).flatMap((each: unknown, index) =>
      typeof each === 'string'
        ? [{ line: source.lineOf([key, index]), range: source.rangeOf([key, index]) }]
        : [],
    );
  }
  function tags(key: string): readonly string[] | undefined {
    const all = words(key);
    for (const [index, tag] of (all ?? []).entries()) {
      if (!isKnownTag(tag))
        say(
          [key, index],
          `No tool is called “${tag}”, so it ${key === 'excludedTools' ? 'takes' : 'gives'} nothing.`,
        );
    }
    return all;
  }
  function record(key: string): Readonly<Record<string, unknown>> {
    const value = data[key];
    if (isObject(value)) return value;
    if (value !== undefined && value !== null) say([key], `“${key}” is no object. It is left out.`);
    return {};
  }
  /** Undefined where it cannot be told what they forbid. */
  function rules(): readonly Rule[] | undefined {
    const older = rulesOfSettings(data.toolsSettings);
    for (const problem of older.problems) say(problem.path, problem.message);
    if (data.permissions === undefined || data.permissions === null) return older.rules;
    const read = parseRules(alone(text, source.rangeOf(['permissions'])));
    const severity = read.broken ? 'error' : 'warning';
    for (const { line, range, message } of read.problems)
      problems.push({ path, line, range, severity, message });
    return read.broken ? undefined : [...read.rules, ...older.rules];
  }
  /** Those of the older key are what its author meant it to have. Whether they run is for the person's rules to say. */
  function tools(): readonly string[] | undefined {
    const older = tags('allowedTools');
    const named = tags('tools');
    if (named === undefined && older !== undefined)
      sayOfKey(
        'allowedTools',
        '“allowedTools” is an older key. It has these tools, and each still asks as your rules say. Call it “tools”.',
      );
    else if (older !== undefined)
      sayOfKey(
        'allowedTools',
        '“allowedTools” is an older key and allows nothing here: your own rules do. Remove it.',
      );
    else if (named === undefined)
      say([], 'It names no tools, so it has none. Add “tools”, such as ["read"].');
    return named ?? older;
  }

  /** None of them keeps the agent from being used. */
  function hookProblems(): void {
    const isJson = path.endsWith('.json');
    const read = parseAgentHooks(root ?? '', path, data.hooks, isJson ? text : undefined);
    for (const { message, range } of read.problems) {
      const place = isJson ? range : source.rangeOf(['hooks']);
      problems.push({ path, line: lineAt(text, place.start), range: place, severity: 'warning', message });
    }
  }

  hookProblems();
  for (const [key, meant] of slipsIn(data))
    sayOfKey(key, `“${key}” means nothing here. “${meant}” was probably meant.`);
  const fences = rules();
  if (fences === undefined) {
    say(
      ['permissions'],
      'Since nobody can tell what it may not do, this agent cannot be used until that is mended.',
      'error',
    );
    return { profile: undefined, problems };
  }
  const own = word('prompt');
  return {
    promptAt: { line: source.lineOf(['prompt']), range: source.rangeOf(['prompt']) },
    resourcesAt: placesOfTexts('resources'),
    profile: {
      id,
      root,
      path,
      content: text,
      name: word('name') ?? id,
      description: word('description') ?? '',
      prompt: source.body || (own ?? ''),
      tools: tools(),
      excludedTools: tags('excludedTools') ?? [],
      model: word('model'),
      mcpServers: record('mcpServers'),
      includeMcpJson: yes('includeMcpJson') ?? yes('useLegacyMcpJson') ?? false,
      includePowers: yes('includePowers') ?? false,
      resources: words('resources') ?? [],
      rules: fences,
      hooks: data.hooks,
      welcomeMessage: word('welcomeMessage'),
    },
    problems: [...problems].sort((a, b) => a.line - b.line),
  };
}

function slipsIn(data: ProfileSource['data']): readonly (readonly [key: string, meant: string])[] {
  return Object.keys(data).flatMap((key) => {
    const meant = KEYS.includes(key) ? undefined : nearest(key, KEYS);
    return meant === undefined || data[meant] !== undefined ? [] : [[key, meant] as const];
  });
}

function isUnreadable(source: ProfileSource | Unreadable): source is Unreadable {
  return 'message' in source;
}
