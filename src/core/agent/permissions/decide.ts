/** Rules over a call. Deny before ask before allow; what no rule matches asks. */
import type { Call, Effect, Need, Rule, Ruleset, ScopedRule } from './model';
import { EFFECTS, SCOPES } from './model';
import { matchCommand, matchPath } from './patterns';
import { ANY_READ } from './reach';

export interface NeedVerdict {
  readonly need: Need;
  readonly effect: Effect;
  /** The rule that said so; undefined: none matches. */
  readonly rule: ScopedRule | undefined;
}

export interface Verdict {
  readonly effect: Effect;
  /** Of each need, in the order of the call; then of what it mentions or may touch, where a rule forbids that. */
  readonly needs: readonly NeedVerdict[];
  /** Why no rule can allow it. */
  readonly onceOnly: string | undefined;
}

export function decide({ rules, trusting, broken }: Ruleset, call: Call): Verdict {
  const needs = call.needs.map((need) => decideNeed(rules, need));
  const particular = rules.filter((rule) => rule.effect === 'allow' || !applies(rule, ANY_READ));
  const mentions = call.mentions.map((need) => decideNeed(need.absent ? particular : rules, need));
  const unnamed = call.unnamed.map((need) => decideUnnamed(rules, need));
  const forbidden = [...mentions, ...unnamed].filter(({ effect, rule }) => rule && effect !== 'allow');
  const all = [...needs, ...forbidden];
  const asking = all.find(({ effect, rule }) => rule && effect === 'ask');
  const onceOnly =
    call.guarded ??
    broken ??
    (trusting ? undefined : call.unclear) ??
    (asking && `A rule asks: ${asking.rule?.match.join(', ')}.`);
  const effects = all.map(({ effect }) => effect);
  // Nothing to judge is nothing that was understood.
  if (onceOnly !== undefined || call.needs.length === 0) effects.push('ask');
  return { effect: strictest(effects), needs: all, onceOnly };
}

export function decideNeed(rules: readonly ScopedRule[], need: Need): NeedVerdict {
  for (const effect of EFFECTS) {
    const hits = rules.filter((rule) => rule.effect === effect && applies(rule, need));
    const rule = SCOPES.flatMap((scope) => hits.filter((hit) => hit.scope === scope))[0];
    if (rule) return { need, effect, rule };
  }
  return { need, effect: 'ask', rule: undefined };
}

/** What denies all but some files does not know whether these are among them: a person can. */
function decideUnnamed(rules: readonly ScopedRule[], need: Need): NeedVerdict {
  const whole = decideNeed(
    rules.filter(({ exclude }) => exclude.length === 0),
    need,
  );
  if (whole.effect === 'deny') return whole;
  const verdict = decideNeed(rules, need);
  return verdict.effect === 'deny' ? { ...verdict, effect: 'ask' } : verdict;
}

export function strictest(effects: readonly Effect[]): Effect {
  return EFFECTS.find((effect) => effects.includes(effect)) ?? 'allow';
}

/** What allows must match as it stands, and no spelling may be excluded; what forbids holds unless exactly it is excluded. */
export function applies(rule: Rule, need: Need): boolean {
  if (!covers(rule.capability, need.capability)) return false;
  const names = [need.text, ...need.same];
  const isPath = need.capability === 'fs_read' || need.capability === 'fs_write';
  const matches = isPath ? matchPath : matchCommand;
  const hits = (patterns: readonly string[], text: string, loose: boolean) =>
    patterns.some((pattern) => matches(pattern, text, loose));
  if (rule.effect === 'allow')
    return (
      hits(rule.match, need.text, false) &&
      ![...names, ...need.alike].some((text) => hits(rule.exclude, text, true))
    );
  const isHit = (text: string) => hits(rule.match, text, true);
  const isExcluded = (text: string) => hits(rule.exclude, text, false);
  // A host's name may stand anywhere in the address of another one.
  const isLeftOut = isPath ? names.some(isExcluded) : isExcluded(need.text);
  return (!isLeftOut && names.some(isHit)) || need.alike.some((text) => isHit(text) && !isExcluded(text));
}

function covers(rule: string, capability: Need['capability']): boolean {
  if (rule === capability || rule === 'all' || rule === 'builtin') return true;
  return rule === 'filesystem' && capability.startsWith('fs_');
}
