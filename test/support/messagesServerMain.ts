/**
 * Runs the tests' Messages server as a program: `tsx messagesServerMain.ts script.json`. The script holds
 * `turns` (a queue), a `scenario` (answers by role, turn and words) and `models`, each optional. Prints the
 * URL on one line and serves until SIGINT or SIGTERM.
 */
import { readFileSync } from 'node:fs';
import { findStep, parseScenario, readRehearsedRequest } from '../../src/node/models/scenario';
import {
  type MessagesServerOptions,
  type RecordedRequest,
  type ScriptedTurn,
  startMessagesServer,
} from './messagesServer';

interface Script {
  readonly turns?: readonly ScriptedTurn[];
  readonly scenario?: unknown;
  /** Of the scenario's answers. */
  readonly delayMs?: number;
  readonly models?: readonly string[];
}

function answerFrom(script: Script): NonNullable<MessagesServerOptions['answer']> {
  const scenario = script.scenario === undefined ? undefined : parseScenario(script.scenario);
  return ({ body }: RecordedRequest): ScriptedTurn => {
    const request = readRehearsedRequest(body);
    const step = scenario && request && findStep(scenario, request);
    if (!step)
      return {
        fault: 'badRequest',
        errorMessage: `No step for role “${request?.role}”, turn ${request?.turn}.`,
      };
    return {
      ...(step.text !== undefined && { text: step.text }),
      ...(step.tools && { tools: step.tools }),
      ...(script.delayMs !== undefined && { delayMs: script.delayMs }),
      usage: { input_tokens: 1200, output_tokens: 400 },
    };
  };
}

async function main(): Promise<void> {
  const path = process.argv[2];
  if (path === undefined) throw new Error('Usage: messagesServerMain.ts script.json');
  const script = JSON.parse(readFileSync(path, 'utf8')) as Script;
  const server = await startMessagesServer({
    answer: answerFrom(script),
    ...(script.turns && { turns: script.turns }),
    ...(script.models && { models: script.models }),
  });
  process.stdout.write(`${server.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

void main();
