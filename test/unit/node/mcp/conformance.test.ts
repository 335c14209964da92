/** Our client, as the conformance suite of the protocol's makers drives it: what passes, and why the rest does not. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from '../../../support/host/paths';
import { conformance } from '../../../support/otherAgents';
import { onTestEnd } from '../../../support/testStore';

const PASSES = [
  'initialize',
  'tools_call',
  'elicitation-sep1034-client-defaults',
  'sse-retry',
  'auth/metadata-default',
  'auth/metadata-var1',
  'auth/metadata-var2',
  'auth/metadata-var3',
  'auth/basic-cimd',
  'auth/scope-from-www-authenticate',
  'auth/scope-from-scopes-supported',
  'auth/scope-omitted-when-undefined',
  'auth/scope-step-up',
  'auth/scope-retry-limit',
  'auth/token-endpoint-auth-basic',
  'auth/token-endpoint-auth-post',
  'auth/token-endpoint-auth-none',
  'auth/pre-registration',
  'auth/2025-03-26-oauth-metadata-backcompat',
  'auth/2025-03-26-oauth-endpoint-fallback',
  'auth/resource-mismatch',
  'auth/offline-access-scope',
  'auth/offline-access-not-supported',
];

const REASONS: Readonly<Record<string, readonly string[]>> = {
  'It is an extension for programs without a person.': [
    'auth/client-credentials-jwt',
    'auth/client-credentials-basic',
    'auth/cross-app-access-complete-flow',
  ],
};

const CLIENT = join(repoRoot, 'test/support/conformance/client.ts');
const COMMAND = `${process.execPath} --import tsx ${CLIENT}`;

/** Each is two processes, and some take their time: only in a soak. */
if (process.env.EARSHOT_SOAK === '1')
  describe('The client of servers of tools', () => {
    async function passes(scenario: string): Promise<string | true> {
      const folder = mkdtempSync(join(tmpdir(), 'earshot-conformance-'));
      onTestEnd(() => rmSync(folder, { recursive: true, force: true }));
      const args = ['client', '--command', COMMAND, '--scenario', scenario, '--timeout', '60000'];
      const { code, stdout, stderr } = await conformance(args, folder);
      return code === 0 || `${stdout.slice(-1500)}\n${stderr.slice(-1500)}`;
    }

    it('keeps to the protocol, as the conformance suite has it', async () => {
      for (const scenario of PASSES) {
        // Some have limits of time, which a busy machine breaks once.
        const first = await passes(scenario);
        if (first !== true) assert.equal(await passes(scenario), true, `${scenario}\n${first}`);
      }
    });

    it('has a reason for each scenario that it does not pass, and a line for each that there is', async () => {
      const others = Object.values(REASONS).flat();
      for (const scenario of others) assert.notEqual(await passes(scenario), true, scenario);
      const { stdout } = await conformance(['list', '--client'], tmpdir());
      const all = [...stdout.matchAll(/^ {2}- (\S+)/gm)].map(([, name = '']) => name);
      assert.deepEqual([...PASSES, ...others].sort(), all.sort());
    });
  }).timeout(2_400_000);
