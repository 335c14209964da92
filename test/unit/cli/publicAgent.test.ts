/** Agents of others work from our specs, with a model that is a script: only in a soak, since they come from the registry. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseClaims } from '../../../src/core/tasks/evidence/claims';
import { startMessagesServer } from '../../support/messagesServer';
import { PUBLIC_AGENTS, runPublicAgent, worksFromSpecs } from '../../support/publicAgents';
import { createWorkspace } from '../../support/workspaceBuilder';
import { DESIGN, REQUIREMENTS, tasksText } from '../core/coreHarness';

const TASKS = tasksText('- [ ] 1. Sweep', '  - Delete old links', '  - _Requirements: 1.1_');
const SWEEP = 'exports.sweep = () => {};\n';

if (process.env.EARSHOT_SOAK === '1')
  describe('an agent of others', () => {
    for (const agent of PUBLIC_AGENTS)
      it(`takes a task with earshot mcp, does it and reports it: ${agent.name} (${agent.package})`, async () => {
        const { native: workspace } = createWorkspace().spec('links', {
          requirements: REQUIREMENTS,
          design: DESIGN,
          tasks: TASKS,
        });
        const file = join(workspace, 'sweep.js');
        const answer = worksFromSpecs(agent, { path: file, content: SWEEP });
        const model = await startMessagesServer({ answer });
        const prompt = 'Do the next task of my specs.';
        const { code, stdout, stderr } = await runPublicAgent(agent, { workspace, model: model.url, prompt });
        const said = `${stdout}\n${stderr}`;
        assert.equal(code, 0, said);
        assert.match(stdout, /Done\./, said);
        // What the next task is, our server told it.
        assert.match(JSON.stringify(model.requests.at(-1)?.body.messages), /Delete old links/);
        assert.equal(readFileSync(file, 'utf8'), SWEEP);
        const spec = join(workspace, '.kiro/specs/links');
        const [claim, ...more] = parseClaims(readFileSync(join(spec, '.earshot/claims.jsonl'), 'utf8'));
        assert.deepEqual(
          [claim?.task, claim?.files, claim?.commands, more.length],
          ['1', ['sweep.js'], [{ command: 'node sweep.js', exitCode: 0 }], 0],
        );
        assert.match(claim?.by ?? '', /\(agent\)$/);
        // Its word ticks no box: a person's own checks do.
        assert.equal(readFileSync(join(spec, 'tasks.md'), 'utf8'), TASKS);
      }).timeout(600_000);
  });
