/**
 * Reads `.kiro/hooks/*.json`, version v1 (kiro.dev's hooks pages, September 2026). One bad hook does not take
 * the others of its file with it; every problem names its place.
 */
import {
  findNodeAtLocation,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import * as z from 'zod';
import { compileMatcher } from './compileMatcher';
import type { Hook, HookFile, HookProblem } from './model';

const KNOWN_TRIGGERS = new Set([
  'PostFileSave',
  'PostFileCreate',
  'PostFileDelete',
  'Manual',
  'SessionStart',
  'SessionEnd',
  'Stop',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  'PreTaskExec',
  'PostTaskExec',
  'AgentSpawn',
]);

const hookSchema = z.looseObject({
  name: z.string().min(1),
  description: z.string().optional(),
  trigger: z.string(),
  matcher: z.string().optional(),
  action: z.discriminatedUnion('type', [
    z.looseObject({
      type: z.literal('command'),
      command: z.string().min(1),
      timeout: z.number().min(0).optional(),
    }),
    z.looseObject({
      type: z.literal('agent'),
      prompt: z.string().min(1),
      timeout: z.number().min(0).optional(),
    }),
  ]),
  timeout: z.number().min(0).optional(),
  enabled: z.boolean().optional(),
});

const DEFAULT_TIMEOUT = 60;

/** Brackets in brackets: the parser recurses, and a file that is made for it would exhaust the stack. */
const MAX_BRACKETS = 2000;

/** Never throws; what cannot be read is a problem of the file. */
export function parseHooks(root: string, path: string, text: string): HookFile {
  const errors: ParseError[] = [];
  const isSane = text.replace(/[^[{]+/g, '').length <= MAX_BRACKETS;
  // A byte order mark becomes a blank, so that places stay what they are.
  const tree = isSane
    ? parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
    : undefined;
  const syntax = errors[0];
  if (!tree || syntax) {
    const { offset, length } = syntax ?? { offset: 0, length: text.length };
    const message = `Not valid JSON: ${syntax ? spaced(printParseErrorCode(syntax.error)) : 'the file is empty or far too deep'}. No hook of this file runs until it is mended.`;
    return {
      path,
      hooks: [],
      problems: [{ path, severity: 'error', message, range: { start: offset, end: offset + length } }],
    };
  }
  const problems: HookProblem[] = [];
  const report = (at: JSONPath, severity: HookProblem['severity'], message: string) => {
    problems.push({ path, severity, message, range: rangeOf(tree, at) });
  };
  if (findNodeAtLocation(tree, ['version'])?.value !== 'v1') {
    report(['version'], 'error', 'A hook file needs "version": "v1". No hook of this file runs.');
    return { path, hooks: [], problems };
  }
  const list = findNodeAtLocation(tree, ['hooks']);
  if (list?.type !== 'array') {
    report(['hooks'], 'error', 'A hook file needs "hooks": [ … ].');
    return { path, hooks: [], problems };
  }
  const hooks = (list.children ?? []).flatMap(
    (node, index) => readHook(root, path, node, index, report) ?? [],
  );
  return { path, hooks, problems };
}

type Report = (at: JSONPath, severity: HookProblem['severity'], message: string) => void;

function readHook(root: string, path: string, node: Node, index: number, report: Report): Hook | undefined {
  const at = (...rest: JSONPath): JSONPath => ['hooks', index, ...rest];
  const parsed = hookSchema.safeParse(toValue(node));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      report(
        at(...(issue.path as JSONPath)),
        'error',
        `${issue.path.join('.') || 'hook'}: ${issue.message}. This hook does not run.`,
      );
    }
    return undefined;
  }
  const { name, description, trigger, matcher, action, enabled = true } = parsed.data;
  if (!KNOWN_TRIGGERS.has(trigger)) {
    report(
      at('trigger'),
      'warning',
      `“${trigger}” is no trigger, so this hook never fires. Known: ${[...KNOWN_TRIGGERS].join(', ')}.`,
    );
  }
  if (matcher !== undefined && !compileMatcher(matcher)) {
    report(at('matcher'), 'error', 'Not a valid regular expression, so this hook never fires.');
  }
  return {
    id: `${path}#${index}`,
    name,
    description,
    trigger,
    matcher,
    action:
      action.type === 'command'
        ? { type: 'command', command: action.command }
        : { type: 'agent', prompt: action.prompt },
    // Some files of the wild have it in the action.
    timeout: parsed.data.timeout ?? action.timeout ?? DEFAULT_TIMEOUT,
    enabled,
    root,
    path,
    index,
    content: JSON.stringify([
      name,
      trigger,
      matcher ?? null,
      action.type === 'command' ? action.command : action.prompt,
      action.type,
    ]),
  };
}

/** The node, or the nearest one above it that exists. */
function rangeOf(tree: Node, at: JSONPath): { start: number; end: number } {
  for (let length = at.length; length >= 0; length--) {
    const node = findNodeAtLocation(tree, at.slice(0, length));
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
