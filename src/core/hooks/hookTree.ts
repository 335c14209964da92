/** A hook file as a tree that knows its places, so that every problem names its own. */
import {
  findNodeAtLocation,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { z } from 'zod';
import type { HookProblem } from './model';

/** Brackets in brackets: the parser recurses, and a file that is made for it would exhaust the stack. */
const MAX_BRACKETS = 2000;

export interface HookTree {
  readonly path: string;
  readonly root: Node;
  readonly problems: HookProblem[];
  value(...at: JSONPath): unknown;
  report(at: JSONPath, severity: HookProblem['severity'], message: string): void;
}

/** The problem where it cannot be read at all. */
export function readTree(path: string, text: string): HookTree | HookProblem {
  const errors: ParseError[] = [];
  const isSane = text.replace(/[^[{]+/g, '').length <= MAX_BRACKETS;
  // A byte order mark becomes a blank, so that places stay what they are.
  const root = isSane
    ? parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
    : undefined;
  const syntax = errors[0];
  if (!root || syntax) {
    const { offset, length } = syntax ?? { offset: 0, length: text.length };
    const what = syntax ? spaced(printParseErrorCode(syntax.error)) : 'the file is empty or far too deep';
    const message = `Not valid JSON: ${what}.`;
    return { path, severity: 'error', message, range: { start: offset, end: offset + length } };
  }
  const problems: HookProblem[] = [];
  return {
    path,
    root,
    problems,
    value(...at) {
      const node = findNodeAtLocation(root, at);
      return node && toValue(node);
    },
    report(at, severity, message) {
      problems.push({ path, severity, message, range: rangeOf(root, at) });
    },
  };
}

/** What the schema says of a part of the file. */
export function reportIssues(tree: HookTree, at: JSONPath, error: z.ZodError, within = ''): void {
  for (const issue of error.issues) {
    const path = issue.path.filter((key) => typeof key !== 'symbol');
    tree.report(
      [...at, ...path],
      'error',
      `${[within, ...path].filter((part) => part !== '').join('.') || 'hook'}: ${issue.message}. This hook does not run.`,
    );
  }
}

/** The node, or the nearest one above it that exists. */
function rangeOf(root: Node, at: JSONPath): { start: number; end: number } {
  for (let length = at.length; length >= 0; length--) {
    const node = findNodeAtLocation(root, at.slice(0, length));
    if (node) return { start: node.offset, end: node.offset + node.length };
  }
  return { start: 0, end: 0 };
}

function toValue(node: Node): unknown {
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
