/** The server fails in the ways that servers fail: what a person finds afterwards. Real HTTP, the real SDK. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type MessagesServer, type ScriptedTurn, startMessagesServer } from '../support/messagesServer';
import { eventually, inWorkspace, lensTitles, readText, remove, useServer } from './support';

const DOCUMENT = `# Requirements Document

## Introduction

A counter that counts.

## Glossary

- **Counter**: the thing that counts.

## Requirements

### Requirement 1: Count

**User Story:** As a person, I want to count, so that I know how many.

#### Acceptance Criteria

1. WHEN a person presses the button, THE Counter SHALL add one.
`;

describe('a model server that fails', () => {
  let server: MessagesServer;
  let nth = 0;
  let name = '';
  let requirements: vscode.Uri;

  beforeEach(async () => {
    name = `host-faults-${++nth}`;
    requirements = inWorkspace('.kiro', 'specs', name, 'requirements.md');
    server = await startMessagesServer();
    await useServer(server.url);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(inWorkspace('.kiro', 'specs', name));
    await useServer(undefined);
  });

  async function draft(...turns: readonly ScriptedTurn[]): Promise<void> {
    server.enqueue(...turns);
    await vscode.commands.executeCommand('earshot.newSpec', 'A counter', name);
  }

  it('401: no document and no folder, and its draft begins once more with a good answer', async () => {
    const folder = inWorkspace('.kiro', 'specs', name);
    await draft({ fault: 'unauthorized' });
    await assert.rejects(async () => vscode.workspace.fs.stat(folder));
    server.enqueue({ text: DOCUMENT });
    await vscode.commands.executeCommand('earshot.draft', { spec: folder.path, kind: 'requirements' });
    await eventually('the document', async () => (await readText(requirements)) === DOCUMENT || undefined);
  });

  it('429: waits as told, tries again, and the document comes', async () => {
    await draft({ fault: 'rateLimited', retryAfter: '1' }, { text: DOCUMENT });
    assert.equal(server.requests.length, 2);
    assert.equal(await readText(requirements), DOCUMENT);
    assert.deepEqual((await lensTitles(requirements)).slice(0, 2), ['Approve…', 'Review']);
  });

  it('cut in the middle: what came is kept, marked, and drafted again on request', async () => {
    await draft({ text: DOCUMENT, fault: 'cutByReset', faultAfter: 20 });
    const partial = (await readText(requirements)) ?? '';
    assert.ok(partial.length > 20 && DOCUMENT.startsWith(partial.trimEnd()), partial);
    await eventually(
      'the mark',
      async () => (await lensTitles(requirements))[0] === 'Cut off. Draft again' || undefined,
    );
    server.enqueue({ text: DOCUMENT });
    await vscode.commands.executeCommand('earshot.draft', { spec: name, kind: 'requirements' });
    assert.equal(await readText(requirements), DOCUMENT);
    await eventually('no mark', async () => (await lensTitles(requirements))[0] === 'Approve…' || undefined);
  });

  it('max_tokens: the cut document is kept and marked', async () => {
    await draft({ text: DOCUMENT.slice(0, 200), stop: 'max_tokens' });
    assert.ok(DOCUMENT.startsWith(((await readText(requirements)) ?? '').trimEnd()));
    await eventually(
      'the mark',
      async () => (await lensTitles(requirements))[0] === 'Cut off. Draft again' || undefined,
    );
  });

  it('a cut revision changes nothing', async () => {
    await draft({ text: DOCUMENT });
    server.enqueue({ text: DOCUMENT.replace('one', 'two'), fault: 'cutByEnd', faultAfter: 10 });
    await vscode.commands.executeCommand(
      'earshot.requestChanges',
      { spec: name, kind: 'requirements' },
      'Count by two.',
    );
    assert.equal(await readText(requirements), DOCUMENT);
  });
});
