import assert from 'node:assert/strict';
import { oneLine, printable, widthOf } from '../../../src/cli/printable';
import { captureTerminal } from './captured';

describe('output', () => {
  it('is coloured on a terminal only, and not where NO_COLOR is set', () => {
    const painted = (env: Record<string, string>, isTTY: boolean) =>
      captureTerminal({ env, isTTY }).terminal.out.paint('red', 'x');
    assert.equal(painted({}, true), '\u001b[31mx\u001b[39m');
    assert.equal(painted({}, false), 'x');
    assert.equal(painted({ NO_COLOR: '1' }, true), 'x');
    assert.equal(painted({ NO_COLOR: '' }, true), '\u001b[31mx\u001b[39m');
    assert.equal(painted({ TERM: 'dumb' }, true), 'x');
  });

  it('keeps results and talk apart', () => {
    const captured = captureTerminal();
    const { out } = captured.terminal;
    out.line('result');
    out.json({ a: 'x\ny' });
    out.say('talk');
    out.fail('no\u001b[2J luck');
    assert.equal(captured.stdout, 'result\n{"a":"x\\ny"}\n');
    assert.equal(captured.stderr, 'talk\nearshot: no[2J luck\n');
  });

  it('lets nothing of a text steer the terminal', () => {
    assert.equal(printable('a\u001b]0;title\u0007b\u009b2Jc\u202ed\re'), 'a]0;titleb2Jcde');
    assert.equal(printable('a\r\n\tb'), 'a\n\tb');
  });

  it('makes one line of many, cut at a length', () => {
    assert.equal(oneLine(' a\n  b\tc '), 'a b c');
    assert.equal(oneLine('abcdef', 4), 'abc…');
  });

  it('knows how wide a text is', () => {
    assert.deepEqual(['abc', 'é', 'e\u0301', '期限', '✓'].map(widthOf), [3, 1, 1, 4, 1]);
  });
});
