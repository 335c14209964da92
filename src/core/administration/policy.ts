/**
 * An administrator's file, `managed-settings.json`: what it says, what is wrong with it and where. Whatever is not understood
 * makes the whole strict, since nobody knows what it was to forbid.
 */
import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';
import * as z from 'zod';
import { AUTONOMIES } from '../ports';
import { SCOPES } from '../usage/limits';
import { STRICTEST } from './strictest';

const names = z.array(z.string().min(1));

const schema = z.strictObject({
  $schema: z.string().optional(),
  models: z
    .strictObject({
      allow: names.optional().describe('Names of models; * stands for any characters. Others are not used.'),
      default: z.string().min(1).optional().describe('Used where the chosen model is not allowed.'),
    })
    .optional(),
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
      }),
    ])
    .optional()
    .describe('Which MCP servers may start: none, or those that fit every list given here.'),
  autonomy: z.enum(AUTONOMIES).optional().describe('The most that the agent may do unasked.'),
  hooks: z
    .union([z.enum(['off', 'home']), z.strictObject({ sha256: z.array(z.string().regex(/^[0-9a-f]{64}$/)) })])
    .optional()
    .describe('None, only the person’s own, or those whose content has one of these hashes.'),
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
  readonly message: string;
}

export interface ReadPolicy {
  readonly policy: Policy;
  readonly problems: readonly PolicyProblem[];
}

export function readPolicy(text: string): ReadPolicy {
  const plain = text.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(plain, errors, { allowTrailingComma: true });
  const lineAt = (offset: number) => plain.slice(0, offset).split('\n').length;
  const [error] = errors;
  if (error || tree === undefined)
    return broken({ line: lineAt(error?.offset ?? 0), message: 'This is not JSON.' });
  const parsed = schema.safeParse(plainOf(tree));
  if (parsed.success) {
    const { $schema: _, ...policy } = parsed.data;
    return { policy, problems: [] };
  }
  return broken(
    ...parsed.error.issues.map((issue) => {
      const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const node = findNodeAtLocation(tree, [...path, ...unknown]) ?? findNodeAtLocation(tree, path) ?? tree;
      const where = path.length > 0 ? `“${path.join('.')}”: ` : '';
      return { line: lineAt(node.offset), message: `${where}${issue.message}.` };
    }),
  );
}

export function policySchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, { io: 'input' });
}

function broken(...problems: readonly PolicyProblem[]): ReadPolicy {
  return { policy: STRICTEST, problems };
}

function plainOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainOf);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children: [key, value] = [] }) => [
      String(key?.value),
      value === undefined ? undefined : plainOf(value),
    ]),
  );
}
