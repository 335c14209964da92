/** The agent's own tool that looks into specs, for the models of the editor's chat. It reads, and nothing else. */
import * as vscode from 'vscode';
import type { Core } from '../../../core';
import { createAbort } from '../../../core/util/abort';
import { errorMessage } from '../../../core/util/errorMessage';

export interface SpecQuestion {
  readonly action: 'criterion' | 'trace' | 'task' | 'findings';
  readonly id?: string;
  readonly spec?: string;
}

export function specTool({ specs, trace, ports }: Core): vscode.LanguageModelTool<SpecQuestion> {
  async function look(input: SpecQuestion, token: vscode.CancellationToken): Promise<string> {
    const [{ spec }, { specAccess }] = await Promise.all([
      import('../../../core/agent/tools/spec'),
      import('../../../core/agent/turn/specAccess'),
    ]);
    await specs.ready;
    const abort = createAbort();
    token.onCancellationRequested(() => abort.abort());
    const named = specs.all.find(({ name }) => name === input.spec);
    const root = (named ?? specs.all[0])?.root ?? '';
    const { files, processes } = ports;
    const access = specAccess(undefined, () => specs.all, trace);
    const context = { root, files, processes, spec: access, onOutput: () => {}, onWrite: () => {} };
    const call = await spec.prepare(input, context);
    return (await call.perform(abort.signal)).output;
  }

  return {
    async invoke({ input }, token) {
      // What cannot be answered is told to the model, which may ask better.
      const output = await look(input, token).catch(errorMessage);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(output)]);
    },
    prepareInvocation: ({ input: { spec, id } }) => ({
      invocationMessage: `Looking into ${spec ?? 'the spec'}${id === undefined ? '' : `, ${id}`}`,
    }),
  };
}
