import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProfiles } from '../../../../../src/core/agent/profiles/readProfiles';
import { allowsTool } from '../../../../../src/core/agent/profiles/toolTags';
import { corpusRoot } from '../../../../support/corpus';
import { createTestPorts } from '../../../../support/testPorts';

/** What was reviewed of the agents of each repository: how many, and each problem with how often it is found. */
const REVIEWED: Readonly<Record<string, { agents: number; problems: Readonly<Record<string, number>> }>> = {
  'everything-claude-code': {
    agents: 16,
    problems: {
      '“allowedTools” is an older key. It has these tools, and each still asks as your rules say. Call it “tools”.': 16,
      '“allowedTools” is an older key and allows nothing here: your own rules do. Remove it.': 16,
      'It is hidden by <name>.md, which has the same name. Remove one.': 16,
    },
  },
};

describe('real agents', () => {
  it('load, with the problems that were reviewed and no others', async () => {
    const corpus = corpusRoot();
    const found: Record<string, unknown> = {};
    for (const repository of corpus === undefined ? [] : readdirSync(corpus)) {
      const folder = `/project/${repository}/.kiro/agents`;
      const files = agentFiles(join(corpus ?? '', repository, '.kiro', 'agents'));
      if (files.length === 0) continue;
      const entries = files.map(({ name, text }) => [`${folder}/${name}`, text]);
      const ports = createTestPorts({ files: Object.fromEntries(entries) });
      const list = await readProfiles(ports.files, folder, `/project/${repository}`);
      const problems: Record<string, number> = {};
      for (const { message } of list.problems) {
        const plain = message.replace(/by [\w-]+\.md/, 'by <name>.md');
        problems[plain] = (problems[plain] ?? 0) + 1;
      }
      found[repository] = { agents: list.profiles.length, problems };
      for (const profile of list.profiles) {
        assert.equal(allowsTool(profile, 'read_file'), true, `${profile.id} reads`);
        assert.notEqual(profile.prompt, '', profile.id);
      }
    }
    assert.deepEqual(found, corpus === undefined ? {} : REVIEWED);
  });
});

function agentFiles(folder: string): readonly { readonly name: string; readonly text: string }[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(?:md|json)$/.test(name))
      .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  } catch {
    return [];
  }
}
