/** `npm run goldens`: writes what goldens hold anew, to be read before it is committed. */
import { mochaRun } from './mochaRun';

async function main(): Promise<void> {
  const files = ['test/golden/**/*.test.ts', 'test/unit/core/workflow/prompts.test.ts'];
  const { passed, failed } = await mochaRun(files, { UPDATE_GOLDENS: '1' });
  console.log(`${passed} passed, ${failed} failed. Read the changes: git diff test/golden`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
