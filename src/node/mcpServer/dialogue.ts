/** The protocol's server side without its wire, as far as a server of tools alone has one (versions 2024-11-05 to 2025-11-25). */
import { INSTRUCTIONS } from '../../core/mcpServer/instructions';
import type { AbortSignal } from '../../core/util/abort';
import type { ServerOptions } from './options';

export interface Dialogue {
  /** A line of the client. */
  hear(line: string): void;
  /** What is still being done is given up. */
  end(): void;
}

type Id = string | number;
type Fields = Readonly<Record<string, unknown>>;

const LATEST = '2025-11-25';
const VERSIONS = [LATEST, '2025-06-18', '2025-03-26', '2024-11-05'];

/** Of JSON-RPC. */
const UNREADABLE = -32700;
const NO_REQUEST = -32600;
const NO_METHOD = -32601;
const WRONG_INPUT = -32602;
const OUR_FAULT = -32603;

const tools = () => import('./tools');

class Failure extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export function createDialogue(options: ServerOptions, send: (message: object) => void): Dialogue {
  const { version, log } = options;
  const running = new Map<Id, AbortController>();
  let client: unknown;

  const methods: Readonly<Record<string, (params: Fields, signal: AbortSignal) => unknown>> = {
    initialize({ protocolVersion, clientInfo }) {
      client = isRecord(clientInfo) ? clientInfo.name : undefined;
      // They are asked for next, while what was said here is on its way.
      setImmediate(() => tools().catch(() => {}));
      return {
        protocolVersion: VERSIONS.find((each) => each === protocolVersion) ?? LATEST,
        capabilities: { tools: {} },
        serverInfo: { name: 'earshot', title: 'Earshot', version },
        instructions: INSTRUCTIONS,
      };
    },
    ping: () => ({}),
    async 'tools/list'() {
      const { listTools } = await tools();
      return { tools: listTools() };
    },
    async 'tools/call'({ name, arguments: input }, signal) {
      const { callTool, hasTool } = await tools();
      if (typeof name !== 'string' || !hasTool(name))
        throw new Failure(WRONG_INPUT, `There is no tool ${String(name)}.`);
      return callTool(options, { name, input, client, signal });
    },
  };

  async function run(method: string, params: Fields, signal: AbortSignal): Promise<object> {
    try {
      const known = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (!known) throw new Failure(NO_METHOD, `There is no method ${method}.`);
      return { result: await known(params, signal) };
    } catch (error) {
      if (error instanceof Failure) return { error: { code: error.code, message: error.message } };
      log.error(`${method} failed`, error);
      return { error: { code: OUR_FAULT, message: 'That failed inside Earshot.' } };
    }
  }

  async function answer(id: Id, method: string, params: Fields): Promise<void> {
    const abort = new AbortController();
    running.set(id, abort);
    const outcome = await run(method, params, abort.signal);
    running.delete(id);
    // Who does not want it any more gets nothing.
    if (!abort.signal.aborted) send({ jsonrpc: '2.0', id, ...outcome });
  }

  function take(message: unknown): void {
    if (!isRecord(message)) {
      refuse(NO_REQUEST, 'This is no message of JSON-RPC.');
      return;
    }
    const { id, method } = message;
    const params = isRecord(message.params) ? message.params : {};
    if (typeof method === 'string' && isId(id)) void answer(id, method, params);
    else if (method === 'notifications/cancelled' && isId(params.requestId))
      running.get(params.requestId)?.abort();
    // We ask nothing, so that an answer is none of ours; of what we are told, we need to know no more.
    else if (typeof method !== 'string' && !('result' in message || 'error' in message))
      refuse(NO_REQUEST, 'This names no method.');
  }

  function refuse(code: number, message: string): void {
    log.warn('The other agent’s message was not understood', new Error(message));
    send({ jsonrpc: '2.0', id: null, error: { code, message } });
  }

  return {
    hear(line) {
      let message: unknown;
      try {
        message = JSON.parse(line);
      } catch {
        refuse(UNREADABLE, 'This is not JSON.');
        return;
      }
      // Several at once, as one version of the protocol has it.
      if (Array.isArray(message)) for (const each of message) take(each);
      else take(message);
    },
    end() {
      for (const abort of running.values()) abort.abort();
    },
  };
}

function isId(value: unknown): value is Id {
  return typeof value === 'string' || typeof value === 'number';
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
