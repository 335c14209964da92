/** A hook file as a tree that knows its places, so that every problem names its own. */
import { findNodeAtLocation, type JSONPath, type Node } from 'jsonc-parser';
import type { z } from 'zod';
import { readJsonTree, toValue } from '../util/jsonTree';
import type { HookProblem } from './model';

export interface HookTree {
  readonly path: string;
  readonly root: Node;
  readonly problems: HookProblem[];
  value(...at: JSONPath): unknown;
  report(at: JSONPath, severity: HookProblem['severity'], message: string): void;
}

/** The problem where it cannot be read at all. */
export function readTree(path: string, text: string): HookTree | HookProblem {
  const { root, mistake } = readJsonTree(text);
  if (!root || mistake) {
    const { offset, length } = mistake ?? { offset: 0, length: text.length };
    const what = mistake?.words ?? 'the file is empty or far too deep';
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
