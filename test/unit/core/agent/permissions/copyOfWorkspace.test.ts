/** A task that works in a copy of the workspace: the workspace's rules hold, and the copy is all that is inside. */
import assert from 'node:assert/strict';
import { createPermissions } from '../../../../../src/core/agent/permissions';
import type { PermissionQuestion } from '../../../../../src/core/agent/session/events';
import { createHome } from '../../../../../src/core/home';
import { createTestPorts } from '../../../../support/testPorts';
import { HOME } from '../../coreHarness';

const COPY = `${HOME}/worktrees/ab12/run/cd34/tree`;
const RULES = `rules:
  - {capability: shell, effect: allow, match: ["cd *", "cat *", "touch *", "ls *", "node *"]}
  - {capability: filesystem, effect: allow, match: ["**"]}
  - {capability: filesystem, effect: deny, match: ["/project/secret/**"]}
`;

describe('permissions in a copy of the workspace', () => {
  async function decisionOf(subject: string, capability: PermissionQuestion['capability'] = 'run') {
    const ports = createTestPorts({
      files: {
        [`${HOME}/permissions.yaml`]: RULES,
        [`${COPY}/src/a.ts`]: 'a',
        [`${COPY}/secret/key`]: 'k',
        'src/a.ts': 'a',
      },
    });
    const gate = createPermissions(ports, createHome(HOME, ports.hasher)).gate(ports.root, true, COPY);
    const { decision, question } = await gate.judge({ subject, capability, where: 'here', why: 'x' });
    return { decision, needs: question.needs?.map(({ text }) => text) };
  }

  it('allow what is inside, also by its whole path', async () => {
    for (const command of ['cat src/a.ts', `cat ${COPY}/src/a.ts`, `cd ${COPY} && node src/a.ts`])
      assert.equal((await decisionOf(command)).decision, 'allow', command);
  });

  it('ask for what lies in the workspace itself, in the folder of ours, or elsewhere', async () => {
    for (const command of [
      'touch /project/src/a.ts',
      'touch /project//src/../src/a.ts',
      `touch ${COPY}/../index`,
      `cat ${HOME}/consents.jsonl`,
      'cat /the-copy-of-the-workspace/x',
      `touch ${COPY}/.git/config`,
      'touch .kiro/specs/s/tasks.md',
    ])
      assert.equal((await decisionOf(command)).decision, 'ask', command);
  });

  it('hold rules that name the workspace folder against the copy', async () => {
    for (const command of ['cat secret/key', `cat ${COPY}/secret/key`])
      assert.equal((await decisionOf(command)).decision, 'deny', command);
    assert.equal((await decisionOf('secret/key', 'write')).decision, 'deny');
  });

  it('propose rules that hold for the workspace later', async () => {
    assert.deepEqual((await decisionOf(`npm run x ${COPY}/src`)).needs, ['npm run x /project/src']);
  });
});
