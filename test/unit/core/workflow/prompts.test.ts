/** What a model is asked, word for word: a changed prompt shows in a diff. `npm run goldens` writes them. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  ALL_TOOLS,
  CODING_TOOLS,
  EDITOR_TOOLS,
  TASK_TOOLS,
  WEB_TOOLS,
} from '../../../../src/core/agent/tools/codingTools';
import type { ModelRequest } from '../../../../src/core/agent/turn/model';
import { createScriptedModel } from '../../../support/scriptedModel';
import { approveAll } from '../approveAll';
import { SPEC, startCore } from '../coreHarness';
import { CASES, documentFor } from './promptCases';

const GOLDENS = resolve(__dirname, '../../../golden/prompts');
/** Tokens, at four bytes each: what a request costs before it says anything about the project. */
const MOST_TOKENS = 2500;
/** Of the role and the definitions of all its tools, which every request of a session pays. */
const MOST_FIXED = 2500;
/** The same with the tools that only some sessions have. */
const MOST_WITH_ALL = 4000;

describe('what a model is asked', () => {
  for (const [name, { act, answers = [], request: index = 0, ...given }] of Object.entries(CASES)) {
    it(name, async () => {
      const model = createScriptedModel({
        turns: answers.map((text) => ({ text })),
        answer: (request) => ({ text: documentFor(request) }),
      });
      const { core } = await startCore({ model, ...given, answers: () => 'yes', commands: () => 0 });
      if (core.specs.get(SPEC)?.documents.some(({ state }) => state === 'draft'))
        await approveAll(core, SPEC);
      await act(core);
      const request = model.requests[index];
      assert.ok(request);
      const text = show(request);
      const golden = resolve(GOLDENS, `${name}.txt`);
      if (process.env.UPDATE_GOLDENS) {
        mkdirSync(dirname(golden), { recursive: true });
        writeFileSync(golden, text);
      }
      assert.ok(existsSync(golden), `${golden} is missing; npm run goldens writes it`);
      assert.equal(text, readFileSync(golden, 'utf8'));
      assert.ok(tokensOf(request) <= MOST_TOKENS, `${tokensOf(request)} tokens`);
      const fixed = tokensOf({ ...request, messages: [] });
      assert.ok(fixed <= MOST_FIXED, `${fixed} tokens for the role and its tools`);
    });
  }
});

describe('all tools together', () => {
  it('with the role of a task cost no more than 4,000 tokens, and 2,500 without those of the editor and the web', async () => {
    const model = createScriptedModel({ answer: () => ({ text: 'Done.' }) });
    const { core } = await startCore({
      model,
      files: CASES.task?.files ?? {},
      answers: () => 'yes',
      commands: () => 0,
    });
    await approveAll(core, SPEC);
    await core.tasks.run(SPEC, '1.1');
    const [request] = model.requests;
    assert.ok(request);
    const tools = ALL_TOOLS.map(({ definition }) => definition);
    assert.equal(
      tools.length,
      CODING_TOOLS.length + EDITOR_TOOLS.length + WEB_TOOLS.length + TASK_TOOLS.length,
    );
    const all = tokensOf({ ...request, messages: [], tools });
    assert.ok(all <= MOST_WITH_ALL, `${all} tokens`);
    const own = tokensOf({ ...request, messages: [] });
    assert.ok(own <= MOST_FIXED, `${own} tokens`);
  });
});

function tokensOf({ system, messages, tools }: ModelRequest): number {
  return Math.ceil(Buffer.byteLength(JSON.stringify([system, messages, tools])) / 4);
}

function show(request: ModelRequest): string {
  const { system, messages, tools, maxTokens } = request;
  const said = messages.flatMap(({ role, content }) =>
    content.map(
      (block) => `=== ${role}\n${block.type === 'text' ? block.text : JSON.stringify(block, null, 2)}`,
    ),
  );
  const offered = tools.map(
    (tool) => `=== tool ${tool.name}\n${tool.description}\n${JSON.stringify(tool.inputSchema, null, 2)}`,
  );
  const fixed = tokensOf({ ...request, messages: [] });
  const size = `about ${tokensOf(request)} tokens, ${fixed} of them for the role and its tools; answers of at most ${maxTokens}`;
  return `${[size, `=== system\n${system}`, ...offered, ...said].join('\n\n')}\n`;
}
