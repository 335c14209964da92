/** What the agent is told when its work is not proved: what failed and why, never that it is nearly there. */
import type { CheckResult, Evidence } from '../evidence/model';

/** Characters of a check's output. */
const LONGEST = 6000;

export function feedbackOf({ reasons, checks }: Pick<Evidence, 'reasons' | 'checks'>): string {
  const bad = checks.filter(({ verdict }) => verdict !== 'passed' && verdict !== 'noWorse');
  return [
    'The task is not done yet. This is what was found when it was checked:',
    reasons.map((reason) => `- ${reason}`).join('\n'),
    ...bad.map(({ command, after }) => outputOf(command, after)),
    'Mend the work, not the check: do not weaken, skip or remove tests. If it cannot be done as specified, say why and stop.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function outputOf(command: string, { tail }: CheckResult): string {
  const text = tail.trim();
  return text === '' ? '' : `The end of what \`${command}\` printed:\n\n${fenced(text.slice(-LONGEST))}`;
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** Before the first words of a try that a person asked for. */
export function hintOf(hint: string | undefined, reasons: readonly string[]): string {
  return [
    reasons.length === 0
      ? ''
      : `It was tried before, and was not done:\n${reasons.map((reason) => `- ${reason}`).join('\n')}\nThe workspace is as that try left it.`,
    hint === undefined || hint.trim() === '' ? '' : `What the person adds: ${hint.trim()}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
