import assert from 'node:assert/strict';
import { shortWhen, whenWords } from '../../../../src/core/hooks/hookWords';
import type { Hook } from '../../../../src/core/hooks/model';
import { parseHooks } from '../../../../src/core/hooks/parseHooks';

const hookOf = (more: object): Hook => {
  const hook = { name: 'a', action: { type: 'command', command: 'ls' }, ...more };
  const [read] = parseHooks('/w', '/w/a.json', JSON.stringify({ version: 'v1', hooks: [hook] })).hooks;
  assert.ok(read);
  return read;
};

describe('a hook in words', () => {
  const cases: readonly [hook: object, short: string, whole: string][] = [
    [
      { trigger: 'PostFileSave', matcher: '\\.(js|ts)$' },
      'on save · *.js, *.ts',
      'When a file is saved: *.js, *.ts',
    ],
    [{ trigger: 'PostFileDelete', matcher: '.*\\.md$' }, 'on delete · *.md', 'When a file is deleted: *.md'],
    [
      { trigger: 'PostFileCreate', matcher: '^src/' },
      'on create · ^src/',
      'When a file is created whose path matches ^src/',
    ],
    [{ trigger: 'PreToolUse', matcher: '*' }, 'before a tool', 'Before the agent uses a tool'],
    [
      { trigger: 'PreToolUse', matcher: 'shell' },
      'before a tool · shell',
      'Before the agent uses a tool whose name matches shell',
    ],
    [{ trigger: 'Stop', matcher: 'x' }, 'when the agent ends', 'When the agent has ended its turn'],
    [{ trigger: 'OnSchedule', schedule: '30m' }, 'every 30 minutes', 'Every 30 minutes'],
    [{ trigger: 'OnSchedule', schedule: '9:05' }, 'daily at 09:05', 'Daily at 09:05'],
    [{ trigger: 'OnSchedule', schedule: '2h' }, 'every 2 hours', 'Every 2 hours'],
    [{ trigger: 'onFoo' }, 'never: “onFoo” is no trigger', 'Never: “onFoo” is no trigger'],
  ];
  for (const [hook, short, whole] of cases) {
    it(whole, () => {
      assert.equal(shortWhen(hookOf(hook)), short);
      assert.equal(whenWords(hookOf(hook)), whole);
    });
  }
});
