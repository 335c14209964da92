/** The part of a prompt that carries what is always included, within its budget. */
import { tokensOf } from '../agent/turn/compaction';
import type { FileSystem } from '../ports';
import { paragraphs, tagged } from '../workflow/prompts/material';
import { inlined } from './fileReferences';
import { effective, findGuidance, type GuidancePlaces } from './findGuidance';
import type { Guidance } from './model';

/** Tokens. What is over it is told by name, so that it can be asked for. */
export const ALWAYS_BUDGET = 40_000;

export interface Told {
  readonly guidance: Guidance;
  /** With its files in it. */
  readonly text: string;
  readonly tokens: number;
}

export interface Always {
  readonly told: readonly Told[];
  readonly leftOut: readonly Told[];
}

export interface Telling extends GuidancePlaces {
  /** Files of the workspace folder as the agent may read them; undefined: references stay as they are written. */
  readonly reading?: FileSystem | undefined;
}

export async function tell(
  guidance: Guidance,
  { root, reading }: Pick<Telling, 'root' | 'reading'>,
): Promise<Told> {
  const { path, body } = guidance;
  const text = reading ? await inlined(path, body, { reading, root }) : body;
  return { guidance, text, tokens: tokensOf(text) };
}

/** Those of the workspace before those of the home: a project knows itself best. */
export async function alwaysOf(all: readonly Guidance[], telling: Telling): Promise<Always> {
  const wanted = effective(all).filter(
    ({ inclusion, below, body }) => inclusion === 'always' && below === undefined && body !== '',
  );
  const texts = await Promise.all(wanted.map((each) => tell(each, telling)));
  const told: Told[] = [];
  const leftOut: Told[] = [];
  let left = ALWAYS_BUDGET;
  for (const each of texts) {
    if (each.tokens > left) leftOut.push(each);
    else {
      left -= each.tokens;
      told.push(each);
    }
  }
  return { told, leftOut };
}

/** Empty when there is nothing. */
export function alwaysPrompt({ told, leftOut }: Always): string {
  if (told.length + leftOut.length === 0) return '';
  return paragraphs(
    '# Steering',
    ...told.map(({ guidance, text }) => tagged('document', text, guidance.label)),
    leftOut.length === 0
      ? ''
      : `[Left out, since these documents are more than ${ALWAYS_BUDGET} tokens together: ${leftOut.map(({ guidance }) => guidance.label).join(', ')}]`,
  );
}

/** As a request without tools has it. */
export async function alwaysText(telling: Telling): Promise<string> {
  const all = await findGuidance(telling);
  return alwaysPrompt(
    await alwaysOf(
      all.map(({ guidance }) => guidance),
      telling,
    ),
  );
}
