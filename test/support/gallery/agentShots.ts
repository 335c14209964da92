/** The agent view in its states. */
import type { Page } from 'playwright-core';
import type { SessionItem, SessionState } from '../../../src/core/agent/session/sessionState';
import type { AgentModel } from '../../../src/protocol/agent';
import {
  agentModel,
  allowed,
  asking,
  askingOnce,
  askingParts,
  askingWrite,
  chat,
  check,
  edit,
  live,
  manySessions,
  plan,
  prompt,
  reads,
  running,
  session,
  started,
  steps,
  talk,
  tool,
} from './agentFixtures';
import { design } from './proseFixtures';
import type { Shot } from './shots';

const base = { view: 'agent', theme: 'dark', width: 420, height: 860 } as const;
const low = { ...base, width: 380, height: 420 } as const;

const change = tool('edit_file', { path: edit.path }, { edit, durationMs: 1100 });

function show(
  items: readonly SessionItem[],
  state: Partial<SessionState> = {},
  more: Partial<AgentModel> = {},
): readonly unknown[] {
  return [{ type: 'model', model: agentModel(session(items, state), more) }];
}

function say(update: object): unknown {
  return { type: 'live', update: { session: 's1', ...update } };
}

/** Near the end of its budget and of a limit, and running. */
const chatting = show(
  talk,
  { started: chat, context: 128_000 },
  { limit: { what: 'today', spent: 8.5, limit: 10 } },
);

async function compose(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message to the agent').fill(text);
  await page.waitForTimeout(50);
}

const mentionKinds = (page: Page) => compose(page, 'Look at #');

async function openSessions(page: Page): Promise<void> {
  await page.click('[data-act="sessions"]');
}

/** A green dot, as the clipboard has it. */
async function pastePicture(page: Page): Promise<void> {
  await page.getByLabel('Message to the agent').evaluate(async (area) => {
    const canvas = new OffscreenCanvas(72, 56);
    const paint = canvas.getContext('2d');
    if (paint) paint.fillStyle = 'seagreen';
    paint?.fillRect(12, 8, 48, 40);
    const data = new DataTransfer();
    data.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }));
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await compose(page, 'What does the station show here?');
}

const handed = (task: string, call: string, change: object = {}) =>
  tool('delegate', { task, agent: 'context-gatherer' }, { call, durationMs: 42_000, ...change });
const helping = show(
  [
    prompt,
    handed('Where is the queue kept, and who writes to it?', 'h1', { output: 'src/queue.ts:12 keeps it.' }),
    handed('Which tests cover an outage of the device while tools are returned at the station?', 'h2', {
      status: 'running',
      durationMs: undefined,
    }),
    handed('Write the sheet', 'h3', { status: 'running', durationMs: undefined }),
    handed('Look at the log', 'h4', { status: 'failed', output: 'It did not come to an end.' }),
  ],
  { started: { ...chat, agent: { id: 'team/reviewer', name: 'Code reviewer', hash: '' } } },
  {
    helpers: [
      { session: 'a', call: 'h1', agent: 'context-gatherer', waits: false },
      { session: 'b', call: 'h2', agent: 'context-gatherer', waits: false },
      { session: 'c', call: 'h3', agent: 'general-task-execution', waits: true },
    ],
  },
);

const output = say({ type: 'output', call: 'run1', text: live });
const asks = [...show([prompt, ...reads, steps, plan, change, asking])];
const streams = [
  ...show([prompt, ...reads, steps, plan, change, allowed, check()]),
  say({
    type: 'text',
    text: 'The outage test passes with the clock held still. Two things the criterion asks for are still open:\n\n1. a return that is **not** in the register must get a shelf by hand (2.2);\n2. the limit of the queue is stated, but nothing measures',
  }),
];
const failedCheck = check({
  status: 'failed',
  exitCode: 1,
  output: `${Array.from({ length: 14 }, (_, i) => ` ✓ case ${i + 1}`).join('\n')}\n ✗ survives a restart of the device\n\n   AssertionError: expected 1 entry, got 0\n     at station.test.ts:48:18\n\n Tests  1 failed, 14 passed`,
});
const question =
  'The criterion does not say where a return waits while the network is down. Where should it?';
const options = ['On the device, in a file', 'In memory only', 'Nowhere: refuse it and say so'];
/** One line for each kind of tool, and a question of the model's. */
const allKinds: readonly SessionItem[] = [
  prompt,
  tool('glob', { pattern: 'src/**/*.ts' }),
  tool('spec', { action: 'criterion', id: '2.1' }),
  tool(
    'move_file',
    {},
    { edit: { path: 'src/station/queue.ts', from: 'src/queue.ts', before: undefined, after: 'a' } },
  ),
  tool('delete_file', {}, { edit: { path: 'src/old.ts', before: 'export {};\n', after: undefined } }),
  tool('delete_file', { path: 'media/old.png' }),
  tool(
    'start_process',
    { command: 'npm run dev' },
    { output: 'Started p1.\nlistening on 4000\n[p1 runs; read up to 18]' },
  ),
  tool('read_output', { process: 'p1' }),
  tool('ask_user', { question, options }, { status: 'asking', choice: { question, options } }),
];
const ended = {
  status: 'failed',
  endedAt: Date.UTC(2025, 4, 12, 14, 41, 20),
  reason: 'The check still fails after 3 attempts: npm test -- station, exit code 1.',
} as const;
const long = Array.from({ length: 60 }, (_, i) => [
  { ...plan, text: `Step ${i + 1}: ${plan.type === 'text' ? plan.text : ''}` },
  tool('edit_file', { path: edit.path }, { edit, durationMs: 1100 }),
]).flat() as readonly SessionItem[];

export const agentShots: readonly Shot[] = [
  { ...base, name: 'agent-tools', messages: show(allKinds) },
  { ...base, name: 'agent-helpers-dark', messages: helping },
  { ...base, name: 'agent-helpers-light', theme: 'light', messages: helping },
  { ...base, name: 'agent-helpers-300', width: 300, messages: helping },
  {
    ...low,
    name: 'agent-led-by',
    messages: [{ type: 'model', model: agentModel(undefined, { nextAgent: 'Code reviewer' }) }],
  },
  { ...base, name: 'agent-asking-dark', messages: asks },
  { ...base, name: 'agent-asking-light', theme: 'light', messages: asks },
  { ...base, name: 'agent-asking-hc', theme: 'hc', messages: asks },
  { ...base, name: 'agent-asking-300', width: 300, messages: asks },
  { ...base, name: 'agent-asking-parts', messages: show([prompt, ...reads, plan, askingParts]) },
  {
    ...base,
    name: 'agent-asking-parts-light-300',
    theme: 'light',
    width: 300,
    messages: show([prompt, ...reads, plan, askingParts]),
  },
  { ...base, name: 'agent-asking-once', messages: show([prompt, ...reads, plan, askingOnce]) },
  { ...base, name: 'agent-asking-write', messages: show([prompt, ...reads, plan, askingWrite]) },
  {
    ...base,
    name: 'agent-running-dark',
    messages: [...show([prompt, ...reads, plan, change, running]), output],
  },
  { ...base, name: 'agent-streaming-dark', messages: streams },
  { ...base, name: 'agent-streaming-light', theme: 'light', messages: streams },
  { ...base, name: 'agent-streaming-300', width: 300, messages: streams },
  {
    ...base,
    name: 'agent-failed',
    messages: show(
      [
        prompt,
        ...reads,
        plan,
        change,
        failedCheck,
        { type: 'note', level: 'warning', text: 'Attempt 3 of 3 failed.', at: 0 },
      ],
      ended,
    ),
  },
  {
    ...base,
    name: 'agent-failed-light',
    theme: 'light',
    messages: show([prompt, ...reads, plan, change, failedCheck], ended),
  },
  {
    ...base,
    name: 'agent-drafting',
    height: 560,
    messages: [
      ...show([{ type: 'user', text: 'A library where neighbours lend tools to each other.', at: 0 }], {
        started: { ...started, kind: 'draft', title: 'Draft design.md', document: 'design.md' },
        turns: 1,
      }),
      say({ type: 'text', text: design.slice(0, 900) }),
    ],
  },
  {
    ...base,
    name: 'agent-scrolled',
    height: 560,
    messages: show(long),
    prepare: async (page) => {
      await page.waitForTimeout(200);
      await page.mouse.move(200, 300);
      await page.mouse.wheel(0, -900);
      await page.waitForTimeout(200);
    },
  },
  {
    ...base,
    name: 'agent-sessions',
    height: 420,
    messages: show([prompt, ...reads, plan]),
    prepare: (page) => page.click('[data-act="sessions"]'),
  },
  {
    ...base,
    name: 'agent-open',
    height: 620,
    messages: show([
      {
        type: 'user',
        text: `${prompt.type === 'user' ? prompt.text : ''}\n\n- one\n- two\n- three\n- four\n- five\n- six`,
        at: 0,
      },
      ...reads,
      tool('read_file', { path: 'src/gone.ts' }, { status: 'failed', output: 'No such file: src/gone.ts' }),
      plan,
      allowed,
    ]),
    prepare: async (page) => {
      await page.locator('[data-call]').nth(0).click();
      await page.locator('[data-call]').nth(2).click();
    },
  },
  { ...base, name: 'agent-chat-dark', messages: chatting },
  { ...base, name: 'agent-chat-light', theme: 'light', messages: chatting },
  { ...base, name: 'agent-chat-hc', theme: 'hc', messages: chatting, prepare: mentionKinds },
  { ...base, name: 'agent-chat-300', width: 300, messages: chatting },
  {
    ...base,
    name: 'agent-chat-ready',
    messages: show(talk.slice(0, -1), { started: chat, status: 'done', endedAt: 1 }),
  },
  { ...low, name: 'agent-mentions', messages: chatting, prepare: mentionKinds },
  {
    ...low,
    name: 'agent-mentions-light-300',
    theme: 'light',
    width: 300,
    messages: chatting,
    prepare: mentionKinds,
  },
  { ...low, name: 'agent-commands', messages: chatting, prepare: (page) => compose(page, '/') },
  {
    ...low,
    name: 'agent-refused',
    messages: chatting,
    prepare: async (page) => {
      await compose(page, 'Look at #file:src/gone.ts, please');
      await page.evaluate(() =>
        window.postMessage({
          type: 'refused',
          message: '“#file:src/gone.ts” is not there. Nothing was sent: correct it, or take it out.',
        }),
      );
    },
  },
  { ...low, name: 'agent-picture', messages: chatting, prepare: pastePicture },
  {
    ...base,
    name: 'agent-sessions-many',
    messages: [{ type: 'model', model: agentModel(session(talk), { sessions: manySessions }) }],
    prepare: openSessions,
  },
  {
    ...base,
    name: 'agent-sessions-300-light',
    theme: 'light',
    width: 300,
    messages: [{ type: 'model', model: agentModel(session(talk), { sessions: manySessions }) }],
    prepare: async (page) => {
      await openSessions(page);
      await page.getByLabel('Filter sessions').fill('register failed');
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    ...low,
    name: 'agent-sessions-rename',
    messages: show(talk, { started: chat }),
    prepare: async (page) => {
      await openSessions(page);
      await page.keyboard.press('F2');
    },
  },
  {
    ...low,
    name: 'agent-elsewhere',
    messages: show(talk, { started: chat }, { elsewhere: true }),
  },
  {
    ...low,
    name: 'agent-retrying',
    messages: show([prompt, ...reads], { retrying: 'Server busy, again in 8 s' }),
  },
  { ...low, name: 'agent-waiting', messages: show([prompt, ...reads]) },
  {
    ...low,
    name: 'agent-steering',
    messages: show([prompt, ...reads, running], {
      queued: [{ message: 'm1', text: 'Keep the queue on the device, one entry a line.', at: 0 }],
    }),
    prepare: async (page) => {
      await page.getByLabel('Message to the agent').fill('And name the file after the station');
    },
  },
  {
    ...low,
    name: 'agent-interrupted',
    messages: show([prompt, ...reads, { ...running, status: 'interrupted' }], { status: 'interrupted' }),
  },
  {
    ...low,
    name: 'agent-stopped',
    messages: show([prompt, ...reads, { ...asking, status: 'denied', output: 'The person said no.' }], {
      status: 'cancelled',
      endedAt: Date.UTC(2025, 4, 12, 14, 41, 20),
    }),
  },
  {
    ...low,
    name: 'agent-done',
    messages: show([prompt, ...reads, change, check()], {
      status: 'done',
      endedAt: Date.UTC(2025, 4, 12, 14, 41, 20),
      started: { ...started, rehearsed: true },
    }),
  },
  { ...low, name: 'agent-empty', messages: [{ type: 'model', model: agentModel(undefined) }] },
  {
    ...low,
    name: 'agent-no-model',
    messages: [
      {
        type: 'model',
        model: agentModel(undefined, {
          off: 'Earshot talks to a model that you choose. Reading and checking specs works without one.',
        }),
      },
    ],
  },
  {
    ...low,
    name: 'agent-no-model-300',
    theme: 'light',
    width: 300,
    messages: [
      {
        type: 'model',
        model: agentModel(undefined, {
          off: 'Earshot talks to a model that you choose. Reading and checking specs works without one.',
        }),
      },
    ],
  },
  {
    ...low,
    name: 'agent-restricted',
    messages: [
      {
        type: 'model',
        model: agentModel(undefined, {
          off: 'Nothing runs here until you trust it. Reading and checking specs works.',
          restricted: true,
        }),
      },
    ],
  },
  {
    ...low,
    name: 'agent-off-beside',
    messages: show(
      [prompt, ...reads, plan],
      {
        status: 'failed',
        reason: 'The key was refused by the server (401).',
        endedAt: Date.UTC(2025, 4, 12, 14, 41, 20),
      },
      { off: 'The key was refused. Set another one.' },
    ),
  },
];
