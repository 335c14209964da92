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
    return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'bad', version: '1' } };
  },
  'tools/list'() {
    if (fault === 'list') process.exit(5);
    const output = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
    const wrong = fault === 'definition' ? [{ name: 'wrong' }, tool('good'), 7] : [];
    return { tools: [tool('good', { outputSchema: output }), ...wrong] };
  },
  'tools/call'() {
    if (fault === 'call') process.exit(6);
    if (fault === 'result') return { content: 'words' };
    if (fault === 'schema') return { content: [], structuredContent: { n: 'no number' } };
    return { content: [{ type: 'text', text: 'fine' }], structuredContent: { n: 1 } };
  },
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined) send({ id, result: answers[method]?.(params) ?? {} });
});
