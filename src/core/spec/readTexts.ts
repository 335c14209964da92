import type { SpecDocuments } from './model';
import { parseDesign } from './parseDesign';
import { parseRequirements } from './requirements/parseRequirements';
import { parseTasks } from './tasks/parseTasks';

/** The texts of a spec's documents; those that are missing left out. */
export interface SpecTexts {
  readonly requirements?: string;
  readonly bugfix?: string;
  readonly design?: string;
  readonly tasks?: string;
}

/** Reads all documents of a spec at once. requirements.md counts where a spec has bugfix.md, too. */
export function readTexts({ requirements, bugfix, design, tasks }: SpecTexts): SpecDocuments {
  const documents: { -readonly [K in keyof SpecDocuments]: SpecDocuments[K] } = {};
  if (requirements !== undefined) documents.requirements = parseRequirements(requirements);
  else if (bugfix !== undefined) documents.requirements = parseRequirements(bugfix, 'bugfix');
  if (design !== undefined) documents.design = parseDesign(design);
  if (tasks !== undefined) documents.tasks = parseTasks(tasks);
  return documents;
}
