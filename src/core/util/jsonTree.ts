/** JSON that a person writes, as a tree that knows its places. Comments and a comma at the end are no mistakes. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** Brackets in brackets: the parser recurses, and a file that is made for it would exhaust the stack. */
const MAX_BRACKETS = 2000;

export interface JsonTree {
  /** Undefined where it is empty or far too deep. */
  readonly root: Node | undefined;
  readonly mistake: { readonly words: string; readonly offset: number; readonly length: number } | undefined;
}

export function readJsonTree(text: string): JsonTree {
  if (text.replace(/[^[{]+/g, '').length > MAX_BRACKETS) return { root: undefined, mistake: undefined };
  const errors: ParseError[] = [];
  // A byte order mark becomes a blank, so that places stay what they are.
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
  const [first] = errors;
  return { root, mistake: first && { ...first, words: spaced(printParseErrorCode(first.error)) } };
}

export function toValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(toValue);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children }) => [
      String(children?.[0]?.value),
      children?.[1] && toValue(children[1]),
    ]),
  );
}

function spaced(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
