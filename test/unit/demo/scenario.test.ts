/** Plays the guided demo's words on a copy of its sample: every edit must fit, every check must tell the truth. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadScenario } from '../../../src/node/models/loadScenario';
import { conversation, DEMO, scenario, taskSteps, textOf } from './rehearsal';
import { criteriaOf, headings, idsIn, type TaskItem, tasksOf, validatedBy } from './specText';
import { type ToolInput, Workspace } from './workspace';

const SAMPLE = resolve(__dirname, '../../../media/sample');
/** Long enough for a slow machine; each test starts a few Node processes. */
const TIMEOUT = 60_000;

function checkHeadings(text: string, title: RegExp, sections: string[]): void {
  assert.match(text.split('\n', 1)[0] ?? '', title);
  assert.deepEqual(headings(text, 2), sections);
}

function checkProperties(text: string): void {
  const titles = headings(text, 3).filter((title) => title.startsWith('Property '));
  assert.ok(titles.length > 0);
  for (const [index, title] of titles.entries()) {
    assert.match(title, new RegExp(`^Property ${index + 1}: \\S`));
    const body = text.split(`### ${title}\n`)[1]?.split('\n#')[0] ?? '';
    assert.match(body, /^\n\*For any\* .+\n\n\*\*Validates: Requirements [\d., ]+\*\*/);
  }
}

function checkIdsExist(ids: readonly string[], criteria: ReadonlyMap<string, string>): void {
  assert.ok(ids.length > 0);
  assert.deepEqual(
    ids.filter((id) => !criteria.has(id)),
    [],
  );
}

/** What the sample's hook runs on save: the demo must not turn it red. */
function hookCommand(): string {
  const file = JSON.parse(readFileSync(join(SAMPLE, '.kiro/hooks/test-on-save.json'), 'utf8'));
  return file.hooks[0].action.command;
}

/** Does what the model calls for, one answer after another; what the hook runs stays green after every write. */
function play(workspace: Workspace, task: TaskItem): void {
  const steps = conversation(task);
  for (const [turn, { text, tools = [] }] of steps.entries()) {
    assert.ok(text, 'says what it does');
    assert.equal(tools.length === 0, turn === steps.length - 1, 'only the last answer calls no tool');
    for (const { name, input } of tools) {
      workspace.call(name, input as ToolInput);
      if (name === 'write_file' || name === 'edit_file') workspace.checkGreen(hookCommand());
    }
  }
}

describe('the guided demo', () => {
  describe('its sample', function () {
    this.timeout(TIMEOUT);
    const sample = (path: string) => readFileSync(join(SAMPLE, path), 'utf8');
    let workspace: Workspace;
    before(() => {
      workspace = new Workspace();
    });
    after(() => workspace.dispose());

    it('passes its tests, together and file by file', () => {
      workspace.checkGreen(JSON.parse(sample('package.json')).scripts.test);
      for (const file of readdirSync(join(SAMPLE, 'test'))) workspace.checkGreen(`node test/${file}`);
      workspace.checkGreen(hookCommand());
    });

    it('holds its types under strict mode', () => workspace.checkTypes());

    it('has a hook that matches its sources and tests', () => {
      const matcher = new RegExp(JSON.parse(sample('.kiro/hooks/test-on-save.json')).hooks[0].matcher);
      assert.ok(['src/codes.js', 'test/codes.test.js'].every((path) => matcher.test(path)));
      assert.ok(!['README.md', 'src/notes.md', 'package.json'].some((path) => matcher.test(path)));
    });

    it('has a finished spec whose links all lead somewhere', () => {
      const spec = (name: string) => sample(`.kiro/specs/short-codes/${name}`);
      const criteria = criteriaOf(spec('requirements.md'));
      const tasks = tasksOf(spec('tasks.md').replaceAll('- [x]', '- [ ]'));
      checkProperties(spec('design.md'));
      checkIdsExist(validatedBy(spec('design.md')), criteria);
      checkIdsExist([...new Set(tasks.flatMap(({ requirements }) => requirements))], criteria);
      assert.doesNotMatch(spec('tasks.md'), /\[[ ~-]\]/);
      for (const { verify } of tasks) if (verify) workspace.checkGreen(verify);
    });
  });

  it('is read by the product as it is read here', async () => {
    assert.deepEqual(await loadScenario(DEMO), scenario);
  });

  describe('its documents', () => {
    const weakSpot = /^WHEN .* is invalid,/;

    for (const verb of ['draft', 'revise']) {
      const requirements = textOf(`${verb} requirements`);
      const criteria = criteriaOf(requirements);
      const design = textOf(`${verb} design`);
      const tasks = textOf(`${verb} tasks`);

      it(`${verb}: have the sections that are expected`, () => {
        checkHeadings(requirements, /^# Requirements Document$/, [
          'Introduction',
          'Glossary',
          'Requirements',
        ]);
        checkHeadings(design, /^# Design Document: \S/, [
          'Overview',
          'Architecture',
          'Components and Interfaces',
          'Data Models',
          'API Schemas',
          'Error Handling',
          'Correctness Properties',
          'Testing Strategy',
        ]);
        checkHeadings(tasks, /^# Implementation Plan: \S/, [
          'Overview',
          'Tasks',
          'Notes',
          'Task Dependency Graph',
        ]);
        assert.match(design, /```mermaid\nflowchart /);
      });

      it(`${verb}: name systems of the glossary, in four patterns of EARS`, () => {
        const terms = new Set(idsIn(requirements, /^- \*\*(\w+)\*\*: /gm));
        for (const [id, sentence] of criteria) {
          const system = /^(?:(?:WHEN|WHILE|IF) .+, (?:THEN )?)?THE (\w+) SHALL .+\.$/.exec(sentence)?.[1];
          assert.ok(system && terms.has(system), `${id}: ${sentence}`);
        }
        const keywords = new Set([...criteria.values()].map((sentence) => sentence.split(' ')[0]));
        assert.deepEqual([...keywords].sort(), ['IF', 'THE', 'WHEN', 'WHILE']);
      });

      it(`${verb}: refer to criteria that exist, and leave none out`, () => {
        checkProperties(design);
        checkIdsExist(validatedBy(design), criteria);
        checkIdsExist(validatedBy(tasks), criteria);
        const required = tasksOf(tasks).filter(({ optional }) => !optional);
        const covered = new Set(required.flatMap(({ requirements: ids }) => ids));
        checkIdsExist([...covered], criteria);
        assert.deepEqual([...covered].sort(), [...criteria.keys()].sort());
      });

      it(`${verb}: give every leaf task a check and a wave`, () => {
        const leaves = tasksOf(tasks).filter(({ isLeaf }) => isLeaf);
        for (const { id, verify = '' } of leaves) {
          assert.match(verify, /^node (test\/\w+(\.\w+)*\.js|--test)$/, id);
        }
        const graph = JSON.parse(tasks.split('```json\n')[1]?.split('```')[0] ?? '');
        const inWaves = graph.waves.flatMap((wave: { tasks: string[] }) => wave.tasks);
        assert.deepEqual(inWaves.sort(), leaves.map(({ id }) => id).sort());
      });
    }

    it('leave one failure written as an event to be found, and the revision mends it', () => {
      const weak = (role: string) =>
        [...criteriaOf(textOf(role)).values()].filter((text) => weakSpot.test(text));
      assert.equal(weak('draft requirements').length, 1);
      assert.equal(weak('revise requirements').length, 0);
    });

    it('keep their ids when they are revised', () => {
      const criteria = (verb: string) => [...criteriaOf(textOf(`${verb} requirements`)).keys()];
      const tasks = (verb: string) =>
        tasksOf(textOf(`${verb} tasks`)).map(({ id, title }) => `${id} ${title}`);
      assert.deepEqual(criteria('revise'), criteria('draft'));
      assert.deepEqual(tasks('revise'), tasks('draft'));
      for (const kind of ['requirements', 'design', 'tasks']) {
        assert.notEqual(textOf(`revise ${kind}`), textOf(`draft ${kind}`));
      }
    });

    it('have a word for hooks', () => {
      assert.match(textOf('hook'), /^\S.+\.$/);
    });
  });

  describe('its tasks', function () {
    this.timeout(TIMEOUT);
    const leaves = tasksOf(textOf('draft tasks')).filter(({ isLeaf }) => isLeaf);
    let workspace: Workspace;
    before(() => {
      workspace = new Workspace();
    });
    after(() => workspace.dispose());

    it('are all rehearsed, and nothing else is', () => {
      assert.equal(taskSteps().length, leaves.flatMap(conversation).length);
    });

    for (const task of leaves) {
      it(`${task.id} ${task.title}`, () => {
        const { verify = '' } = task;
        const isCheckpoint = verify === 'node --test';
        if (!isCheckpoint) assert.notEqual(workspace.run(verify).exitCode, 0, 'the check is green too early');

        play(workspace, task);
        workspace.checkGreen(verify);
      });
    }

    it('contain one real mistake, which its own test finds and the next run clears', () => {
      const failed = workspace.runs.filter(({ exitCode }) => exitCode !== 0);
      assert.equal(failed.length, 1);
      const [{ command, output } = { command: '', output: '' }] = failed;
      assert.match(output, /a link is expired from its end on/);
      assert.match(output, /AssertionError|ERR_ASSERTION/);
      const runs = workspace.runs.filter((run) => run.command === command);
      assert.deepEqual(
        runs.map(({ exitCode }) => exitCode),
        [1, 0],
      );
    });

    it('leave a project whose tests all pass and whose types hold', () => {
      workspace.checkGreen('node --test');
      workspace.checkTypes();
    });

    it('leave a test for every property of the design', () => {
      const titles = headings(textOf('draft design'), 3).filter((title) => title.startsWith('Property '));
      const tests = readdirSync(join(workspace.root, 'test')).map((file) =>
        readFileSync(join(workspace.root, 'test', file), 'utf8'),
      );
      const named = tests.join('\n').matchAll(/^\/\/ Feature: short-links-expire, (Property .+)$/gm);
      assert.deepEqual([...named].map(([, title]) => title).sort(), titles.sort());
    });
  });
});
