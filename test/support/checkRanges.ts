import { strict as assert } from 'node:assert';
import type { Criterion } from '../../src/core/ears/model';
import type { Requirement, SpecDocument, Task } from '../../src/core/spec/model';
import { flattenTasks } from '../../src/core/spec/tasks/taskTree';
import type { TextRange } from '../../src/core/util/textRange';
import { lintText } from './lintText';

/** Asserts that every range of a document lies in its text, and where it holds words, at those words. */
export function checkRanges(text: string, document: SpecDocument): void {
  const inside = (range: TextRange): void =>
    assert.ok(
      0 <= range.start && range.start <= range.end && range.end <= text.length,
      JSON.stringify(range),
    );
  const holds = (range: TextRange, words: string): void => {
    inside(range);
    assert.equal(text.slice(range.start, range.end), words);
  };
  for (const { range } of [...document.findings, ...lintText(text, document.kind)]) inside(range);
  if (document.kind === 'tasks') {
    for (const task of flattenTasks(document.tasks)) checkTask(text, task, inside);
    return;
  }
  for (const { range, headingRange } of document.sections) {
    inside(range);
    inside(headingRange);
  }
  if (document.kind === 'design') {
    for (const { id, idRange, range } of document.properties) {
      inside(range);
      holds(idRange, id);
    }
    return;
  }
  for (const { name, range } of document.glossary) holds(range, name);
  for (const requirement of document.requirements) {
    const { id, idRange } = requirement;
    holds(idRange, idRange.start === idRange.end ? '' : id);
    checkRequirement(requirement, inside, holds);
  }
}

function checkRequirement(
  { range, headingRange, userStory, criteria }: Requirement,
  inside: (range: TextRange) => void,
  holds: (range: TextRange, words: string) => void,
): void {
  inside(range);
  inside(headingRange);
  if (userStory !== undefined) holds(userStory.range, userStory.text);
  let last = headingRange.end;
  for (const criterion of criteria) {
    holds(criterion.range, criterion.text);
    assert.ok(
      criterion.range.start >= last && criterion.range.end <= range.end,
      'criteria in order, in their requirement',
    );
    last = criterion.range.end;
    checkClauses(criterion, holds);
  }
}

function checkClauses(criterion: Criterion, holds: (range: TextRange, words: string) => void): void {
  let last = criterion.range.start;
  for (const { keyword, keywordRange, text, range } of criterion.clauses) {
    holds(keywordRange, keyword);
    holds(range, text);
    assert.ok(
      last <= keywordRange.start && keywordRange.end <= range.start,
      'clauses in order, not overlapping',
    );
    last = range.end;
  }
  assert.ok(last <= criterion.range.end);
}

function checkTask(text: string, task: Task, inside: (range: TextRange) => void): void {
  inside(task.range);
  inside(task.headRange);
  if (task.idRange !== undefined) assert.equal(text.slice(task.idRange.start, task.idRange.end), task.id);
  assert.match(text.slice(task.stateRange.start - 1, task.stateRange.end + 1), /^\[[ xX~-]\]$/);
  assert.ok(task.headRange.start <= task.stateRange.start && task.stateRange.end <= task.headRange.end);
  for (const child of task.children)
    assert.ok(task.headRange.end <= child.range.start && child.range.end <= task.range.end);
}
