// Feature: agent-engine, Property 7: Nothing leads out
// Verifies: agent-engine#4.1
/** A wildcard stands for names that the repository has chosen: some of them are options. */
import assert from 'node:assert/strict';
import { judgeCommand } from '../../../../../src/core/agent/permissions/judge';
import { type Preset, presetRules } from '../../../../../src/core/agent/permissions/presets';
import { createTestPorts } from '../../../../support/testPorts';

const ROOT = '/project';

async function judge(files: readonly string[], command: string, preset: Preset = 'dev-shell') {
  const { files: disk } = createTestPorts({ files: Object.fromEntries(files.map((path) => [path, ''])) });
  const rules = presetRules(preset).map((rule) => ({ ...rule, scope: 'preset' as const }));
  return judgeCommand(disk, ROOT, { rules, trusting: preset === 'autopilot', broken: undefined }, command);
}

describe('a wildcard that stands for an option', () => {
  const cases: readonly (readonly [command: string, file: string])[] = [
    ['rg TODO */*', '--pre=./evil.sh'],
    ['rg TODO *', '--hostname-bin=evil'],
    ['git diff */*/*', '--output=.git/hooks/pre-commit'],
    ['cd lib && wc *', 'lib/--files0-from=list'],
    ['grep x [!a]*', '-flist'],
    ['pytest -*', '-pevil'],
  ];
  it('is asked about, in autopilot, too, with the name and a way without it', async () => {
    for (const [command, file] of cases)
      for (const preset of ['dev-shell', 'autopilot'] as const) {
        const { effect, onceOnly } = await judge(['lib/a.ts', file], command, preset);
        assert.equal(effect, 'ask', command);
        assert.match(
          onceOnly ?? '',
          /^-.* is a file here, which a program takes for an option\. Put \.\/ before/,
        );
      }
  });

  it('is none where no such file is there, or something stands before it', async () => {
    const there = ['lib/a.ts', 'lib/-x', 'lib/--pre=evil'];
    for (const command of ['rg TODO *', 'rg TODO */*', 'rg TODO lib/*', 'cd lib && rg TODO ./*', 'wc -l l*'])
      assert.equal((await judge(there, command)).effect, 'allow', command);
  });
});
