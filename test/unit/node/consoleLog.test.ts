import assert from 'node:assert/strict';
import { redact } from '../../../src/core/util/redact';
import { createConsoleLog } from '../../../src/node/consoleLog';

describe('consoleLog', () => {
  it('writes lines without anything that looks like a key', () => {
    const lines: string[] = [];
    const log = createConsoleLog((line) => lines.push(line));
    log.info('Using sk-ant-api03-abcdefghijkl');
    log.warn(
      'Refused',
      new Error('Authorization: Bearer abcdefghijklmnop', { cause: new Error('x-api-key: hunter2') }),
    );
    log.error('Odd', { toString: () => 'api_key="abcdefgh"' });
    assert.doesNotMatch(lines.join('\n'), /abcdefgh|hunter2/);
    assert.match(lines[0] ?? '', /^Using \[redacted\]$/);
    assert.match(lines[1] ?? '', /^warning: Refused: Authorization: Bearer \[redacted\]/);
  });
});

describe('redact', () => {
  it('takes out known secrets and credentials in addresses', () => {
    assert.equal(redact('a my.secret b', ['my.secret', undefined, '']), 'a [redacted] b');
    assert.equal(redact('https://user:hunter2@host/x'), 'https://user:[redacted]@host/x');
  });

  it('leaves ordinary words alone', () => {
    const text =
      'The bearer of bad news asked for a password. Risk-assessment tokens: 12. See http://host:80/a@b';
    assert.equal(redact(text), text);
  });
});
