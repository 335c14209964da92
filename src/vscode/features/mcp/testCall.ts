/** Calls a tool by hand: a form made of its schema, and what came of it. */

import type { McpTool } from '../../../core/mcp/model';
import { createAbort } from '../../../core/util/abort';
import { errorMessage } from '../../../core/util/errorMessage';
import { type FormPanel, openForm } from '../../adapters/formPanel';
import type { Host } from '../../host';

export interface TestCalls {
  open(id: string, server: string, tool: McpTool): Promise<void>;
}

export function createTestCalls({ context, core: { servers } }: Host): TestCalls {
  const open = new Map<string, FormPanel>();
  return {
    async open(id, server, tool) {
      const key = `${id} ${tool.name}`;
      const there = open.get(key);
      if (there) return there.reveal();
      const { fieldsOf } = await import('../../../core/mcp/forms/form');
      let abort = createAbort();
      const panel = openForm(
        context,
        {
          ...{ key, kind: 'call', server, title: tool.name, message: tool.description, send: 'Call' },
          note: tool.saysReadOnly ? undefined : 'This really calls the tool. It may change things.',
          fields: fieldsOf(tool.inputSchema),
        },
        {
          send: (input) => void call(input),
          stop: () => abort.abort(),
          closed() {
            abort.abort();
            open.delete(key);
          },
        },
      );
      open.set(key, panel);

      async function call(input: Readonly<Record<string, unknown>>): Promise<void> {
        abort = createAbort();
        const sent = JSON.stringify(input, undefined, 2);
        const began = Date.now();
        panel.show({ state: 'running' });
        const outcome = await servers.call(id, tool.name, input, abort.signal).catch((error: unknown) => ({
          ok: false,
          text: abort.signal.aborted
            ? 'You stopped it. The server may have done it all the same.'
            : errorMessage(error),
        }));
        // The panel may be closed by now.
        if (open.get(key) !== panel) return;
        panel.show({ state: 'done', ...outcome, milliseconds: Date.now() - began, sent });
      }
    },
  };
}
