/** The request for a revision: of the whole document, or of the parts that the person's words are about. */
import { shapeOf } from './documentShapes';
import { context, DATA, type DraftMaterial, ONLY, type Prompt } from './draftPrompt';
import { documentMaterial, paragraphs, tagged } from './material';

const TASK = 'Change what the request asks for and nothing else; keep numbers and wording of the rest.';

export function revisePrompt(material: DraftMaterial, current: string, request: string): Prompt {
  const { kind, shape } = material;
  return {
    system: paragraphs(
      `Role: revise ${kind}`,
      `You revise one document of a specification. ${TASK}`,
      ONLY,
      DATA,
      shapeOf(kind, shape),
    ),
    user: paragraphs(
      ...context(material),
      documentMaterial({ name: 'current', text: current }),
      `The request: ${request}`,
    ),
  };
}

/** A piece of a document that is rewritten by itself. */
export interface NamedPart {
  readonly name: string;
  readonly text: string;
}

/** What the model says when the parts are not enough. */
export const WHOLE = 'NEEDS THE WHOLE DOCUMENT';

export function revisePartsPrompt(
  material: DraftMaterial,
  parts: readonly NamedPart[],
  outline: readonly string[],
  request: string,
): Prompt {
  const { kind, shape } = material;
  return {
    system: paragraphs(
      `Role: revise parts of ${kind}`,
      `You revise parts of one document of a specification. ${TASK}`,
      `Answer with each part that changes, whole and between the same tags: <part name="…"> and </part>. Parts that stay as they are need not be repeated. What is new goes into the part where it belongs.
Where the request can only be met by changing other parts, answer with this line alone: ${WHOLE}`,
      DATA,
      `The whole document was asked for in these words:\n\n${shapeOf(kind, shape)}`,
    ),
    user: paragraphs(
      ...context(material),
      outline.length === 0 ? '' : tagged('outline', outline.join('\n'), 'the rest of the document'),
      ...parts.map(({ name, text }) => tagged('part', text, name)),
      `The request: ${request}`,
    ),
  };
}

/** Goes on after `WHOLE`. */
export function wholeAfterAll(current: string): string {
  return paragraphs(documentMaterial({ name: 'current', text: current }), `Here it is. ${ONLY}`);
}
