/**
 * A process that does the tasks of a spec, one after the other or in waves, is killed at an event of the run's log, and
 * another goes on: real processes, files, git and HTTP. A small sample here; twelve tasks and all of the places, in all
 * ways, in the long run (`npm run soak`).
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Evidence } from '../../../../../src/core/tasks/evidence/model';
import { readRunLog } from '../../../../../src/core/tasks/run/runLog';
import { fromNativePath } from '../../../../../src/node/nativePath';
import { assertAccepted } from '../../../../support/acceptedConversation';
import { eventNames } from '../../../../support/eventNames';
import { describeFolder, makeGitFolder } from '../../../../support/gitFolder';
import { buildLives, type Death } from '../../../../support/lives';
import {
  type MessagesBody,
  type ScriptedTurn,
  startMessagesServer,
} from '../../../../support/messagesServer';
import { DESIGN, REQUIREMENTS, tasksText } from '../../coreHarness';

const SOAK = process.env.EARSHOT_SOAK === '1';
const WHEN = ['before', 'within', 'after'] as const;
/** Twelve tasks; of the sample four. */
const GROUPS = SOAK ? [1, 2, 3] : [1, 2];
const idsOf = (group: number) => (SOAK ? [1, 2, 3, 4] : [1, 2]).map((nth) => `${group}.${nth}`);
const IDS = GROUPS.flatMap(idsOf);

/** Those of a group wait for all of the group before it. */
const LINES = GROUPS.flatMap((group) => [
  `- [ ] ${group}. Group`,
  ...idsOf(group).flatMap((id) => [
    `  - [ ] ${id} Write ${id}`,
    `    - _Depends: ${group === 1 ? 'none' : idsOf(group - 1).join(', ')}_`,
    `    - _Verify: sh check.sh ${id} ${group === 1 ? '' : idsOf(group - 1).join(' ')}_`,
  ]),
]);

/** Of each task named: its own file, and its line in a file that all of them change. */
const CHECK = `for id in "$@"; do
  grep -q "by $id" "src/$id.txt" && grep -qx "$id done" list.txt || exit 1
done
`;
const LIST = IDS.map((id) => `# ${id}\n\n${id} open\n\n`).join('');

/** What the model does for a task, turn by turn. */
function script(id: string): readonly ScriptedTurn[] {
  const written = { name: 'write_file', input: { path: `src/${id}.txt`, content: `by ${id}\n` } };
  const listed = {
    name: 'edit_file',
    input: { path: 'list.txt', oldText: `${id} open`, newText: `${id} done` },
  };
  const built = { name: 'run_command', input: { command: 'cat src/1.*.txt > out.txt' } };
  const done = { text: `${id} is done.` };
  // It believes that it is done, and is told otherwise.
  if (id === '2.2') return [{ tools: [written] }, done, { tools: [listed] }, done];
  if (id === '2.1') return [{ tools: [written, listed] }, { tools: [built] }, done];
  return [{ tools: [written, listed] }, done];
}

/** By how far the conversation of a task has come, with the same ids each time. */
function answerTo({ messages }: MessagesBody): ScriptedTurn {
  const id = /Task (\d\.\d): /.exec(JSON.stringify(messages[0]))?.[1] ?? '';
  const at = messages.filter(({ role }) => role === 'assistant').length;
  const { tools = [], ...turn } = script(id)[at] ?? { text: 'There is nothing more to say.' };
  return { ...turn, tools: tools.map((tool, nth) => ({ ...tool, id: `toolu_${id}_${at}_${nth}` })) };
}

interface Outcome {
  readonly tree: Readonly<Record<string, string>>;
  readonly tasks: string;
  readonly evidence: readonly string[];
  readonly requests: number;
  readonly said: string;
  readonly log: string;
  /** Of each life but the last: did it die as it was told? */
  readonly died: readonly boolean[];
}

/** Of evidence only what was found is the same for every life, not when, in which session and in which order. */
function foundIn(text: string): readonly string[] {
  const records = text.trim().split('\n');
  return records
    .map((line) => {
      const { task, hash, verdict, reasons, files } = JSON.parse(line) as Evidence;
      return JSON.stringify({ task, hash, verdict, reasons, files });
    })
    .sort();
}

describe('A killed run', function () {
  this.timeout(60_000);
  let program = '';
  let liveOnce: Awaited<ReturnType<typeof buildLives>>;

  before(async () => {
    program = mkdtempSync(join(tmpdir(), 'earshot-crash-'));
    liveOnce = await buildLives(program);
  });
  after(() => rmSync(program, { recursive: true, force: true }));

  /** One life after another, the last of them to its end. */
  async function live(parallel: number, ...deaths: readonly Death[]): Promise<Outcome> {
    const folder = await makeGitFolder({
      'check.sh': CHECK,
      'list.txt': LIST,
      '.kiro/specs/links/requirements.md': REQUIREMENTS,
      '.kiro/specs/links/design.md': DESIGN,
      '.kiro/specs/links/tasks.md': tasksText(...LINES),
    });
    const git = await describeFolder(join(folder.top, '.git'), true);
    const server = await startMessagesServer({ answer: ({ body }) => answerTo(body) });
    const root = fromNativePath(folder.top);
    const orders = {
      root,
      home: `${fromNativePath(folder.own)}/earshot`,
      spec: `${root}/.kiro/specs/links`,
      url: server.url,
      parallel,
    };
    const died: boolean[] = [];
    try {
      for (const death of deaths) died.push((await liveOnce({ ...orders, ...death })).signal === 'SIGKILL');
      const last = await liveOnce(orders);
      assert.equal(last.code, 0, last.said);
      for (const { body } of server.requests) assertAccepted(body.messages);
      const all = await describeFolder(folder.top);
      const records = '.kiro/specs/links/.earshot/evidence.jsonl';
      const { [records]: _, ...tree } = all;
      const own = join(folder.own, 'earshot');
      assert.deepEqual(await describeFolder(join(folder.top, '.git'), true), git, 'the repository');
      const copies = readdirSync(own).includes('worktrees')
        ? await describeFolder(join(own, 'worktrees'))
        : {};
      assert.deepEqual(copies, {}, 'copies that nobody needs');
      const logs = readdirSync(own, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /runs.[^/\\]+\.jsonl$/.test(name),
      );
      assert.equal(logs.length, 1, 'one run');
      return {
        tree,
        tasks: readFileSync(join(folder.top, '.kiro/specs/links/tasks.md'), 'utf8'),
        evidence: foundIn(readFileSync(join(folder.top, records), 'utf8')),
        log: readFileSync(join(own, logs[0] ?? ''), 'utf8'),
        requests: server.requests.length,
        said: last.said,
        died,
      };
    } finally {
      await server.close();
      await folder.remove();
    }
  }

  function assertSame(found: Outcome, whole: Outcome, where: string): void {
    assert.match(found.said, /^(?:done|over)$/, where);
    assert.equal(found.tasks, whole.tasks, where);
    assert.deepEqual(found.tree, whole.tree, where);
    assert.deepEqual(found.evidence, whole.evidence, where);
    const seqs = readRunLog(found.log).map(({ seq }) => seq);
    assert.deepEqual(seqs, [...seqs.keys()], `${where}: one log without gaps`);
  }

  let whole: Outcome;
  it('leaves, when nobody kills it, what its tasks are about', async () => {
    whole = await live(1);
    assert.equal(whole.tasks.match(/\[x\]/g)?.length, IDS.length + GROUPS.length);
    const built = idsOf(1).map((id) => `by ${id}\n`);
    assert.equal(whole.tree['out.txt'], JSON.stringify(built.join('')));
    assert.equal(whole.evidence.length, IDS.length);
    if (SOAK) assertSame(await live(4), whole, 'in waves');
  });

  /** @returns which of them came to pass: side by side, an event may have come before the one that stood before it */
  async function dieOf(parallel: number, deaths: readonly Death[], requests: number) {
    const where = `${parallel} at a time, dead ${deaths.map(({ killOn, killWhen }) => `${killWhen} ${killOn}`).join(', then ')}`;
    const found = await live(parallel, ...deaths).catch((error: unknown) => {
      throw new Error(`${where}: ${error instanceof Error ? error.message : error}`, { cause: error });
    });
    assertSame(found, whole, where);
    assert.ok(found.requests <= requests + parallel * deaths.length, `${where}: ${found.requests} requests`);
    return deaths.filter((_, life) => found.died[life]);
  }

  if (SOAK)
    for (const parallel of [1, 4])
      it(`comes to the same end, ${parallel} at a time, wherever it dies`, async function () {
        this.timeout(3 * 60 * 60_000);
        const { log, requests } = await live(parallel);
        const names = eventNames(log);
        assert.ok(names.length >= IDS.length * 8, `${names.length} events`);
        const died = new Set<string>();
        const nameOf = ({ killOn, killWhen }: Death) => `${killWhen} ${killOn}`;
        // Three deaths of one run: all places in all ways, in a third of the time.
        const third = Math.ceil(names.length / 3);
        for (let first = 0; first < third; first++)
          for (const turn of WHEN.keys()) {
            const deaths = [0, 1, 2].flatMap((nth): readonly Death[] => {
              const [killOn, killWhen] = [names[first + nth * third], WHEN[(turn + nth) % WHEN.length]];
              return killOn === undefined || killWhen === undefined ? [] : [{ killOn, killWhen }];
            });
            for (const death of await dieOf(parallel, deaths, requests)) died.add(nameOf(death));
          }
        const all = names.flatMap((killOn) => WHEN.map((killWhen) => nameOf({ killOn, killWhen })));
        const missing = all.filter((name) => !died.has(name));
        assert.ok(missing.length <= (parallel - 1) * 0.05 * all.length, missing.join('\n'));
        console.log(`      ${died.size} of ${all.length} deaths, ${names.length} events`);
      });
  else {
    it('comes to the same end one task after the other', async () => {
      const deaths = [{ killOn: 'task.judged 1.2 #1', killWhen: 'within' }] as const;
      assert.deepEqual(await dieOf(1, deaths, whole.requests), deaths);
    });
    it('comes to the same end in waves', async () => {
      const deaths = [{ killOn: 'task.merging 1.2 #1', killWhen: 'after' }] as const;
      assert.deepEqual(await dieOf(4, deaths, whole.requests), deaths);
    });
  }
});
