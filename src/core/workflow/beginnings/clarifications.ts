/** The person's answers to the questions before a draft, kept in the document that was made from them. */

import type { DocumentKind } from '../../spec/model';
import { parseDocument } from '../../spec/parseDocument';
import type { Answered } from './start';

const TITLE = 'Clarifications';

/** The document with a section of them after its first one; as it is where the model wrote such a section itself. */
export function withClarifications(kind: DocumentKind, text: string, answers: readonly Answered[]): string {
  if (answers.length === 0) return text;
  const sections = parseDocument(kind, text).sections.filter(({ level }) => level === 2);
  if (sections.some(({ title }) => title === TITLE)) return text;
  const at = sections[1]?.range.start ?? text.length;
  const lines = answers.map(({ question, answer }) => `- Q: ${oneLine(question)} → A: ${oneLine(answer)}`);
  const before = text.slice(0, at).trimEnd();
  const after = text.slice(at);
  return `${before}\n\n## ${TITLE}\n\n${lines.join('\n')}\n${after === '' ? '' : `\n${after}`}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
