/** A tool that other agents have: its definition, and what it does. The wire is not known here. */
import * as z from 'zod';
import type { AbortSignal } from '../util/abort';
import type { Desk } from './desk';

export interface DeskAnswer {
  readonly text: string;
  /** The same for programs; fits the tool's `outputSchema`. */
  readonly structured?: Readonly<Record<string, unknown>>;
}

export interface DeskCall {
  readonly desk: Desk;
  /** As the agent calls itself. */
  readonly client: string;
  readonly signal: AbortSignal;
}

export interface DeskDefinition {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  readonly annotations: { readonly readOnlyHint: boolean; readonly destructiveHint?: false };
}

export interface DeskTool {
  readonly definition: DeskDefinition;
  /** Rejects with a `ToolRefusal` or `ActError` that says what to do. */
  call(input: unknown, call: DeskCall): Promise<DeskAnswer>;
}

export class InvalidInput extends Error {}

export function defineDeskTool<T extends z.ZodType>(tool: {
  readonly name: string;
  readonly description: string;
  /** Adds a remark or a report; without it, it only looks. */
  readonly adds?: true;
  readonly input: T;
  readonly output?: z.ZodType;
  call(input: z.output<T>, call: DeskCall): Promise<DeskAnswer>;
}): DeskTool {
  const { name, description, adds, input, output } = tool;
  return {
    definition: {
      name,
      description,
      inputSchema: schemaOf(input, 'input'),
      ...(output && { outputSchema: schemaOf(output, 'output') }),
      annotations: adds ? { readOnlyHint: false, destructiveHint: false } : { readOnlyHint: true },
    },
    async call(given, call) {
      const parsed = input.safeParse(given ?? {});
      if (!parsed.success) throw new InvalidInput(`${name}: ${z.prettifyError(parsed.error)}`);
      return tool.call(parsed.data, call);
    },
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
