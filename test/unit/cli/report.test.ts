import { strict as assert } from 'node:assert';
import { UsageError } from '../../../src/cli/command';
import { renderReport, runOf } from '../../../src/cli/runReport';
import { ALL_DONE, NOW, RUNNING } from '../../support/gallery/runFixtures';

describe('earshot report', () => {
  const sources = { spec: 'links', now: NOW };

  it('takes the latest run, or the one of a number', () => {
    const older = { ...ALL_DONE, number: 3 };
    assert.equal(runOf([RUNNING, older], 'links', undefined), RUNNING);
    assert.equal(runOf([RUNNING, older], 'links', '3'), older);
    assert.throws(() => runOf([RUNNING], 'links', '9'), UsageError);
    assert.throws(() => runOf([], 'links', undefined), /No tasks of “links” have run yet/);
  });

  it('is Markdown, a page or data, and fails while something is left', () => {
    assert.match(renderReport(RUNNING, sources, 'markdown').text, /^## Run 4 of links/);
    assert.match(renderReport(RUNNING, sources, 'html').text, /^<!doctype html>/);
    const data: unknown = JSON.parse(renderReport(RUNNING, sources, 'json').text);
    assert.ok(typeof data === 'object' && data !== null && 'left' in data);
    assert.equal(renderReport(RUNNING, sources, 'markdown').isDone, false);
    assert.equal(renderReport(ALL_DONE, sources, 'markdown').isDone, true);
  });
});
