/** What is in the context for a file and a session, and why. */
import { alwaysOf, type Telling, tell } from './alwaysPrompt';
import { replacing } from './findGuidance';
import { guidanceFor, labelsOf } from './lateGuidance';
import type { Guidance } from './model';

export interface ContextEntry {
  readonly guidance: Guidance;
  /**
   * `in`: it is told. `file`: as soon as the agent turns to the file. `offered`: its description is told, and the model may load
   * it. `asked`: when a person names it. `out`: not at all.
   */
  readonly state: 'in' | 'file' | 'offered' | 'asked' | 'out';
  /** Why, in a few words. */
  readonly why: string;
  /** Estimated, with the files in it: of what is told now, or would be. */
  readonly tokens: number;
}

const AT_TOP = 'AGENTS.md of the folder';

type Standing = Pick<ContextEntry, 'state' | 'why'>;

export interface ContextOrder {
  /** Relative to the workspace folder. */
  readonly file?: string | undefined;
  /** What a session was given until now. */
  readonly given?: ReadonlySet<string> | undefined;
}

export async function contextOf(
  all: readonly Guidance[],
  { file, given = new Set() }: ContextOrder,
  telling: Telling,
): Promise<readonly ContextEntry[]> {
  const always = await alwaysOf(all, telling);
  const told = new Set(always.told.map(({ guidance }) => guidance));
  const late = new Map(
    (file === undefined ? [] : await guidanceFor(all, [file], telling)).map(({ guidance, why }) => [
      guidance.label,
      why,
    ]),
  );
  const tooLarge = new Set(always.leftOut.map(({ guidance }) => guidance));
  const inSession = labelsOf(given, all);

  function stateOf(guidance: Guidance): Standing {
    const { label, kind } = guidance;
    const out = leftOut(guidance, replacing(all, guidance));
    if (out !== undefined) return { state: 'out', why: out };
    if (told.has(guidance)) return { state: 'in', why: kind === 'agents' ? AT_TOP : 'always' };
    if (inSession.has(label)) return { state: 'in', why: 'came into the session' };
    if (tooLarge.has(guidance))
      return { state: 'offered', why: 'too large beside the others; loaded on demand' };
    const why = late.get(label);
    return why === undefined ? waitingOf(guidance) : { state: 'file', why };
  }

  const entries = await Promise.all(
    all.map(async (guidance) => ({
      guidance,
      ...stateOf(guidance),
      tokens: (await tell(guidance, telling)).tokens,
    })),
  );
  return entries;
}

/** Why it is never told as things stand. */
function leftOut({ inclusion, body }: Guidance, other: Guidance | undefined): string | undefined {
  if (inclusion === undefined) return 'cannot be read: see its problems';
  if (other) return `${other.label} takes its place`;
  return body === '' ? 'it is empty' : undefined;
}

function waitingOf({ inclusion, below, patterns, name, description }: Guidance): Standing {
  if (below !== undefined) return { state: 'out', why: `for files in ${below}` };
  if (inclusion === 'fileMatch')
    return {
      state: 'out',
      why: patterns.length === 0 ? 'it has no pattern' : `for files like ${patterns.join(', ')}`,
    };
  if (inclusion === 'auto')
    return description === undefined
      ? { state: 'asked', why: `#steering:${name}; it has no description` }
      : { state: 'offered', why: 'offered by its description' };
  return { state: 'asked', why: `#steering:${name}` };
}
