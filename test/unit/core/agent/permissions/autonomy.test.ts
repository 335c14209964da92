/** What each step of `earshot.autonomy` lets pass without a question. */
import assert from 'node:assert/strict';
import { createPermissions } from '../../../../../src/core/agent/permissions';
import { createHome } from '../../../../../src/core/home';
import { AUTONOMIES, type Autonomy } from '../../../../../src/core/ports';
import { createTestPorts } from '../../../../support/testPorts';
import { HOME } from '../../coreHarness';

const CALLS = [
  ['write', 'src/a.ts'],
  ['run', 'npm test'],
  ['run', 'curl example.org'],
] as const;

const EXPECTED: Readonly<Record<Autonomy, readonly string[]>> = {
  ask: ['ask', 'ask', 'ask'],
  supervised: ['allow', 'ask', 'ask'],
  'edit-workspace': ['allow', 'ask', 'ask'],
  'dev-shell': ['allow', 'allow', 'ask'],
  autopilot: ['allow', 'allow', 'allow'],
};

describe('each step of autonomy', () => {
  for (const autonomy of AUTONOMIES) {
    it(`${autonomy}: writes, tests, other commands`, async () => {
      const ports = createTestPorts({ settings: { autonomy } });
      const gate = createPermissions(ports, createHome(HOME, ports.hasher)).gate(ports.root, true);
      const decisions: string[] = [];
      for (const [capability, subject] of CALLS) {
        const question = { subject, capability, where: 'here', why: 'test' };
        decisions.push((await gate.judge(question)).decision);
      }
      assert.deepEqual(decisions, EXPECTED[autonomy]);
    });
  }
});
