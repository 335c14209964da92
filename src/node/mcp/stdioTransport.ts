/**
 * A server as a process of its own group, spoken to line by line. What it prints beside the protocol is told a little of,
 * never kept; what it started ends with it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { CommandServer } from '../../core/mcp/model';
import type { McpHost } from '../../core/mcp/ports';
import { toNativePath } from '../nativePath';
import { endAtExit, endProcessGroup } from '../processGroup';

export interface StdioOptions {
  readonly config: CommandServer;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLog: McpHost['onLog'];
}

export interface StdioTransport extends Transport {
  /** Why it ended by itself; undefined while it runs, and when it was closed. */
  readonly ended: string | undefined;
}

/** Characters of one message. */
const LONGEST = 16 * 1024 * 1024;
/** Lines in a row that are no messages, after which it is taken for another program. */
const MOST_NOISE = 10_000;
/** Lines that are told of in a second. */
const MOST_TOLD = 50;
const GRACE_MS = 1_500;

export function createStdioTransport({ config, cwd, env, onLog }: StdioOptions): StdioTransport {
  let child: ChildProcess | undefined;
  let isOver = () => {};
  let ended: string | undefined;
  let isClosed = false;
  let closing: Promise<void> | undefined;
  let lastError = '';
  const tell = fewer(onLog);

  function finish(why: string): void {
    if (ended !== undefined) return;
    ended = why;
    transport.onclose?.();
  }

  function hear(line: string): void {
    if (line.trim() === '') return;
    const message = toMessage(line);
    if (message) {
      noise = 0;
      transport.onmessage?.(message);
      return;
    }
    noise += 1;
    tell('warning', `It printed what is no message: ${line.slice(0, 300)}`);
    if (noise > MOST_NOISE)
      void end(`“${config.name}” prints what is no message, and nothing else. Is it an MCP server?`);
  }
  let noise = 0;

  async function end(why: string): Promise<void> {
    ended ??= why;
    const process = child;
    closing ??= (async () => {
      if (process) {
        process.stdin?.end();
        await endProcessGroup(process, GRACE_MS);
        process.stdout?.destroy();
        process.stderr?.destroy();
      }
      isOver();
      transport.onclose?.();
    })();
    await closing;
  }

  const transport: StdioTransport = {
    get ended() {
      return isClosed ? undefined : ended;
    },
    start: () =>
      new Promise<void>((resolve, reject) => {
        const process = launch(config, cwd, env);
        child = process;
        isOver = endAtExit(process);
        process.once('spawn', () => resolve());
        process.once('error', (error: NodeJS.ErrnoException) => {
          const why = notStarted(config, cwd, error);
          finish(why);
          reject(new Error(why));
        });
        process.once('exit', (code, signal) => {
          // What it left behind goes with it.
          void endProcessGroup(process, 0).then(isOver);
          const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
          // The last words are still in the pipe.
          setTimeout(
            () => finish(`“${config.name}” ended ${how}${lastError === '' ? '.' : `: ${lastError}`}`),
            50,
          );
        });
        process.stdin?.on('error', () => {});
        eachLine(process.stdout, hear, () => void end(`“${config.name}” sent a line of more than 16 MB.`));
        eachLine(process.stderr, (line) => {
          if (line.trim() === '') return;
          lastError = line.trim().slice(0, 300);
          tell('info', line);
        });
      }),
    send: (message) =>
      new Promise<void>((resolve, reject) => {
        if (ended !== undefined || !child?.stdin) reject(new Error(ended ?? 'It does not run.'));
        else if (child.stdin.write(`${JSON.stringify(message)}\n`)) resolve();
        else {
          // One that does not read must not keep what it is asked from ending.
          child.stdin.once('drain', resolve);
          child.once('exit', () => resolve());
        }
      }),
    close() {
      isClosed ||= ended === undefined;
      return end(`“${config.name}” was stopped.`);
    },
  };
  return transport;
}

function launch(config: CommandServer, cwd: string, env: Readonly<Record<string, string>>): ChildProcess {
  const windows = process.platform === 'win32';
  const shared = {
    cwd: toNativePath(cwd),
    env: { ...env },
    stdio: ['pipe', 'pipe', 'pipe'] as ('pipe' | 'pipe')[],
    windowsHide: true,
  };
  // Many commands are batch files there, which only the shell starts.
  if (windows) {
    const words = [config.command, ...config.args].map((word) =>
      /^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`,
    );
    return spawn('cmd.exe', ['/d', '/s', '/c', `"${words.join(' ')}"`], {
      ...shared,
      windowsVerbatimArguments: true,
    });
  }
  return spawn(config.command, [...config.args], { ...shared, detached: true });
}

function notStarted({ name, command }: CommandServer, cwd: string, error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT')
    return `“${name}” cannot start: there is no command “${command}”, or no folder ${cwd}. Install it, or write its whole path.`;
  if (error.code === 'EACCES') return `“${name}” cannot start: “${command}” may not be run.`;
  return `“${name}” cannot start: ${error.message}`;
}

function toMessage(line: string): JSONRPCMessage | undefined {
  try {
    const parsed = JSONRPCMessageSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function eachLine(
  stream: NodeJS.ReadableStream | null,
  onLine: (line: string) => void,
  onTooLong = () => {},
): void {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let length = 0;
  stream?.on('error', () => {});
  stream?.on('data', (chunk: Buffer) => {
    const lines = decoder.write(chunk).split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      onLine([...parts, line].join('').replace(/\r$/, ''));
      parts = [];
      length = 0;
    }
    length += last.length;
    if (length <= LONGEST) {
      if (last !== '') parts.push(last);
      return;
    }
    parts = [];
    length = 0;
    onTooLong();
  });
}

/** As many in a second as somebody could want to read, and how many there were beside them. */
function fewer(onLog: McpHost['onLog']): (level: 'info' | 'warning', text: string) => void {
  let since = 0;
  let told = 0;
  let left = 0;
  return (level, text) => {
    const now = performance.now();
    if (now - since > 1_000) {
      if (left > 0) onLog({ level: 'warning', text: `${left} more lines are left out.` });
      since = now;
      told = 0;
      left = 0;
    }
    told += 1;
    if (told > MOST_TOLD) left += 1;
    else onLog({ level, text });
  };
}
