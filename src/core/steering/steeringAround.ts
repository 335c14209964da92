/** Steering and skills as what stands around a session: some of it at once, the rest when it is needed. */
import type { Surround } from '../agent/surroundings/model';
import type { FileSystem } from '../ports';
import { attribute } from '../workflow/prompts/material';
import { type Always, alwaysOf, alwaysPrompt } from './alwaysPrompt';
import { effective, findGuidance } from './findGuidance';
import { lateGuidance } from './lateGuidance';
import { LOAD_GUIDANCE, loadGuidance } from './loadGuidance';
import type { Guidance } from './model';

export interface SteeringParts {
  readonly files: FileSystem;
  readonly kiroHome?: string | undefined;
  /** Files of a workspace folder as the agent may read them. */
  readonly reading: (root: string) => FileSystem;
}

export function steeringAround({ files, kiroHome, reading }: SteeringParts): Surround {
  return async ({ root, place, session, profile }) => {
    const telling = { files, root, kiroHome, reading: reading(root) };
    const all = (await findGuidance(telling))
      .map(({ guidance }) => guidance)
      .filter(({ power }) => power === undefined || profile?.includePowers !== false);
    const always = await alwaysOf(all, telling);
    const offered = offeredOf(all, always);
    return {
      advice: [alwaysPrompt(always), offerPrompt(offered)],
      tools: offered.length === 0 ? [] : [loadGuidance(offered, telling)],
      events: [lateGuidance({ ...telling, place, all, state: () => session.state })],
    };
  };
}

/** What a model may choose: by its description, or since it did not fit. */
function offeredOf(all: readonly Guidance[], { leftOut }: Always): readonly Guidance[] {
  const chosen = effective(all).filter(
    ({ inclusion, description, body }) => inclusion === 'auto' && description !== undefined && body !== '',
  );
  return [...chosen, ...leftOut.map(({ guidance }) => guidance)];
}

const MOST_OFFERED = 100;
const LONGEST = 1024;

function offerPrompt(offered: readonly Guidance[]): string {
  if (offered.length === 0) return '';
  const lines = offered
    .slice(0, MOST_OFFERED)
    .map(
      ({ name, alias = name, description }) =>
        `- ${oneLine(alias)}: ${oneLine(description ?? 'always included, but left out for its size')}`,
    );
  const more = offered.length - MOST_OFFERED;
  return [
    '# Guidance to load',
    `Before you begin something that one of these is about, load it with ${LOAD_GUIDANCE}, once.`,
    ...lines,
    ...(more > 0 ? [`[${more} more are left out]`] : []),
  ].join('\n');
}

function oneLine(text: string): string {
  return attribute(text).slice(0, LONGEST);
}
