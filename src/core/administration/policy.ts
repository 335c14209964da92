/**
 * An administrator's file, `managed-settings.json`: what it says, what is wrong with it and where. Whatever is not understood
 * makes the whole strict, since nobody knows what it was to forbid.
 */
import { findNodeAtLocation, type Node } from 'jsonc-parser';
import * as z from 'zod';
import { type AllowedStart, readAllowedStarts } from '../mcp/adding/registry';
import { AUTONOMIES } from '../ports';
import { SCOPES } from '../usage/limits';
import { readJsonTree, toValue } from '../util/jsonTree';
import type { TextRange } from '../util/textRange';
import { STRICTEST } from './strictest';

const names = z.array(z.string().min(1));

const schema = z.strictObject({
  $schema: z.string().optional(),
  models: z
    .strictObject({
      allow: names.optional().describe('Names of models; * stands for any characters. Others are not used.'),
      default: z.string().min(1).optional().describe('Used where the chosen model is not allowed.'),
    })
    .optional()
    .describe('Which models may be used.'),
  baseUrls: names
    .min(1)
    .optional()
    .describe('Addresses of model servers. Others are not asked; the first takes their place.'),
  mcp: z
    .union([
      z.literal('off'),
      z.strictObject({
        names: names.optional().describe('Names of servers; * stands for any characters.'),
        urls: names.optional().describe('Addresses; * stands for any characters.'),
        commands: names.optional().describe('Whole command lines; * stands for any characters.'),
        registry: z
          .string()
          .min(1)
          .optional()
          .describe(
            'Absolute path of a file of the MCP registry (server.json, or a list of servers). What it holds may start.',
          ),
      }),
    ])
    .optional()
    .describe(
      'Which MCP servers may start: none, or those that fit “names” where given, and whose address or command line is in one of the other lists where one is given.',
    ),
  autonomy: z.enum(AUTONOMIES).optional().describe('The most that the agent may do unasked.'),
  hooks: z
    .union([
      z.enum(['off', 'home']),
      z.strictObject({
        sha256: z
          .array(z.string().regex(/^[0-9a-f]{64}$/))
          .optional()
          .describe('Hashes of hooks, as they are told where one is refused.'),
        commands: names
          .optional()
          .describe(
            'Command lines of hooks; * stands for any characters but those that join commands. Hooks that ask an agent need a hash.',
          ),
      }),
    ])
    .optional()
    .describe('Which hooks run: none, only the person’s own in ~/.kiro/hooks, or those of these lists.'),
  web: z.literal('off').optional().describe('The agent asks for no web pages.'),
  sandbox: z
    .literal('required')
    .optional()
    .describe('Commands of the agent run in the sandbox or not at all.'),
  limits: z
    .strictObject(
      Object.fromEntries(SCOPES.map((scope) => [scope, z.number().min(0).optional()])) as Record<
        (typeof SCOPES)[number],
        z.ZodOptional<z.ZodNumber>
      >,
    )
    .optional()
    .describe('Dollars at the most. A person may set less.'),
  maxTurns: z.int().min(1).optional().describe('The most requests of one task.'),
});

export type Policy = Readonly<Omit<z.output<typeof schema>, '$schema'>>;
export const POLICY_KEYS = Object.keys(schema.shape).filter((key) => key !== '$schema');

export interface PolicyProblem {
  /** From 1. */
  readonly line: number;
  readonly range: TextRange;
  /** What is wrong, and what holds until it is mended. */
  readonly message: string;
}

export interface ReadPolicy {
  readonly policy: Policy;
  /** What the file that `mcp.registry` names lets start. */
  readonly registry?: readonly AllowedStart[];
  readonly problems: readonly PolicyProblem[];
  /** It, or its registry, cannot be read as it stands: it may be on its way to the disk. */
  readonly isPartial?: true;
}

const STRICT_UNTIL = 'Until your administrator mends it, the strictest holds.';

export function readPolicy(text: string): ReadPolicy {
  const { root, mistake } = readJsonTree(text);
  const problemAt = (message: string, { start, end }: TextRange): PolicyProblem => ({
    line: text.slice(0, start).split('\n').length,
    range: { start, end },
    message: `${message} ${STRICT_UNTIL}`,
  });
  if (mistake || root === undefined) {
    const { offset, length } = mistake ?? { offset: 0, length: 0 };
    const what = mistake ? `This is not JSON: ${mistake.words}.` : 'This is not JSON.';
    return { ...broken(problemAt(what, { start: offset, end: offset + length })), isPartial: true };
  }
  const parsed = schema.safeParse(toValue(root));
  if (parsed.success) {
    const { $schema: _, ...policy } = parsed.data;
    return { policy, problems: [] };
  }
  const found = parsed.error.issues.map((issue) => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    return problemAt(wordsOf(issue, path.join('.')), placeOf(root, [...path, ...unknown], path));
  });
  return broken(...found.sort((a, b) => a.range.start - b.range.start));
}

type Issue = z.core.$ZodIssue;

function wordsOf(issue: Issue, key: string): string {
  const where = key === '' ? '' : `“${key}”: `;
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${where}There is no key “${issue.keys[0]}”.`;
    case 'invalid_value':
      return `${where}It has to be ${issue.values.map((value) => `“${String(value)}”`).join(' or ')}.`;
    case 'invalid_union':
      return `${where}It is none of what can stand here.`;
    default:
      return `${where}${issue.message}.`;
  }
}

/** The policy with what its registry lets start. @param text Undefined: the file is not there, or cannot be read */
export function withRegistry(read: ReadPolicy, own: string, text: string | undefined): ReadPolicy {
  const { mcp } = read.policy;
  if (mcp === undefined || mcp === 'off' || mcp.registry === undefined) return read;
  const starts = text === undefined ? undefined : readAllowedStarts(text);
  if (starts) return { ...read, registry: starts };
  const tree = readJsonTree(own).root;
  const range = tree ? placeOf(tree, ['mcp', 'registry']) : { start: 0, end: 0 };
  const why = text === undefined ? 'cannot be read' : 'is no file of the MCP registry';
  const isWhole = text !== undefined && isJson(text);
  return {
    ...(isWhole ? {} : { isPartial: true }),
    policy: { ...read.policy, mcp: 'off' },
    problems: [
      ...read.problems,
      {
        line: own.slice(0, range.start).split('\n').length,
        range,
        message: `“mcp.registry”: ${mcp.registry} ${why}. Until your administrator mends it, no MCP server starts.`,
      },
    ],
  };
}

function isJson(text: string): boolean {
  const { root, mistake } = readJsonTree(text);
  return root !== undefined && mistake === undefined;
}

export function policySchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
}

function broken(...problems: readonly PolicyProblem[]): ReadPolicy {
  return { policy: STRICTEST, problems };
}

function placeOf(root: Node, ...paths: readonly (readonly (string | number)[])[]): TextRange {
  for (const path of paths) {
    const node = findNodeAtLocation(root, [...path]);
    // An unknown key is itself what is wrong, not its value.
    const shown = node?.parent?.type === 'property' ? (node.parent.children?.[0] ?? node) : node;
    if (shown && path.length > 0) return { start: shown.offset, end: shown.offset + shown.length };
  }
  return { start: root.offset, end: root.offset + 1 };
}
