/**
 * `permissions.yaml` → rules, and what is wrong with it. Lenient towards what adds a fence, strict towards what
 * takes one away: a rule that allows counts only when all of it was understood.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { TextRange } from '../../util/textRange';
import { CAPABILITIES, EFFECTS, type Effect, type Rule } from './model';
import { PRESETS, type Preset, presetNamed } from './presets';

export interface RuleProblem {
  /** From 1. */
  readonly line: number;
  /** Of the words that are wrong, in the text as it was given. */
  readonly range: TextRange;
  /** What is wrong, and what to do. */
  readonly message: string;
}

export interface ParsedRules {
  readonly rules: readonly Rule[];
  readonly policies: readonly Preset[];
  readonly problems: readonly RuleProblem[];
  /** Not even a list of rules could be read: what it might deny is not known. */
  readonly broken: boolean;
}

const KEYS = new Set(['capability', 'match', 'exclude', 'effect']);

export function parseRules(text: string): ParsedRules {
  const lines = new LineCounter();
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const plain = text.slice(mark);
  const document = parseDocument(plain, { lineCounter: lines });
  const reader = new RuleReader(({ start, end }) => ({
    line: lines.linePos(start).line || 1,
    range: { start: start + mark, end: end + mark },
  }));
  const [error] = document.errors;
  if (error) {
    reader.say(
      { start: error.pos[0], end: Math.max(error.pos[1], error.pos[0]) },
      `This is not YAML: ${firstLine(error.message)} Mend it; until then everything asks.`,
    );
    return { ...reader.result, broken: true };
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return reader.result;
  if (!isMap(contents)) {
    reader.say(
      { start: 0, end: plain.trimEnd().length },
      'Expected “rules:” with a list. Until then everything asks.',
    );
    return { ...reader.result, broken: true };
  }
  reader.policiesOf(contents.get('policies', true));
  return { ...reader.result, broken: !reader.rulesOf(contents.get('rules', true)) };
}

class RuleReader {
  readonly #rules: Rule[] = [];
  readonly #policies: Preset[] = [];
  readonly #problems: RuleProblem[] = [];
  readonly #place: (range: TextRange) => Pick<RuleProblem, 'line' | 'range'>;

  constructor(place: (range: TextRange) => Pick<RuleProblem, 'line' | 'range'>) {
    this.#place = place;
  }

  get result(): ParsedRules {
    return { rules: this.#rules, policies: this.#policies, problems: this.#problems, broken: false };
  }

  say(at: TextRange, message: string): void {
    this.#problems.push({ ...this.#place(at), message });
  }

  policiesOf(node: unknown): void {
    for (const { value, at } of this.#texts(node) ?? []) {
      const preset = presetNamed(value);
      if (preset) this.#policies.push(preset);
      else this.say(at, `There is no policy “${value}”. Use ${PRESETS.join(', ')}.`);
    }
  }

  /** False where there is something that is no list. */
  rulesOf(node: unknown): boolean {
    if (node === undefined || (isScalar(node) && node.value === null)) return true;
    if (!isSeq(node)) {
      this.say(
        rangeOf(node),
        '“rules” is no list: begin each rule with “- capability:”. Until then everything asks.',
      );
      return false;
    }
    for (const item of node.items) {
      if (isMap(item)) this.#ruleOf(item);
      else this.say(rangeOf(item), 'A rule has “capability”, “match” and “effect”. This one is left out.');
    }
    return true;
  }

  #ruleOf(map: YAMLMap): void {
    const at = rangeOf(map.items[0]?.key ?? map);
    const capability = textOf(map.get('capability', true));
    const effect = this.#effectOf(map);
    const match = this.#texts(map.get('match', true));
    const exclude = this.#texts(map.get('exclude', true));
    const strange = map.items.map(({ key }) => textOf(key) ?? '?').find((key) => !KEYS.has(key));
    const known = CAPABILITIES.some((name) => name === capability);
    if (capability === undefined) {
      this.say(at, 'A rule needs a “capability”, such as shell or fs_write. This one is left out.');
      return;
    }
    if (!known) this.say(at, `No capability is called “${capability}”, so this rule matches nothing.`);
    if (effect === 'allow') {
      const why =
        (strange !== undefined && `“${strange}” is no part of a rule`) ||
        (!match?.length && 'it does not say what (“match”)') ||
        (exclude === undefined && map.has('exclude') && '“exclude” is no list of patterns');
      if (why) {
        this.say(at, `This rule allows nothing: ${why}. Mend it; until then it is left out.`);
        return;
      }
    } else if (strange !== undefined) {
      this.say(at, `“${strange}” is no part of a rule; the rest of it holds.`);
    }
    this.#rules.push({
      capability,
      effect,
      match: match?.map(({ value }) => value) ?? ['**'],
      exclude: exclude?.map(({ value }) => value) ?? [],
    });
  }

  #effectOf(map: YAMLMap): Effect {
    const node = map.get('effect', true);
    const text = textOf(node);
    const effect = EFFECTS.find((known) => known === text);
    if (effect) return effect;
    this.say(
      rangeOf(node ?? map.items[0]?.key),
      `“effect” is deny, ask or allow. This rule asks until that is mended.`,
    );
    return 'ask';
  }

  /** A list of texts, or one; undefined for anything else. */
  #texts(node: unknown): readonly { readonly value: string; readonly at: TextRange }[] | undefined {
    if (node === undefined) return undefined;
    const items = isSeq(node) ? node.items : [node];
    const texts = items.flatMap((item) => {
      const value = textOf(item);
      return value === undefined || value === '' ? [] : [{ value, at: rangeOf(item) }];
    });
    if (texts.length === items.length) return texts;
    this.say(rangeOf(node), 'Expected patterns in quotes, such as ["npm test *"].');
    return undefined;
  }
}

function textOf(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

function rangeOf(node: unknown): TextRange {
  const [start, end] = (node as Node | undefined | null)?.range ?? [0, 0];
  return { start, end };
}

function firstLine(message: string): string {
  return `${
    message
      .split('\n')[0]
      ?.replace(/ at line .*$/, '')
      .replace(/:$/, '') ?? ''
  }.`;
}
