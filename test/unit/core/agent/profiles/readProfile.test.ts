import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AgentProfile } from '../../../../../src/core/agent/profiles/model';
import { readProfile } from '../../../../../src/core/agent/profiles/readProfile';
import { allowsServerTool, allowsTool, TOOL_TAGS } from '../../../../../src/core/agent/profiles/toolTags';
import { ALL_TOOLS } from '../../../../../src/core/agent/tools/codingTools';
import { runs } from '../../../../support/soak';

function read(text: string, name = 'reviewer.md') {
  const path = `/project/.kiro/agents/${name}`;
  return readProfile({ path, id: name.replace(/\.\w+$/, ''), root: '/project', text });
}

function profileOf(text: string, name?: string): AgentProfile {
  const { profile } = read(text, name);
  assert.ok(profile, 'it can be used');
  return profile;
}

const problems = (text: string, name?: string) =>
  read(text, name).problems.map(({ line, message }) => `${line}: ${message}`);

const MARKDOWN = `---
name: Code reviewer
description: Reviews what was changed.
tools: ["read", "@context7"]
excludedTools: [glob]
model: claude-sonnet-5
mcpServers:
  context7: { command: npx, args: ["-y", "context7"] }
resources: ["file://README.md", "skill://.kiro/skills/**/SKILL.md"]
permissions:
  rules:
    - capability: shell
      effect: allow
      match: ["npm *"]
    - capability: fs_write
      effect: deny
      match: ["src/**"]
welcomeMessage: Hello.
---

You review.
`;

describe('a custom agent', () => {
  it('is read from Markdown with front matter', () => {
    const profile = profileOf(MARKDOWN);
    assert.deepEqual(problems(MARKDOWN), []);
    assert.equal(profile.name, 'Code reviewer');
    assert.equal(profile.prompt, 'You review.');
    assert.deepEqual(profile.tools, ['read', '@context7']);
    assert.deepEqual(profile.mcpServers, { context7: { command: 'npx', args: ['-y', 'context7'] } });
    assert.deepEqual(
      profile.rules.map(({ capability, effect }) => `${effect} ${capability}`),
      ['allow shell', 'deny fs_write'],
    );
    assert.equal(profile.model, 'claude-sonnet-5');
    assert.equal(profile.includeMcpJson, false);
  });

  it('is read from JSON, with the same keys', () => {
    const json = JSON.stringify({
      name: 'x',
      prompt: 'You build.',
      tools: ['@builtin'],
      useLegacyMcpJson: true,
      hooks: { stop: [{ command: 'true' }] },
      whatever: 1,
    });
    const profile = profileOf(json, 'build.json');
    assert.deepEqual(problems(json, 'build.json'), []);
    assert.equal(profile.prompt, 'You build.');
    assert.equal(profile.includeMcpJson, true);
    assert.deepEqual(profile.hooks, { stop: [{ command: 'true' }] });
  });

  it('says at the line what is wrong', () => {
    assert.deepEqual(problems('---\nname: x\ntools:\n  - read\n  - teleport\nmodel: 4\n---\nHi\n'), [
      '5: No tool is called “teleport”, so it gives nothing.',
      '6: “model” is no text. It is left out.',
    ]);
    assert.deepEqual(problems('{\n  "name": "x",\n  "tools": "read"\n}', 'x.json'), [
      '1: It names no tools, so it has none. Add “tools”, such as ["read"].',
      '3: “tools” is no list, such as ["read", "shell"]. It is left out.',
    ]);
    const rules =
      '---\ntools: [read]\npermissions:\n  rules:\n    - capability: shell\n      effect: sometimes\n---\n';
    assert.deepEqual(problems(rules), [
      '6: “effect” is deny, ask or allow. This rule asks until that is mended.',
    ]);
    const json =
      '{\n\t"tools": [],\n\t"permissions": {\n\t\t"rules": [\n\t\t\t{ "effect": "deny" }\n\t\t]\n\t}\n}';
    assert.deepEqual(problems(json, 'x.json'), [
      '5: A rule needs a “capability”, such as shell or fs_write. This one is left out.',
    ]);
  });

  it('says what of its hooks never fires or has no effect', () => {
    const json =
      '{\n"tools": ["read"],\n"hooks": {\n"preToolUse": [{"command": "check",\n"cache_ttl_seconds": 300}],\n"onFoo": []\n}\n}';
    assert.deepEqual(problems(json, 'x.json'), [
      '5: “cache_ttl_seconds” has no effect here: the command runs each time.',
      '6: “onFoo” is no trigger, so what stands here never fires.',
    ]);
    const markdown = '---\ntools: [read]\nhooks:\n  onFoo: []\n---\nHi\n';
    assert.deepEqual(problems(markdown), ['4: “onFoo” is no trigger, so what stands here never fires.']);
  });

  it('cannot be used where it cannot be told what it is forbidden', () => {
    for (const [text, name] of [
      ['no front matter', 'x.md'],
      ['---\nname: [\n---\n', 'x.md'],
      ['{"name": ', 'x.json'],
      ['[]', 'x.json'],
      ['---\ntools: [read]\npermissions: { rules: deny }\n---\n', 'x.md'],
    ] as const) {
      const { profile, problems: found } = read(text, name);
      assert.equal(profile, undefined, text);
      assert.notEqual(found.length, 0, text);
    }
  });

  it('has the tools of an older key, which say no more than that', () => {
    const profile = profileOf('---\nname: x\nallowedTools: [read, fs_write]\n---\n');
    assert.deepEqual(profile.tools, ['read', 'fs_write']);
    assert.deepEqual(profile.rules, []);
    assert.deepEqual(problems('---\nallowedTools: [read]\n---\n'), [
      '2: “allowedTools” is an older key. It has these tools, and each still asks as your rules say. Call it “tools”.',
    ]);
  });

  it('turns older settings of tools into rules that only deny and ask', () => {
    const json = JSON.stringify({
      tools: ['*'],
      toolsSettings: {
        shell: { allowedCommands: ['npm test.*'], deniedCommands: ['git push.*'], denyByDefault: true },
        write: { allowedPaths: ['src/**'], deniedPaths: ['src/secret/**'] },
        fs_read: { deniedPaths: ['**/.env'] },
        web_fetch: { blocked: ['(a|b)\\.example'] },
        subagent: { availableAgents: ['reviewer'] },
        aws: { allowedServices: ['s3'] },
      },
    });
    const { rules } = profileOf(json, 'x.json');
    assert.deepEqual(
      rules.map(({ effect, capability, match, exclude }) => `${effect} ${capability} ${match} -${exclude}`),
      [
        'deny shell git push* -',
        'deny shell ** -npm test*',
        'deny fs_write src/secret/** -',
        'ask fs_write ** -src/**',
        'deny fs_read **/.env -',
        'ask web_fetch ** -',
        'deny subagent ** -reviewer',
      ],
    );
    assert.equal(problems(json, 'x.json').length, 2, 'what no rule can say, and what there is not');
  });

  it('never throws, whatever a file holds', () => {
    const json = fc.json().map((text) => [text, 'x.json'] as const);
    const keys = fc.constantFrom(
      'name',
      'tools',
      'permissions',
      'toolsSettings',
      'mcpServers',
      'resources',
      'model',
    );
    const near = fc.dictionary(keys, fc.jsonValue()).map((data) => [JSON.stringify(data), 'x.json'] as const);
    const markdown = fc
      .dictionary(keys, fc.jsonValue())
      .map((data) => [`---\n${JSON.stringify(data)}\n---\nBody`, 'x.md'] as const);
    const any = fc.string({ unit: 'binary' }).map((text) => [`---\n${text}\n---\n`, 'x.md'] as const);
    fc.assert(
      fc.property(fc.oneof(json, near, markdown, any), ([text, name]) => {
        const lines = text.split('\n').length;
        for (const { line, message } of read(text, name).problems)
          assert.ok(line >= 1 && line <= lines && message !== '', `${line} of ${lines}`);
      }),
      runs(40),
    );
  });
});

describe('the tags of an agent’s tools', () => {
  const given = (tools: readonly string[], excludedTools: readonly string[] = []) => {
    const profile = { ...profileOf(MARKDOWN), tools, excludedTools };
    return ALL_TOOLS.map(({ definition }) => definition.name).filter((name) => allowsTool(profile, name));
  };

  it('stand for these tools', () => {
    assert.deepEqual(given(['read']).sort(), [...(TOOL_TAGS.read ?? [])].sort());
    assert.deepEqual(given(['read']).sort(), [
      'code',
      'diagnostics',
      'glob',
      'list_files',
      'read_file',
      'search',
    ]);
    assert.deepEqual(given(['write']).sort(), [
      'delete_file',
      'edit_file',
      'move_file',
      'rename_symbol',
      'write_file',
    ]);
    assert.deepEqual(given(['shell']).sort(), [
      'read_output',
      'run_command',
      'start_process',
      'stop_process',
    ]);
    assert.deepEqual(given(['web']), ['web_fetch']);
    assert.deepEqual(given(['spec']), ['spec']);
    assert.deepEqual(given(['context']).sort(), ['ask_user', 'plan']);
    assert.deepEqual(given(['fs_read', 'execute_bash']).sort(), given(['read', 'shell']).sort());
    assert.deepEqual(given(['edit_file', 'constructor']), ['edit_file']);
    assert.deepEqual(given(['knowledge', '@context7', 'web_search']), []);
    assert.deepEqual(given([]), []);
  });

  it('name every tool of ours, so that none is given by accident', () => {
    assert.deepEqual(given(['@builtin']).length, ALL_TOOLS.length);
    assert.deepEqual(given(['*']).length, ALL_TOOLS.length);
    assert.deepEqual(
      given(['*'], ['shell', 'write']).some((name) => /command|write/.test(name)),
      false,
    );
  });

  it('name tools of servers', () => {
    const may = (tools: readonly string[], excludedTools: readonly string[] = []) =>
      allowsServerTool({ ...profileOf(MARKDOWN), tools, excludedTools }, 'git', 'log');
    for (const tag of ['*', '@mcp', '@git', '@git/log', '@git/*']) assert.equal(may([tag]), true, tag);
    for (const tag of ['read', '@builtin', '@gi', '@git/lo', 'log']) assert.equal(may([tag]), false, tag);
    assert.equal(may(['@git'], ['@git/log']), false);
  });
});
