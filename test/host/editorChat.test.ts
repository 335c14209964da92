/** Earshot in the editor's own chat: its spec tool through the editor, its participant with the editor's own classes. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, inWorkspace, remove, writeText } from './support';

const folder = inWorkspace('.kiro', 'specs', 'host-chat');

describe('Earshot in the editor’s own chat', () => {
  before(() =>
    writeText(
      vscode.Uri.joinPath(folder, 'requirements.md'),
      '# Requirements Document\n\n## Requirements\n\n### Requirement 1: Count\n\n#### Acceptance Criteria\n\n1. WHEN a person presses the button, THE Counter SHALL add one.\n',
    ),
  );
  after(() => remove(folder));

  async function ask(input: object): Promise<string> {
    const result = await vscode.lm.invokeTool('earshot_spec', { input, toolInvocationToken: undefined });
    return result.content
      .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
      .join('');
  }

  it('offers a look into the specs', async () => {
    const tool = await eventually('the tool', () =>
      vscode.lm.tools.find(({ name }) => name === 'earshot_spec'),
    );
    assert.match(tool.description, /Looks into a specification/);
    const question = { action: 'criterion', id: '1.1', spec: 'host-chat' };
    const found = await eventually('the spec', async () => {
      const said = await ask(question);
      return said.includes('add one') ? said : undefined;
    });
    assert.equal(
      found,
      '1.1 WHEN a person presses the button, THE Counter SHALL add one.\n(of Requirement 1: Count [1 criteria])',
    );
    assert.match(await ask({ action: 'task', spec: 'none-such' }), /no specification none-such\. There are/);
  });
});
