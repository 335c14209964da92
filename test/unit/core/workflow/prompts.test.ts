/** What a model is asked, word for word: a changed prompt shows in a diff. UPDATE_GOLDENS=1 writes them. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Core } from '../../../../src/core';
import type { ModelRequest } from '../../../../src/core/agent/model';
import {
  ALL_TOOLS,
  CODING_TOOLS,
  EDITOR_TOOLS,
  TASK_TOOLS,
  WEB_TOOLS,
} from '../../../../src/core/agent/tools/codingTools';
import { createScriptedModel } from '../../../support/scriptedModel';
import { approveAll } from '../approveAll';
import { DESIGN, REQUIREMENTS, SPEC, specFile, startCore, tasksText } from '../coreHarness';
import { HOOKS, hookFile } from '../hooks/hookHarness';
import * as upkeep from './upkeepHarness';

const GOLDENS = resolve(__dirname, '../../../golden/prompts');
/** Tokens, at four bytes each: what a request costs before it says anything about the project. */
const MOST_TOKENS = 2500;
/** Of the role and the definitions of all its tools, which every request of a session pays. */
const MOST_FIXED = 2500;
/** The same with the tools that only some sessions have. */
const MOST_WITH_ALL = 4000;

const FILES = {
  'AGENTS.md': 'Plain JavaScript, no dependencies.\n',
  '.kiro/steering/tech.md': '---\ninclusion: always\n---\nNode 20.\n',
  '.kiro/steering/api.md': '---\ninclusion: manual\n---\nNot told.\n',
  'package.json': '{"scripts": {"test": "node --test"}}',
  'src/links.js': 'export {};\n',
  [HOOKS]: hookFile({ name: 'notes', prompt: 'Keep NOTES.md up to date.' }),
};
const BUGFIX = { ...FILES, [specFile('.config.kiro')]: '{"specType": "bugfix"}' };
const TASKS = tasksText(
  '- [ ] 1. Expiry',
  '  - [ ] 1.1 Delete old links',
  '    - Sweep once a day',
  '    - _Requirements: 1.1_',
  '    - _Verify: node --test test/sweep.test.js_',
);
const whole = {
  ...FILES,
  [specFile('requirements.md')]: REQUIREMENTS,
  [specFile('design.md')]: DESIGN,
  [specFile('tasks.md')]: TASKS,
};

/** Three documents with links between them. */
const kept = {
  ...FILES,
  [specFile('requirements.md')]: upkeep.REQUIREMENTS,
  [specFile('design.md')]: upkeep.DESIGN,
  [specFile('tasks.md')]: upkeep.TASKS,
};
const { LATER } = upkeep;
const MORE = (text: string) =>
  text.replace('links it keeps.', 'links it keeps.\n3. THE Link_Store SHALL log each deletion.');

async function edit(core: Core, change: (text: string) => string): Promise<void> {
  await core.ports.files.writeText(upkeep.PATH('requirements.md'), change(upkeep.REQUIREMENTS));
  await core.specs.refresh(SPEC);
}

const without = (files: Readonly<Record<string, string>>, ...names: readonly string[]) =>
  Object.fromEntries(
    Object.entries(files).filter(([path]) => !names.some((name) => path.endsWith(`/${name}`))),
  );

const roles: readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  act: (core: Core) => Promise<unknown>,
][] = [
  [
    'draft-requirements',
    FILES,
    async (core) => (await core.workflow.newSpec('/project', 'links', 'Links expire after 30 days')).done,
  ],
  ['draft-bugfix', BUGFIX, async (core) => (await core.workflow.draft(SPEC, 'bugfix')).done],
  [
    'draft-design',
    without(whole, 'design.md', 'tasks.md'),
    async (core) => (await core.workflow.draft(SPEC, 'design')).done,
  ],
  [
    'draft-tasks',
    without(whole, 'tasks.md'),
    async (core) => (await core.workflow.draft(SPEC, 'tasks')).done,
  ],
  [
    'revise-design',
    without(whole, 'tasks.md'),
    async (core) => (await core.workflow.requestChanges(SPEC, 'design', 'Say how often.')).done,
  ],
  [
    'refine-design',
    kept,
    async (core) => {
      await edit(core, LATER);
      await (await core.upkeep.refine(SPEC, 'design')).done.catch(() => {});
    },
  ],
  [
    'refine-tasks',
    kept,
    async (core) => {
      await edit(core, (text) => MORE(LATER(text)));
      await (await core.upkeep.refine(SPEC, 'tasks')).done.catch(() => {});
    },
  ],
  [
    'sync-tasks',
    kept,
    async (core) => {
      await edit(core, MORE);
      await (await core.upkeep.syncTasks(SPEC)).draft?.done.catch(() => {});
    },
  ],
  ['task', whole, (core) => core.tasks.run(SPEC, '1.1')],
  [
    'chat',
    FILES,
    (core) =>
      new Promise<void>((resolve, reject) => {
        core.sessions.onDidChange((id) => {
          if (core.sessions.get(id)?.status === 'done') resolve();
        });
        core.chats.start('/project', { text: 'Why does #file:src/links.js export nothing?' }).catch(reject);
      }),
  ],
  ['hook', FILES, (core) => core.hooks.runNow(core.hooks.all[0]?.id ?? '', 'src/links.js')],
];

describe('what a model is asked', () => {
  for (const [name, files, act] of roles) {
    it(name, async () => {
      const model = createScriptedModel({ answer: () => ({ text: '# Document\n\nText.\n' }) });
      const { core } = await startCore({ model, files, answers: () => 'yes', commands: () => 0 });
      if (core.specs.get(SPEC)?.documents.some(({ state }) => state === 'draft'))
        await approveAll(core, SPEC);
      await act(core);
      const [request] = model.requests;
      assert.ok(request);
      const text = show(request);
      const golden = resolve(GOLDENS, `${name}.txt`);
      if (process.env.UPDATE_GOLDENS) {
        mkdirSync(dirname(golden), { recursive: true });
        writeFileSync(golden, text);
      }
      assert.ok(existsSync(golden), `${golden} is missing; UPDATE_GOLDENS=1 writes it`);
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
    const { core } = await startCore({ model, files: whole, answers: () => 'yes', commands: () => 0 });
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
