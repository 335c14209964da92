/** What proves a task, or why nothing does, in a few lines of Markdown. */

import type { TaskClaim } from '../tasks/evidence/claims';
import type { Evidence } from '../tasks/evidence/model';
import type { TaskEvidence } from '../tasks/evidence/records';

const MOST = 5;
/** Characters of what another agent says. */
const LONGEST = 500;
const VERDICTS: Readonly<Record<Evidence['verdict'], string>> = {
  proved: '**proved**',
  unproven: '**not proved**',
  refuted: '**not done**',
};

/** @param plain other people's words as plain text */
export function describeEvidence({ evidence, stale }: TaskEvidence, plain: (text: string) => string): string {
  const { verdict, reasons, criteria, nothingToChange, despite, at } = evidence;
  const head = [VERDICTS[verdict], checksOf(evidence), filesOf(evidence), plain(at.slice(0, 10))];
  return [
    head.filter((part) => part !== '').join(' · '),
    ...(stale ? ['*found when the task said something else*'] : []),
    ...(nothingToChange === undefined
      ? []
      : [`nothing had to be changed, as the agent says: ${plain(nothingToChange)}`]),
    list([...reasons, ...(despite === undefined ? [] : [despite])].map(plain)),
    list(
      criteria.map(({ id, status, tests, why }) =>
        status === 'proved'
          ? `**${plain(id)}** proved by ${plain(tests.slice(0, 2).join(', '))}`
          : `**${plain(id)}** unproven. ${plain(why ?? '')}`.trimEnd(),
      ),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** @param plain other people's words as plain text */
export function describeClaim({ by, at, summary }: TaskClaim, plain: (text: string) => string): string {
  const short = summary.length > LONGEST ? `${summary.slice(0, LONGEST)}…` : summary;
  return `${plain(by)} says that it is done · **not checked** · ${plain(at.slice(0, 10))}\n\n${plain(short)}`;
}

function checksOf({ checks }: Evidence): string {
  const passed = checks.filter(({ verdict }) => verdict === 'passed');
  const tests = passed.reduce((sum, { after }) => sum + (after.tests?.passed ?? 0), 0);
  if (checks.length === 0) return 'no check';
  const count = `${passed.length} of ${counted(checks.length, 'check')} passed`;
  return tests === 0 ? count : `${count}, ${counted(tests, 'test')}`;
}

function filesOf({ files }: Evidence): string {
  const sum = (key: 'added' | 'removed') => files.reduce((all, file) => all + file[key], 0);
  return files.length === 0 ? '' : `${counted(files.length, 'file')}, +${sum('added')} −${sum('removed')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function list(lines: readonly string[]): string {
  const more = lines.length - MOST;
  return [...lines.slice(0, MOST), ...(more > 0 ? [`… ${more} more`] : [])]
    .map((line) => `- ${line}`)
    .join('\n');
}
