/** The ledger added up: by day, by spec, by model. Pure. */
import type { Usage } from '../agent/turn/model';
import { basename } from '../util/path';
import type { UsageRecord } from './ledger';

export const GROUPINGS = ['day', 'spec', 'model'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface UsageSum {
  /** A day, a spec's name, or a model; what belongs to no spec is `(no spec)`. */
  readonly name: string;
  readonly requests: number;
  readonly usage: Usage;
  /** Dollars, of the requests whose price is known. */
  readonly cost: number;
  /** How many requests nobody knows the price of. */
  readonly unpriced: number;
  /** How many answers did not come to their end: what they used is estimated. */
  readonly incomplete: number;
}

const NOTHING: Omit<UsageSum, 'name'> = {
  requests: 0,
  usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
  cost: 0,
  unpriced: 0,
  incomplete: 0,
};

/** Days latest first; all else by cost. */
export function summarize(records: readonly UsageRecord[], by: Grouping): readonly UsageSum[] {
  const sums = new Map<string, UsageSum>();
  for (const record of records) {
    const name = nameOf(record, by);
    sums.set(name, plus(sums.get(name) ?? { name, ...NOTHING }, record));
  }
  const compare = (a: UsageSum, b: UsageSum) => (by === 'day' ? (a.name < b.name ? 1 : -1) : b.cost - a.cost);
  return [...sums.values()].sort(compare);
}

export function total(records: readonly UsageRecord[]): UsageSum {
  return records.reduce(plus, { name: 'total', ...NOTHING });
}

/** `1.2 M in (80 % cached), 45 k out`. */
export function tokensInWords({
  inputTokens,
  outputTokens,
  cacheReadTokens,
  cacheWriteTokens,
}: Usage): string {
  const prompt = inputTokens + cacheReadTokens + cacheWriteTokens;
  const cached = prompt === 0 ? 0 : Math.round((100 * cacheReadTokens) / prompt);
  return `${short(prompt)} in${cached > 0 ? ` (${cached} % cached)` : ''}, ${short(outputTokens)} out`;
}

/** `$0.42`, with a `+` where some requests have no known price; `–` where none has. */
export function costInWords({ cost, requests, unpriced }: UsageSum): string {
  if (requests > 0 && unpriced === requests) return '–';
  return `$${cost.toFixed(2)}${unpriced > 0 ? '+' : ''}`;
}

/** `2 answers were cut off: what they used is estimated`; undefined where none was. */
export function incompleteInWords({ incomplete }: UsageSum): string | undefined {
  if (incomplete === 0) return undefined;
  return incomplete === 1
    ? 'one answer was cut off: what it used is estimated'
    : `${incomplete} answers were cut off: what they used is estimated`;
}

function nameOf({ day, spec, model }: UsageRecord, by: Grouping): string {
  if (by === 'day') return day;
  if (by === 'model') return model;
  return spec === undefined ? '(no spec)' : basename(spec);
}

function plus(sum: UsageSum, { usage, cost, incomplete }: UsageRecord): UsageSum {
  return {
    name: sum.name,
    requests: sum.requests + 1,
    usage: {
      inputTokens: sum.usage.inputTokens + usage.inputTokens,
      outputTokens: sum.usage.outputTokens + usage.outputTokens,
      cacheReadTokens: sum.usage.cacheReadTokens + (usage.cacheReadTokens ?? 0),
      cacheWriteTokens: sum.usage.cacheWriteTokens + (usage.cacheWriteTokens ?? 0),
    },
    cost: sum.cost + (cost ?? 0),
    unpriced: sum.unpriced + (cost === undefined ? 1 : 0),
    incomplete: sum.incomplete + (incomplete ? 1 : 0),
  };
}

function short(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  return tokens < 1_000_000 ? `${(tokens / 1000).toFixed(1)} k` : `${(tokens / 1_000_000).toFixed(1)} M`;
}
