/** A connected client of the SDK as the core sees a server. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CallToolResultSchema,
  ResultSchema,
  type Tool,
  ToolSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { ServerConfig } from '../../core/mcp/model';
import { type McpConnection, type McpHost, SignInNeeded } from '../../core/mcp/ports';
import { type AbortSignal, createAbort } from '../../core/util/abort';
import { contentText, resourceText } from './material';
import { nativeSignal } from './nativeSignal';
import { wordsOf } from './words';

/** A list that never ends is one that is wrong. */
const MOST_PAGES = 50;
const MOST_ITEMS = 2_000;

export interface ConnectionOptions {
  readonly client: Client;
  readonly config: ServerConfig;
  readonly host: McpHost;
  /** Where it wants to know who it is: what a person should read. */
  readonly refused?: (error: unknown) => Error | undefined;
  /** Why it cannot be spoken to any more, where that is known. */
  readonly ended: () => string | undefined;
  readonly close: () => Promise<void>;
}

export function createConnection(options: ConnectionOptions): McpConnection {
  const { client, config, host, ended, close, refused = () => undefined } = options;
  const { name } = config;
  const schemas = new AjvJsonSchemaValidator();
  const outputs = new Map<string, Readonly<Record<string, unknown>>>();
  const has = client.getServerCapabilities() ?? {};
  const version = client.getServerVersion();
  // Limits of time are the core's: the SDK's own would only come before them.
  const within = (signal: AbortSignal) => ({ signal: nativeSignal(signal), timeout: 2 ** 31 - 1 });

  async function asked<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run().catch((error) => {
        // The second of two calls that find out together is taken for one that is refused for good; the first has new tokens.
        if (error instanceof StreamableHTTPError && error.code === 401) return run();
        throw error;
      });
    } catch (error) {
      const refusal = refused(error);
      if (refusal instanceof SignInNeeded) host.onSignInNeeded(refusal.message);
      if (refusal) throw refusal;
      if (isGone(error)) host.onClosed(wordsOf(error, name));
      throw new Error(ended() ?? wordsOf(error, name), { cause: error });
    }
  }

  async function pages(method: string, key: string, signal: AbortSignal): Promise<readonly unknown[]> {
    const all: unknown[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES && all.length < MOST_ITEMS; page++) {
      const params = cursor === undefined ? {} : { cursor };
      // One for each page: the SDK goes on listening to it.
      const own = createAbort(signal);
      const answer = await asked(() =>
        client.request({ method, params }, ResultSchema, within(own.signal)),
      ).finally(own.release);
      const items = answer[key];
      if (!Array.isArray(items)) throw new Error(`“${name}” answered ${method} with no list.`);
      all.push(...items);
      if (typeof answer.nextCursor !== 'string' || answer.nextCursor === cursor) return all;
      cursor = answer.nextCursor;
    }
    host.onLog({ level: 'warning', text: `${method} does not end, so the rest of it is left out.` });
    return all.slice(0, MOST_ITEMS);
  }

  /** One that is wrong does not take the others with it. */
  function validTools(found: readonly unknown[]): readonly Tool[] {
    const tools = new Map<string, Tool>();
    for (const [index, each] of found.entries()) {
      const { data } = ToolSchema.safeParse(each);
      if (data && !tools.has(data.name)) {
        tools.set(data.name, data);
        continue;
      }
      const why = data ? 'is there twice' : 'has no valid definition';
      host.onLog({ level: 'warning', text: `Tool ${nameIn(each) ?? index + 1} ${why}, so it is left out.` });
    }
    return [...tools.values()];
  }

  return {
    about: version ? `${version.title ?? version.name} ${version.version}` : name,
    async tools(signal) {
      if (!has.tools) return [];
      const tools = validTools(await pages('tools/list', 'tools', signal));
      for (const { name: tool, outputSchema } of tools) if (outputSchema) outputs.set(tool, outputSchema);
      return tools.map(toTool);
    },
    async prompts(signal) {
      if (!has.prompts) return [];
      const found = await pages('prompts/list', 'prompts', signal);
      return found.filter(isRecord).flatMap((prompt) => {
        if (typeof prompt.name !== 'string') return [];
        const given = Array.isArray(prompt.arguments) ? prompt.arguments.filter(isRecord) : [];
        return {
          name: prompt.name,
          description: textOf(prompt.description),
          arguments: given.map((each) => ({
            name: textOf(each.name),
            description: textOf(each.description),
            required: each.required === true,
          })),
        };
      });
    },
    async resources(signal) {
      if (!has.resources) return [];
      const [plain, templates] = await Promise.all([
        pages('resources/list', 'resources', signal),
        // Not every server that has resources knows of these.
        pages('resources/templates/list', 'resourceTemplates', signal).catch(() => []),
      ]);
      const read = (found: readonly unknown[], key: string, template: boolean) =>
        found.filter(isRecord).flatMap((each) =>
          typeof each[key] !== 'string'
            ? []
            : {
                uri: textOf(each[key]),
                name: textOf(each.title) || textOf(each.name),
                description: textOf(each.description),
                mimeType: typeof each.mimeType === 'string' ? each.mimeType : undefined,
                template,
              },
        );
      return [...read(plain, 'uri', false), ...read(templates, 'uriTemplate', true)];
    },
    call: (tool, input, signal, onProgress) =>
      asked(async () => {
        const params = { name: tool, arguments: isRecord(input) ? { ...input } : {} };
        const answer = await client.request({ method: 'tools/call', params }, CallToolResultSchema, {
          ...within(signal),
          onprogress: ({ progress, total, message }) =>
            onProgress(message ?? (total === undefined ? `${progress}` : `${progress} of ${total}`)),
        });
        const { content, structuredContent, isError } = answer;
        const schema = outputs.get(tool);
        if (schema && structuredContent && isError !== true) {
          const valid = schemas.getValidator(schema)(structuredContent);
          if (!valid.valid)
            throw new Error(`“${name}” answered what its own schema forbids: ${valid.errorMessage}`);
        }
        const text = contentText(content);
        return {
          ok: isError !== true,
          text: text === '' && structuredContent ? JSON.stringify(structuredContent) : text,
        };
      }),
    readResource: (uri, signal) =>
      asked(async () => {
        const { contents } = await client.readResource({ uri }, within(signal));
        return contents.map(resourceText).join('\n');
      }),
    prompt: (prompt, input, signal) =>
      asked(async () => {
        const { messages } = await client.getPrompt(
          { name: prompt, arguments: { ...input } },
          within(signal),
        );
        return messages
          .map(({ role, content }) => `${role === 'user' ? '' : 'Answer: '}${contentText([content])}`)
          .join('\n\n');
      }),
    close,
  };
}

function toTool({ name, title, description = '', inputSchema, annotations }: Tool) {
  return {
    name,
    title: title ?? annotations?.title,
    description,
    inputSchema,
    saysReadOnly: annotations?.readOnlyHint === true,
  };
}

/** The session is over there, or nobody answers. */
function isGone(error: unknown): boolean {
  if (error instanceof StreamableHTTPError) return error.code === 404;
  return error instanceof TypeError && error.message === 'fetch failed';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function nameIn(value: unknown): string | undefined {
  return isRecord(value) && typeof value.name === 'string' ? `“${value.name}”` : undefined;
}
