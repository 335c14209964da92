// A server of tools that does one thing wrong: `node badServer.mjs <fault>`.
import { createInterface } from 'node:readline';

const [, , fault, extra] = process.argv;
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const tool = (name, more = {}) => ({ name, inputSchema: { type: 'object' }, ...more });

if (fault === 'spawn') {
  console.error('missing API key');
  process.exit(3);
}
if (fault === 'child') {
  const { spawn } = await import('node:child_process');
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  (await import('node:fs')).writeFileSync(extra, String(process.pid));
}

let lists = 0;
const tellsChange = () => send({ method: 'notifications/tools/list_changed' });

const answers = {
  initialize({ protocolVersion }) {
    if (fault === 'initialize') process.exit(4);
    if (fault === 'noise') {
      console.log('Starting up…');
      console.log('{ "half": ');
      console.log('[1, 2]');
    }
    if (fault === 'stderr') for (let i = 0; i < 20000; i++) console.error(`line ${i} ${'x'.repeat(200)}`);
    if (fault === 'long') process.stdout.write('x'.repeat(20 * 1024 * 1024));
    if (fault === 'stdout') for (let i = 0; i < 20000; i++) console.log('no message');
    const version = fault === 'version' ? '1999-12-31' : protocolVersion;
    return {
      protocolVersion: version,
      capabilities: { tools: {} },
      serverInfo: { name: 'bad', version: '1' },
    };
  },
  'tools/list'() {
    if (fault === 'list') process.exit(5);
    lists += 1;
    if (fault === 'restless') tellsChange();
    const output = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
    const wrong = fault === 'definition' ? [{ name: 'wrong' }, tool('good'), 7] : [];
    const later = fault === 'changing' && lists > 1 ? [tool('new')] : [];
    const cursor = fault === 'endless' ? { nextCursor: String(lists) } : {};
    return { tools: [tool('good', { outputSchema: output }), ...later, ...wrong], ...cursor };
  },
  'tools/call'(_, id) {
    if (fault === 'call') process.exit(6);
    if (fault === 'result') return { content: 'words' };
    if (fault === 'schema') return { content: [], structuredContent: { n: 'no number' } };
    const text = fault === 'huge' ? 'words '.repeat(500_000) : 'fine';
    const answer = { content: [{ type: 'text', text }], structuredContent: { n: 1 } };
    if (fault === 'changing') tellsChange();
    if (fault === 'twice') {
      send({ id: 'nobody asked', result: answer });
      send({ id, result: answer });
    }
    if (fault === 'same') for (const _ of [1, 2]) send({ id: 7, method: 'roots/list' });
    return answer;
  },
};

/** What it never answers. */
const SILENT = { 'mute-initialize': 'initialize', 'mute-list': 'tools/list', 'mute-call': 'tools/call' };

const start = () =>
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params, result } = JSON.parse(line);
    if (method !== undefined && method === SILENT[fault])
      console.error(`pid ${process.pid} says nothing to ${method}`);
    else if (method !== undefined && id !== undefined)
      send({ id, result: answers[method]?.(params, id) ?? {} });
    else if (result !== undefined) console.error(`it was answered: ${JSON.stringify(result)}`);
  });

// Long enough that whoever does not wait has given up.
if (fault === 'slow') setTimeout(start, 300);
else start();
