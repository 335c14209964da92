import type { DocumentKind, SpecDocument } from './model';
import { parseDesign } from './parseDesign';
import { parseRequirements } from './requirements/parseRequirements';
import { parseTasks } from './tasks/parseTasks';

/** Reads a spec document of any kind. Never throws; what cannot be read is a finding of the document. */
export function parseDocument(kind: DocumentKind, text: string): SpecDocument {
  if (kind === 'design') return parseDesign(text);
  if (kind === 'tasks') return parseTasks(text);
  return parseRequirements(text, kind);
}
