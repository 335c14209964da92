/** Hostile command lines against the widest preset that reads them, on a real disk with real links. */
import assert from 'node:assert/strict';
import { judgeCommand } from '../../../../src/core/agent/permissions/judge';
import type { Effect } from '../../../../src/core/agent/permissions/model';
import { type Preset, presetRules } from '../../../../src/core/agent/permissions/presets';
import { createNodeFiles } from '../../../../src/node/nodeFiles';
import type { Workspace } from '../../../support/workspaceBuilder';
import { HARMLESS_COMMANDS, HOSTILE_COMMANDS } from './hostileCommands';
import { ALLOWED, hostileWorkspace, OUTSIDE, PROTECTED } from './hostilePaths';

const files = createNodeFiles();

describe('hostile commands', () => {
  let workspace: Workspace;
  let outside: Workspace;
  beforeEach(() => {
    ({ workspace, outside } = hostileWorkspace());
  });
  const real = (text: string) => text.replaceAll('ROOT', workspace.root).replaceAll('OUT', outside.root);

  async function effect(command: string, preset: Preset = 'dev-shell'): Promise<Effect> {
    const rules = presetRules(preset).map((rule) => ({ ...rule, scope: 'preset' as const }));
    const ruleset = { rules, trusting: preset === 'autopilot', broken: undefined };
    return (await judgeCommand(files, workspace.root, ruleset, real(command))).effect;
  }

  it('none runs without a question', async () => {
    assert.ok(HOSTILE_COMMANDS.length >= 200, `${HOSTILE_COMMANDS.length}`);
    assert.equal(new Set(HOSTILE_COMMANDS).size, HOSTILE_COMMANDS.length);
    const escapes = [];
    for (const command of HOSTILE_COMMANDS) if ((await effect(command)) === 'allow') escapes.push(command);
    assert.deepEqual(escapes, []);
  });

  it('no place that a tool refuses is reached by a command, in quotes or not', async () => {
    const escapes = [];
    for (const path of [...OUTSIDE, ...PROTECTED]) {
      const quoted = `'${path.replaceAll("'", `'\\''`)}'`;
      for (const command of [`cat ${quoted}`, `echo x > ${quoted}`, `touch ${quoted}`, `cd ${quoted} && ls`])
        if ((await effect(command)) === 'allow') escapes.push(command);
    }
    assert.deepEqual(escapes, []);
  });

  it('what a developer runs all day does not ask', async () => {
    const asked = [];
    for (const command of HARMLESS_COMMANDS) if ((await effect(command)) !== 'allow') asked.push(command);
    for (const path of ALLOWED.filter((one) => !/['$]/.test(one)))
      if ((await effect(`cat '${path}'`)) !== 'allow') asked.push(path);
    assert.deepEqual(asked, []);
  });

  it('autopilot asks for what names a place that is not the agent’s, and for nothing else', async () => {
    for (const command of ['cat ../x', 'cat linkFile', 'ls .git', 'bash -c "touch .git/x"', 'rm -rf ~'])
      assert.equal(await effect(command, 'autopilot'), 'ask', command);
    for (const command of ['FOO=1 npm test', 'bash -c ls', 'for x in a b; do echo $x; done', 'rm -rf src'])
      assert.equal(await effect(command, 'autopilot'), 'allow', command);
  });

  it('without a preset for the shell everything asks', async () => {
    for (const command of HARMLESS_COMMANDS)
      assert.equal(await effect(command, 'edit-workspace'), 'ask', command);
  });
});
