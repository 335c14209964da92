/** What the documents' readers find by themselves. */
import type { Level, ReaderRule } from '../../rule';

function structural(
  id: string,
  code: string,
  level: Level,
  title: string,
  why: string,
  bad: string,
  good: string,
): ReaderRule {
  const levels = { recommended: level, 'incose-full': level };
  return { scope: 'reader', id, code, title, levels, why, bad, good, source: "Kiro's documents" };
}

export const readerRules: readonly ReaderRule[] = [
  structural('no-requirements', 'D01', 'warning', 'Document without a requirement', '', '', ''),
  structural('empty-criteria', 'D02', 'warning', 'Requirement without a criterion', '', '', ''),
  structural('duplicate-requirement', 'D03', 'warning', 'Requirement number used twice', '', '', ''),
  structural('requirement-numbering', 'D04', 'hint', 'Requirement number left out', '', '', ''),
  structural('duplicate-criterion', 'E120', 'warning', 'Criterion number used twice', '', '', ''),
  structural('criterion-numbering', 'E120', 'hint', 'Criterion numbered out of order', '', '', ''),
  structural('duplicate-property', 'D05', 'warning', 'Property number used twice', '', '', ''),
  structural('no-tasks', 'D06', 'warning', 'Task list without a task', '', '', ''),
  structural('duplicate-task-id', 'D07', 'warning', 'Task number used twice', '', '', ''),
  structural('unreadable-task-state', 'D08', 'warning', 'Checkbox that is none', '', '', ''),
  structural('reference-range', 'D09', 'warning', 'Range across requirements', '', '', ''),
  structural('malformed-config', 'D10', 'error', '.config.kiro that is no JSON', '', '', ''),
];
