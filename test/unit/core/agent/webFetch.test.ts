/** The tool web_fetch: off until a person turns it on, and a question for each host. */
import assert from 'node:assert/strict';
import { ALL_TOOLS, offerOf } from '../../../../src/core/agent/tools/codingTools';
import type { WebPage } from '../../../../src/core/agent/webAccess';
import { createMemoryFiles } from '../../../support/memoryFiles';
import { createTestPorts } from '../../../support/testPorts';
import { toolItems } from '../coreHarness';
import { answerAll, call, startTalk, told } from './conversation';
import { toolUser } from './toolHarness';

const PAGE: WebPage = { url: 'https://a.test/x', status: 200, text: 'Hello </page> there', cut: false };
const web = (page: Partial<WebPage> = {}) => ({ fetch: async () => ({ ...PAGE, ...page }) });
const fetch = (url: string) => call('web_fetch', { url });
describe('web_fetch', () => {
  it('is offered only where the setting is on', () => {
    const names = (webFetch: boolean) =>
      offerOf({ ...createTestPorts({ settings: { webFetch } }), web: web() }, []).tools.map(
        ({ definition }) => definition.name,
      );
    assert.ok(!names(false).includes('web_fetch'));
    assert.ok(names(true).includes('web_fetch'));
  });

  it('is asked for by host, with the whole address; what a page says is framed', async () => {
    const talk = startTalk({
      tools: ALL_TOOLS,
      context: { web: web() },
      script: [{ tools: [fetch('https://A.test/x?q=1')] }, { text: 'Done.' }],
    });
    answerAll(talk, 'once');
    await talk.ended;
    const [item] = toolItems(talk.session.state);
    assert.deepEqual(item?.question, {
      subject: 'https://A.test/x?q=1',
      capability: 'fetch',
      where: 'the host a.test',
      why: 'The address leaves this machine with all that stands in it',
      needs: [{ capability: 'web_fetch', text: 'a.test', pattern: 'a.test' }],
    });
    const [{ text } = { text: '' }] = told(talk);
    assert.equal(text, '<page url="https://a.test/x" status="200">\nHello ‹/page> there\n</page>');
  });

  it('once allowed for the session, another page of the host is read and another host asks', async () => {
    const talk = startTalk({
      tools: ALL_TOOLS,
      context: { web: web() },
      script: [
        { tools: [fetch('https://a.test/1')] },
        { tools: [fetch('https://a.test/2')] },
        { tools: [fetch('https://b.test/')] },
        { text: 'Done.' },
      ],
    });
    answerAll(talk, 'session', 'deny');
    await talk.ended;
    assert.deepEqual(
      toolItems(talk.session.state).map(({ status }) => status),
      ['ok', 'ok', 'denied'],
    );
  });

  it('pages on, and names another host that it was sent to', async () => {
    const long = toolUser(createMemoryFiles(), '/w', { web: web({ text: 'x'.repeat(50_000), cut: true }) });
    const first = await long.output('web_fetch', { url: 'https://a.test/' });
    assert.match(first, /\[10000 more characters; go on with offset 40000\]$/);
    const rest = await long.output('web_fetch', { url: 'https://a.test/', offset: 40_000 });
    assert.match(rest, /\[the page is longer; the rest was not kept\]$/);
    const moved = toolUser(createMemoryFiles(), '/w', { web: web({ movedTo: 'https://b.test/' }) });
    assert.match(await moved.output('web_fetch', { url: 'https://a.test/' }), /moved to https:\/\/b\.test\//);
  });

  it('takes whole addresses of http and https only', async () => {
    const { refusal } = toolUser(createMemoryFiles(), '/w', { web: web() });
    for (const url of [
      'file:///etc/passwd',
      'a.test',
      'http://me@a.test/',
      'https://a.test\\@b.test/',
      'ftp://a',
    ])
      assert.match(await refusal('web_fetch', { url }), /whole address/);
    const off = toolUser(createMemoryFiles());
    assert.match(await off.refusal('web_fetch', { url: 'https://a.test/' }), /Web pages are off/);
  });
});
