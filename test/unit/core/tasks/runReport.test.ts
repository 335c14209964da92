// Feature: run-engine, Property 16: A report tells all but secrets
// Verifies: run-engine#5.1, #5.2
import { strict as assert } from 'node:assert';
import { htmlReport, markdownReport, runReport } from '../../../../src/core/tasks/report';
import { markdownEvidence } from '../../../../src/core/tasks/report/markdownReport';
import { markdownTree } from '../../../../src/webview/shared/markdownTree';
import { ALL_DONE, evidence, NOW, RUNNING, UNPROVEN, withTask } from '../../../support/gallery/runFixtures';

const report = (run = RUNNING) => runReport(run, { spec: 'url-shortener', now: NOW });

describe('The report of a run', () => {
  it('says what was done, what is left and why, and what it cost', () => {
    const text = markdownReport(report());
    assert.match(text, /^## Run 4 of url-shortener\n\n\*\*7 of 11 done, 2 running, 1 failed, 1 waits\*\*/);
    assert.match(text, /8:55 so far · \$1\.98 · required tasks, 2 workers/);
    assert.match(text, /- \[ \] \*\*3\.2 Serve from read cache\*\*: failed\. The checks disagree: one test/);
    assert.match(text, /- \[ \] \*\*4\.3 Daily report\*\*: waits\. It waits for 3\.2\./);
    assert.match(text, /\| ✔ 1\.1 Create the link store \| npm test: 9 passed/);
    assert.match(text, /Unproven\*\*: 2\.4/);
    assert.match(text, /FAIL test\/redirector\.test\.ts > answers an unknown code with 404/);
  });

  it('begins with the next act while the run waits for the person', () => {
    assert.equal(
      report().next,
      '3.2 failed after 2 tries; what does not wait for it goes on. Retry it with a hint, or skip it.',
    );
    assert.equal(report(ALL_DONE).next, undefined);
    assert.equal(report(ALL_DONE).left.length, 0);
  });

  it('says what tasks.md says: a box that is open again, and one that was ticked since', () => {
    const boxes = RUNNING.tasks.map(({ key, title, phase }) => {
      const isDone = (phase === 'done' && key !== '1.1') || key === '3.2';
      return { key, title, state: isDone ? ('done' as const) : ('open' as const) };
    });
    const now = runReport(RUNNING, { spec: 'url-shortener', now: NOW, boxes });
    assert.equal(now.summary, '6 of 11 done, 2 running, 1 waits, 1 open again, 1 ticked since');
    const text = markdownReport(now);
    assert.match(text, /- \[ \] \*\*1\.1 Create the link store\*\*: open again\. The run proved it/);
    assert.match(text, /\| ✔ 3\.2 Serve from read cache \| ticked since \|/);
    assert.match(htmlReport(now), /open again<\/span>\. The run proved it/);
    const alone = withTask(ALL_DONE, '1.1', {});
    const first = { ...alone, tasks: alone.tasks.slice(0, 1) };
    const open = [{ key: '1.1', title: 'Create the link store', state: 'open' as const }];
    const taken = runReport(first, { spec: 'url-shortener', now: NOW, boxes: open });
    assert.deepEqual([taken.proved, taken.unproven], [[], ['1.1']], 'what was taken back proves nothing');
  });

  it('shows a claim that nothing had to change as a claim', () => {
    assert.match(
      markdownReport(report(UNPROVEN)),
      /The agent says that nothing had to change: The cache is read/,
    );
  });

  it('tells neither secrets nor places of this machine', () => {
    const secret = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789';
    const tail = `at /w/test/a.test.ts:3\nat /home/ada/lib.js:1\nANTHROPIC_API_KEY=${secret}`;
    const checks = evidence().checks.map((check) => ({ ...check, after: { ...check.after, tail } }));
    const task = withTask(RUNNING, '3.2', {
      evidence: [evidence({ checks, reasons: ['/w/src/a.ts fails.'] })],
    });
    const reason = `/home/ada/lib.js and /w/src/a.ts cannot be read with ${secret}.`;
    const stopped = {
      ...withTask(task, '4.3', { phase: 'failed', reason }),
      needs: [],
      endedAt: NOW,
      reason,
    };
    const run = { ...stopped, status: 'stopped' as const };
    for (const text of [markdownReport(report(run)), htmlReport(report(run))]) {
      assert.ok(!text.includes(secret) && !text.includes('/home/ada') && !text.includes('/w/'), text);
      assert.match(text, /test\/a\.test\.ts:3/);
    }
  });

  it('says why fewer tasks ran at a time than were wanted, and not in which folder', () => {
    const words = 'One task at a time instead of 2. Git cannot read .git/config.';
    const reason = `Git cannot read ${RUNNING.root}/.git/config.`;
    const fewer = { ...RUNNING, fewer: { most: 1, reason } };
    assert.equal(report(fewer).fewer, words);
    assert.ok(markdownReport(report(fewer)).includes(`\n\n${words}\n`));
    assert.ok(htmlReport(report(fewer)).includes(`<p class="dim">${words}</p>`));
    assert.equal(report().fewer, undefined);
    assert.ok(!/at a time/.test(markdownReport(report()) + htmlReport(report())));
  });

  it('lets no word of a task become mark-up', () => {
    const title = '<img src=x onerror=alert(1)> | [a](javascript:b) `c` @team **d**';
    const run = withTask(RUNNING, '1.1', { title });
    const html = htmlReport(report(run));
    assert.ok(!html.includes('<img'));
    const markdown = markdownReport(report(run));
    const table = markdown.split('\n').find((line) => line.includes('onerror'));
    assert.equal(table?.match(/(?<!\\)\|/g)?.length, 6, 'as many cells as the other rows');
    assert.ok(!JSON.stringify(markdownTree(table ?? '')).includes('"tagName":"img"'));
  });

  it('keeps an output with fences of its own inside its fence', () => {
    const checks = evidence().checks.map((check) => ({
      ...check,
      after: { ...check.after, tail: 'x\n````\n# not a head' },
    }));
    const text = markdownReport(report(withTask(RUNNING, '3.2', { evidence: [evidence({ checks })] })));
    assert.match(text, /`````text\nx\n````\n# not a head\n`````/);
  });

  it('shows the evidence of one task by itself', () => {
    const [task] = report().left;
    assert.ok(task);
    const text = markdownEvidence(task);
    assert.match(text, /^## 3\.2 Serve from read cache: failed/);
    assert.match(text, /\| `npm test` \| 36 passed \| 36 passed, 1 failed, 0 skipped \| worse \|/);
  });
});
