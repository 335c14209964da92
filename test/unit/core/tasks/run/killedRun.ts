/**
 * A process that does the tasks of a spec, one after the other or in waves, is killed at an event of the run's log, and
 * another goes on: real processes, files, git and HTTP, over a copy of the sample project, whose own tests
 * prove the tasks. Three tasks and a few places in `npm test`; twelve and all of the places, in all ways, in the long
 * run (`npm run soak`), where each way has a file of its own so that they run beside each other.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Evidence } from '../../../../../src/core/tasks/evidence/model';
import { readRunLog } from '../../../../../src/core/tasks/run/runLog';
import { fromNativePath } from '../../../../../src/node/nativePath';
import { assertAccepted } from '../../../../support/acceptedConversation';
import type { Kill } from '../../../../support/crashChild';
import { eventNames } from '../../../../support/eventNames';
import { describeFolder, makeGitFolder } from '../../../../support/gitFolder';
import { repoRoot } from '../../../../support/host/paths';
import { buildLives, type Life } from '../../../../support/lives';
import {
  type MessagesBody,
  type ScriptedTurn,
  startMessagesServer,
} from '../../../../support/messagesServer';
import { type Piece, WORK, WORK_SPEC, withWork } from '../../../../support/sampleWork';
import { DESIGN, tasksText } from '../../coreHarness';

const SOAK = process.env.EARSHOT_SOAK === '1';
/** Of one run, spread over all of it; of those that are left then, and so on. */
const DEATHS = [40, 8, 2, 1, 1];
const WHEN = ['before', 'within', 'after'] as const;
const nameOf = ({ on, when }: Kill): string => `${when} ${on}`;
/** Of the sample three. */
const PIECES = SOAK ? WORK : WORK.filter(({ id }) => /^(?:1\.[12]|2\.1)$/.test(id));
const IDS = PIECES.map(({ id }) => id);
const GROUPS = [...new Set(IDS.map((id) => Number(id[0])))];
const idsOf = (group: number) => IDS.filter((id) => id.startsWith(`${group}.`));

/** Those of a group wait for all of the group before it. */
const LINES = GROUPS.flatMap((group) => [
  `- [ ] ${group}. Group`,
  ...PIECES.filter(({ id }) => id.startsWith(`${group}.`)).flatMap(({ id, criterion, check }) => [
    `  - [ ] ${id} See to it that ${criterion}`,
    `    - _Requirements: ${id}_`,
    `    - _Depends: ${group === 1 ? 'none' : idsOf(group - 1).join(', ')}_`,
    ...(SOAK ? [`    - _Verify: ${check}_`] : []),
  ]),
]);
const REQUIREMENTS = [
  '# Requirements Document',
  '## Requirements',
  ...GROUPS.flatMap((group) => [
    `### Requirement ${group}: Part ${group}`,
    '#### Acceptance Criteria',
    idsOf(group)
      .map((id, nth) => `${nth + 1}. ${PIECES.find((piece) => piece.id === id)?.criterion}`)
      .join('\n'),
  ]),
].join('\n\n');

/** What the model does for a task, turn by turn. */
function script(id: string): readonly ScriptedTurn[] {
  const { creates, edits, test } = PIECES.find((piece) => piece.id === id) as Piece;
  const code = [
    ...Object.entries(creates).map(([path, content]) => ({ name: 'write_file', input: { path, content } })),
    ...edits.map((edit) => ({ name: 'edit_file', input: { ...edit } })),
  ];
  const tested = { name: 'write_file', input: { ...test } };
  const done = { text: `${id} is done.` };
  // It believes that it is done, and is told otherwise.
  if (id === '1.2') return [{ tools: [tested] }, done, { tools: code }, done];
  const built = { name: 'run_command', input: { command: `node -e "${BUILD}"` } };
  if (id === '2.1') return [{ tools: [...code, tested] }, { tools: [built] }, done];
  return [{ tools: [...code, tested] }, done];
}

/** Writes what it finds by what the tasks before it have made. */
const BUILD =
  "import('./src/reserved.js').then((made) => fs.writeFileSync('out.txt', ['links', '1000'].map(made.isReserved).join()))";

/** By how far the conversation of a task has come, with the same ids each time. */
function answerTo({ messages }: MessagesBody): ScriptedTurn {
  const id = /Task (\d\.\d): /.exec(JSON.stringify(messages[0]))?.[1] ?? '';
  const at = messages.filter(({ role }) => role === 'assistant').length;
  const { tools = [], ...turn } = script(id)[at] ?? { text: 'There is nothing more to say.' };
  return { ...turn, tools: tools.map((tool, nth) => ({ ...tool, id: `toolu_${id}_${at}_${nth}` })) };
}

const SPEC = WORK_SPEC;
const RECORDS = `${SPEC}/.earshot/evidence.jsonl`;
/** Each run of all tests takes seconds, and the tasks bring their own. */
const isLeft = (name: string) => !name.startsWith('test/') || name === 'test/codes.test.js';
const SAMPLE = Object.entries(textsIn(join(repoRoot, 'media/sample')));
const BEGUN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SAMPLE.filter(([name]) => isLeft(name))),
  [`${SPEC}/requirements.md`]: REQUIREMENTS,
  [`${SPEC}/design.md`]: DESIGN,
  [`${SPEC}/tasks.md`]: tasksText(...LINES),
};
/** What is left, however often it dies. */
const ENDED: Readonly<Record<string, string>> = {
  ...withWork(BEGUN, PIECES),
  [`${SPEC}/tasks.md`]: tasksText(...LINES).replaceAll('[ ]', '[x]'),
  'out.txt': 'true,false',
};
/** Answers of the model, where nobody dies. */
const ANSWERS = IDS.reduce((sum, id) => sum + script(id).length, 0);

/** Of evidence only what was found is the same for every life, not when, in which session and in which order. */
function foundIn(text: string): readonly string[] {
  const records = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Evidence);
  const found = records.map(({ task, verdict, criteria, files }) => {
    const met = criteria.map(({ id, status }) => `${id} ${status}`);
    return `${task} ${verdict}, ${met}, ${files.map(({ path }) => path).sort()}`;
  });
  return found.sort();
}
const FOUND = PIECES.map(({ id, creates, edits, test }) => {
  const paths = [...Object.keys(creates), ...edits.map(({ path }) => path), test.path];
  if (id === '2.1') paths.push('out.txt');
  return `${id} proved, ${id} proved, ${[...new Set(paths)].sort()}`;
});

function textsIn(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const names = entries.map((entry) =>
    relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'),
  );
  const texts = names.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  return Object.fromEntries(texts.filter(([name]) => !name.startsWith('.git/')));
}

/**
 * The tests of one way to run: a few places, or in the long run all.
 * @param parallel Tasks at a time
 * @param sample Where it dies in `npm test`
 */
export function diesAnywhere(this: Mocha.Suite, parallel: number, sample: readonly Kill[]): void {
  // Each death costs a start, and each task a run of all tests.
  this.timeout(120_000);
  let program = '';
  let liveOnce: Awaited<ReturnType<typeof buildLives>>;

  before(async () => {
    program = mkdtempSync(join(tmpdir(), 'earshot-crash-'));
    liveOnce = await buildLives(program);
  });
  after(() => rmSync(program, { recursive: true, force: true }));

  /**
   * One life after another, the last of them to its end; each dies at whichever place comes first.
   * @returns where they died, and the log of the run
   */
  async function live(kills: readonly Kill[] = []) {
    const folder = await makeGitFolder(BEGUN);
    const git = await describeFolder(join(folder.top, '.git'), true);
    const server = await startMessagesServer({ answer: ({ body }) => answerTo(body) });
    const root = fromNativePath(folder.top);
    const own = join(folder.own, 'earshot');
    const orders = {
      root,
      home: fromNativePath(own),
      spec: `${root}/${SPEC}`,
      url: server.url,
      parallel,
    };
    const died: Kill[] = [];
    try {
      let last: Life | undefined;
      while (last === undefined) {
        const left = kills.filter((kill) => !died.some((each) => nameOf(each) === nameOf(kill)));
        const life = await liveOnce({ ...orders, kills: left });
        if (life.signal === 'SIGKILL' && life.killed) died.push(life.killed);
        else last = life;
      }
      assert.equal(last.code, 0, last.said);
      assert.match(last.said, /^(?:done|over)$/);
      for (const { body } of server.requests) assertAccepted(body.messages);
      const most = ANSWERS + parallel * died.length;
      assert.ok(server.requests.length <= most, `${server.requests.length} requests`);
      const {
        [RECORDS]: records = '',
        [`${SPEC}/.earshot/.gitattributes`]: _,
        ...texts
      } = textsIn(folder.top);
      assert.deepEqual(texts, ENDED);
      assert.deepEqual(foundIn(records), FOUND);
      assert.deepEqual(await describeFolder(join(folder.top, '.git'), true), git);
      const all = textsIn(own);
      const copies = Object.keys(all).filter((name) => name.startsWith('worktrees/'));
      assert.deepEqual(copies, [], 'copies that nobody needs');
      // Of a run that died with half of its first line nothing is known.
      const logs = Object.entries(all).filter(
        ([name, text]) => /runs\/[^/]+\.jsonl$/.test(name) && readRunLog(text).length > 0,
      );
      assert.deepEqual(logs.slice(1), [], 'one run');
      const log = logs[0]?.[1] ?? '';
      const seqs = readRunLog(log).map(({ seq }) => seq);
      assert.deepEqual(seqs, [...seqs.keys()], 'one log without gaps');
      return { died, log };
    } catch (error) {
      const where = died.map(nameOf).join(', then ');
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`${parallel} at a time, dead ${where}: ${message}`, { cause: error });
    } finally {
      await server.close();
      await folder.remove();
    }
  }

  if (SOAK)
    it('comes to the same end, wherever it dies', async function () {
      this.timeout(3 * 60 * 60_000);
      const names = eventNames((await live()).log);
      assert.ok(names.length >= IDS.length * 8, `${names.length} events`);
      const all = names.flatMap((on) => WHEN.map((when) => ({ on, when })));
      let missing: readonly Kill[] = all;
      // What comes otherwise after a death, or by chance, gets runs with fewer of them.
      for (const perRun of DEATHS) {
        const died = new Set<string>();
        const apart = Math.ceil(missing.length / perRun);
        for (let first = 0; first < apart; first++) {
          const deaths = missing.filter((_, nth) => nth % apart === first);
          for (const death of (await live(deaths)).died) died.add(nameOf(death));
          console.log(`      ${parallel} at a time: ${died.size} deaths in ${first + 1} of ${apart} runs`);
        }
        missing = missing.filter((death) => !died.has(nameOf(death)));
        if (missing.length === 0) break;
      }
      const shown = all.length - missing.length;
      console.log(`      ${parallel} at a time: ${shown} of ${all.length} deaths at ${names.length} events`);
      // A place that a run in waves comes to only by chance, like a merge that had to wait, may stay untried.
      const mayMiss = parallel === 1 ? 0 : 0.02 * all.length;
      assert.ok(missing.length <= mayMiss, missing.map(nameOf).join('\n'));
    });
  else
    it('comes to the same end', async () => {
      assert.deepEqual((await live(sample)).died, sample);
    });
}
