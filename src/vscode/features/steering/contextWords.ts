/** Why a document is or is not in the context, for a person who asks. Pure. */
import type { ContextEntry } from '../../../core/steering/context';
import { isTold } from '../../../core/steering/guidance';

export interface ContextAbout {
  /** Relative to the workspace folder. */
  readonly file: string | undefined;
  /** Its title. */
  readonly session: string | undefined;
}

const MEANING: Readonly<Record<ContextEntry['state'], string>> = {
  in: 'The agent is told it.',
  file: 'The agent is told it as soon as it turns to this file.',
  offered: 'The agent is told its description alone, and loads the rest when that fits.',
  asked: 'The agent is told it when a message names it.',
  out: 'The agent is not told it as things stand.',
};

export function contextTitle({ guidance, state }: ContextEntry, { file }: ContextAbout): string {
  if (state === 'in') return `${guidance.label} is in the context.`;
  if (state === 'file') return `${guidance.label} is in the context for ${file ?? 'this file'}.`;
  return `${guidance.label} is not in the context.`;
}

export function contextDetail(entry: ContextEntry, { file, session }: ContextAbout): string {
  const { guidance, state, why, tokens } = entry;
  const places = [
    file === undefined ? 'No file of the workspace is open' : `For ${file}`,
    session === undefined ? 'in a new session' : `in the session “${session}”`,
  ];
  const lines = [
    why === `#steering:${guidance.name}` ? MEANING[state] : `${MEANING[state]} Why: ${why}.`,
    `${places.join(', ')}.`,
    isTold(entry) ? `It takes about ${tokens} tokens.` : `It would take about ${tokens} tokens.`,
    ...(callable(entry) ? [`Call it in a message: /${guidance.name} or #steering:${guidance.name}`] : []),
  ];
  return lines.join('\n\n');
}

function callable({ guidance, state }: ContextEntry): boolean {
  return guidance.kind !== 'agents' && guidance.inclusion !== undefined && state !== 'in';
}

/** Below a row that names the file, which need not be said again. */
export function whyHere({ why }: Pick<ContextEntry, 'why'>, { file }: ContextAbout): string {
  return file !== undefined && why.startsWith(`${file} matches `) ? why.slice(file.length + 1) : why;
}

export function tokenWords(count: number): string {
  return count < 1000 ? `${count} tokens` : `${(count / 1000).toFixed(1)}k tokens`;
}
