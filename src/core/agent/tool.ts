/**
 * A tool: what the model may ask for. `prepare` looks (validates, confines, computes the change) and says
 * which permission it needs; `perform` acts. Between the two stands the person, or a rule.
 */
import * as z from 'zod';
import type { FileSystem, ProcessRunner, TextSearch } from '../ports';
import type { Spec } from '../spec/model';
import type { TraceGraph } from '../trace/model';
import type { AbortSignal } from '../util/abort';
import type { EditorServices } from './editorServices';
import type { Choice, FileEdit, PermissionQuestion } from './session/events';
import type { Background } from './turn/background';
import type { ToolDefinition } from './turn/model';
import { ToolRefusal } from './turn/toolRefusal';
import type { WebAccess } from './webAccess';

export { ToolRefusal };

export interface SpecAccess {
  /** What the session works on, as it was when it began: it is fixed while the agent works. */
  readonly spec: Spec | undefined;
  /** Those of the workspace folder. */
  all(): readonly Spec[];
  trace(spec: Spec, signal: AbortSignal): Promise<TraceGraph>;
}

export interface ToolContext {
  /** The workspace folder: nothing outside it is read or written. */
  readonly root: string;
  readonly files: FileSystem;
  readonly processes: ProcessRunner;
  /** Commands that go on beside the conversation; undefined where none may. */
  readonly background?: Background;
  /** The specifications of the workspace; undefined where there are none to look into. */
  readonly spec?: SpecAccess;
  /** The editor around it; undefined on the command line. */
  readonly editor?: EditorServices;
  /** Undefined where the person did not turn it on. */
  readonly web?: WebAccess;
  readonly textSearch?: TextSearch | undefined;
  /** Asks the person; undefined where nobody is there. */
  readonly ask?: (choice: Choice) => Promise<string>;
  /** The id of the call. */
  readonly call?: string;
  readonly onOutput: (text: string) => void;
  /** Told of every file that a tool wrote, with its new text (undefined: deleted). */
  readonly onWrite: (path: string, text: string | undefined) => void;
}

export interface ToolOutcome {
  readonly ok: boolean;
  readonly output: string;
  readonly edit?: FileEdit;
}

/** A file that a call changes, for the turn's change set. */
export interface TouchedFile {
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly from?: string;
  readonly deletes?: true;
  /** The file as it is now, if there is one; canonical. */
  readonly file: string;
  /** Further files of the same act. */
  readonly also?: readonly Pick<TouchedFile, 'path' | 'file'>[];
}

export interface PreparedCall {
  /** Undefined: needs no permission. */
  readonly question: PermissionQuestion | undefined;
  readonly edit?: FileEdit;
  readonly touch?: TouchedFile;
  perform(signal: AbortSignal): Promise<ToolOutcome>;
}

export interface Tool {
  readonly definition: ToolDefinition;
  /** It only looks: such calls may run side by side. */
  readonly reads?: true;
  /** It may change something, and still runs side by side with others that may. */
  readonly beside?: true;
  /** Throws `ToolRefusal` for input that is invalid or not allowed. */
  prepare(input: unknown, context: ToolContext): Promise<PreparedCall>;
}

/** A tool from its schema; input that does not fit is refused with what is wrong with it. */
export function defineTool<Schema extends z.ZodObject>(tool: {
  readonly name: string;
  readonly description: string;
  readonly input: Schema;
  readonly reads?: true;
  readonly prepare: (input: z.infer<Schema>, context: ToolContext) => Promise<PreparedCall>;
}): Tool {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(tool.input, { io: 'input', override: withoutLimits });
  return {
    definition: { name: tool.name, description: tool.description, inputSchema },
    ...(tool.reads ? { reads: true } : {}),
    async prepare(input, context) {
      const parsed = tool.input.safeParse(input);
      if (!parsed.success) throw new ToolRefusal(`Invalid input: ${z.prettifyError(parsed.error)}`);
      return tool.prepare(parsed.data, context);
    },
  };
}

/** Every token of a definition is paid with each request: the limits of an integer's own type say nothing. */
function withoutLimits({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** A call that only looks: no permission, nothing changes. */
export function reading(read: (signal: AbortSignal) => Promise<string>): PreparedCall {
  return { question: undefined, perform: async (signal) => ({ ok: true, output: await read(signal) }) };
}
