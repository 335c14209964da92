/** `usage` for people: one line a sum, aligned. */
import { costInWords, incompleteInWords, tokensInWords, type UsageSum } from '../core/usage/summary';
import { oneLine, widthOf } from './printable';

export function usageTable(sums: readonly UsageSum[]): string {
  const rows = sums.map((sum) => [
    oneLine(sum.name),
    costInWords(sum),
    `${sum.requests} req.`,
    [tokensInWords(sum.usage), incompleteInWords(sum)].filter((words) => words !== undefined).join('; '),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows
    .map((row) =>
      row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)))),
    )
    .map((row) => row.join('   ').trimEnd())
    .join('\n');
}
