/** One call of one tool, without a conversation around it. */
import assert from 'node:assert/strict';
import type { PreparedCall, ToolContext, ToolOutcome } from '../../../../src/core/agent/tool';
import { ALL_TOOLS } from '../../../../src/core/agent/tools/codingTools';
import type { FileSystem } from '../../../../src/core/ports';
import { createAbort } from '../../../../src/core/util/abort';
import { createFakeProcesses } from '../../../support/fakeProcesses';

export type Change = readonly [path: string, text: string | undefined];

export interface ToolUser {
  readonly context: ToolContext;
  /** What was told of writes, in order. */
  readonly writes: readonly Change[];
  prepare(name: string, input: unknown): Promise<PreparedCall>;
  /** What the model is told; a refusal is an outcome like any other. */
  use(name: string, input: unknown): Promise<ToolOutcome>;
  /** The output of a call that goes well. */
  output(name: string, input: unknown): Promise<string>;
  /** Why a call does not go well. */
  refusal(name: string, input: unknown): Promise<string>;
}

export function toolUser(files: FileSystem, root = '/w', more: Partial<ToolContext> = {}): ToolUser {
  const writes: Change[] = [];
  const context: ToolContext = {
    root,
    files,
    processes: createFakeProcesses(),
    onOutput: () => {},
    onWrite: (path, text) => void writes.push([path, text]),
    ...more,
  };
  async function prepare(name: string, input: unknown): Promise<PreparedCall> {
    const tool = ALL_TOOLS.find(({ definition }) => definition.name === name);
    assert.ok(tool, `there is a tool ${name}`);
    return tool.prepare(input, context);
  }
  async function use(name: string, input: unknown): Promise<ToolOutcome> {
    try {
      return await (await prepare(name, input)).perform(createAbort().signal);
    } catch (error) {
      assert.ok(error instanceof Error && error.message !== '', 'the model is told why');
      return { ok: false, output: error.message };
    }
  }
  async function said(name: string, input: unknown, ok: boolean): Promise<string> {
    const outcome = await use(name, input);
    assert.equal(outcome.ok, ok, outcome.output);
    return outcome.output;
  }
  return {
    context,
    writes,
    prepare,
    use,
    output: (name, input) => said(name, input, true),
    refusal: (name, input) => said(name, input, false),
  };
}
