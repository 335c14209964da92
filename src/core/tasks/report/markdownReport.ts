/** A report of a run as Markdown, for a pull request: nothing in a task's words becomes mark-up of the page. */
import type { Evidence } from '../evidence/model';
import {
  type CheckRow,
  checkTable,
  type DoneRow,
  doneTable,
  failingOutput,
  type ReportedTask,
  type ReportTable,
  type RunReport,
} from './runReport';
import { SUSPICION_WORDS } from './taskWords';

export function markdownReport(report: RunReport): string {
  const { title, summary, facts, fewer, reopened, done, left, proved, unproven, files, next } = report;
  const tried = [...left, ...done].filter(({ evidence }) => evidence !== undefined);
  return [
    `## ${cell(title)}`,
    '',
    `**${cell(summary)}**  `,
    cell(facts.join(' · ')),
    ...(fewer === undefined ? [] : ['', cell(fewer)]),
    ...[next, reopened].flatMap((words) => (words === undefined ? [] : ['', `> ${cell(words)}`])),
    ...(left.length === 0 ? [] : ['', '### What is left', '', ...left.map(leftLine)]),
    ...(done.length === 0 ? [] : ['', '### What was done', '', ...table(doneTable(done), doneRow, 2)]),
    ...(proved.length + unproven.length === 0
      ? []
      : ['', '### Criteria', '', ...criteriaLines(proved, unproven)]),
    ...(tried.length === 0 ? [] : ['', '### Evidence', '', ...tried.flatMap(evidenceOf)]),
    ...(files.length === 0
      ? []
      : folded(
          `Files (${files.length})`,
          files.map((path) => `- ${code(path)}`),
        )),
    '',
  ].join('\n');
}

/** One task alone, for somebody who asks for its evidence. */
export function markdownEvidence(task: ReportedTask): string {
  const lines = task.evidence === undefined ? ['Nothing has been tried yet.'] : evidenceLines(task.evidence);
  return [`## ${cell(task.name)}: ${task.word}`, '', cell(task.why), '', ...lines, ''].join('\n');
}

function leftLine({ name, word, why }: ReportedTask): string {
  return `- [ ] **${cell(name)}**: ${word}. ${cell(why)}`;
}

/** @param words How many columns are words: the others are figures */
function table<Row>(
  { heads, rows }: ReportTable<Row>,
  row: (of: Row) => string,
  words: number,
): readonly string[] {
  if (rows.length === 0) return [];
  const rule = heads.map((_, column) => (column < words ? '---' : '---:'));
  return [`| ${heads.join(' | ')} |`, `|${rule.join('|')}|`, ...rows.map(row)];
}

function doneRow({ name, proof, files, time, cost }: DoneRow): string {
  return `| ✔ ${cell(name)} | ${proof.map(cell).join('<br>')} | ${files} | ${time} | ${cell(cost)} |`;
}

function checkRow({ command, before, after, verdict }: CheckRow): string {
  return `| ${code(command)} | ${cell(before)} | ${cell(after)} | ${verdict} |`;
}

function criteriaLines(proved: readonly string[], unproven: readonly string[]): readonly string[] {
  return [
    ...(proved.length > 0 ? [`- Proved by a test that ran: ${proved.map(cell).join(', ')}`] : []),
    ...(unproven.length > 0 ? [`- **Unproven**: ${unproven.map(cell).join(', ')}`] : []),
  ];
}

function evidenceOf({ name, word, evidence }: ReportedTask): readonly string[] {
  return evidence === undefined ? [] : folded(`${name}: ${word}`, evidenceLines(evidence));
}

function folded(summary: string, lines: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${escaped(summary)}</summary>`, '', ...lines, '', '</details>', ''];
}

function evidenceLines(evidence: Evidence): readonly string[] {
  const { reasons, suspicions, review, files, nothingToChange, despite } = evidence;
  const checks = table(checkTable(evidence), checkRow, 4);
  const tail = failingOutput(evidence);
  return [
    ...reasons.map((reason) => `- ${cell(reason)}`),
    ...(nothingToChange === undefined
      ? []
      : [`- The agent says that nothing had to change: ${cell(nothingToChange)}`]),
    ...(despite === undefined ? [] : [`- ${cell(despite)}`]),
    ...suspicions.map(({ kind, detail }) => `- ⚠ ${SUSPICION_WORDS[kind]}: ${cell(detail)}`),
    ...(checks.length === 0 ? [] : ['', ...checks]),
    ...(tail === '' ? [] : ['', ...fenced(tail)]),
    ...(review === undefined || review.length === 0
      ? []
      : [
          '',
          ...review.map(
            ({ id, met, why, places }) =>
              `- ${met ? '✔' : '✖'} ${cell([`${id}: ${why}`, ...places].join(' '))}`,
          ),
        ]),
    ...(files.length === 0
      ? []
      : [
          '',
          ...files.map(
            ({ path, added, removed, outside }) =>
              `- ${code(path)} +${added} −${removed}${outside ? ', outside the boundary' : ''}`,
          ),
        ]),
  ];
}

/** A fence that nothing inside can close. */
function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, text, fence];
}

function code(text: string): string {
  const inner = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return inner.includes('`') ? `\`\` ${inner} \`\`` : `\`${inner}\``;
}

function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~@!]/g, '\\$&').replace(/\s+/g, ' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
