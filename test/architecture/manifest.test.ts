/** The manifest is truth: code and package.json name the same commands, views, settings and context keys. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import manifest from '../../package.json';
import { EFFORTS, MODEL_ROLES, THINKING } from '../../src/core/modelSettings';
import { AUTONOMIES } from '../../src/core/ports';
import { DEEPEST_ROOT } from '../../src/core/spec/findSpecRoots';
import { COMMANDS, CONTEXT, VIEWS } from '../../src/vscode/manifest';

const root = join(__dirname, '../..');
const { contributes } = manifest;
const text = JSON.stringify(manifest);

function allSource(): string {
  return readdirSync(join(root, 'src'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

describe('manifest', () => {
  it('declares the commands that the code has, and no other', () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      Object.values(COMMANDS).sort(),
    );
  });

  it('every command of the code is registered once', () => {
    const source = allSource();
    for (const name of Object.keys(COMMANDS)) {
      assert.equal(
        source.match(new RegExp(`host\\.command\\(\\s*COMMANDS\\.${name},`, 'g'))?.length,
        1,
        name,
      );
    }
  });

  it('names no file that is not packed', () => {
    const kept = readFileSync(join(root, '.vscodeignore'), 'utf8').match(/(?<=^!).+$/gm) ?? [];
    const isPacked = picomatch(kept);
    const named = [
      ...new Set([...text.matchAll(/"(?:\.\/)?((?:media|dist)\/[^"]+)"/g)].map(([, path]) => path ?? '')),
    ];
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((path) => !isPacked(path)),
      [],
    );
  });

  it('declares the views that the code has', () => {
    const declared = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));
    assert.deepEqual(declared.sort(), Object.values(VIEWS).sort());
  });

  it('menus, keys and welcome texts name only commands that exist', () => {
    const known = new Set<string>(Object.values(COMMANDS));
    const named = [...text.matchAll(/(?:command:|"command":")(earshot\.[\w.]+)/g)].map(([, id]) => id ?? '');
    assert.deepEqual(
      [...new Set(named)].filter((id) => !known.has(id)),
      [],
    );
  });

  it('when-clauses use only context keys that the code sets', () => {
    const known = new Set<string>([...Object.values(CONTEXT), ...Object.values(VIEWS)]);
    const clauses = [...text.matchAll(/"when":"((?:[^"\\]|\\.)*)"/g)].map(([, clause]) => clause ?? '');
    const keys = clauses.flatMap((clause) => clause.match(/\bearshot\.\w+/g) ?? []);
    assert.deepEqual(
      [...new Set(keys)].filter((key) => !known.has(key)),
      [],
    );
  });

  it('no setting can be changed by a repository, but for what is reported', () => {
    for (const [key, { scope }] of Object.entries(contributes.configuration.properties))
      assert.equal(scope, key.startsWith('earshot.lint.') ? 'resource' : 'machine', key);
  });

  it('names no model by itself: the newest of the server is used', () => {
    assert.equal(contributes.configuration.properties['earshot.model'].default, '');
  });

  it('offers each preset of permissions, and says what it means', () => {
    const { enum: values, enumDescriptions } = contributes.configuration.properties['earshot.autonomy'];
    assert.deepEqual(values, AUTONOMIES);
    assert.equal(enumDescriptions.length, AUTONOMIES.length);
  });

  it('offers the thinking, the effort and the roles that the code reads', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(properties['earshot.thinking'].enum, THINKING);
    assert.deepEqual(properties['earshot.effort'].enum, EFFORTS);
    assert.deepEqual(Object.keys(properties['earshot.models'].properties), MODEL_ROLES);
  });

  it('nothing is activated at start-up, but where there are specs', () => {
    // As deep as packages with specs are looked for, and in any group there.
    const packages = Array.from(
      { length: DEEPEST_ROOT },
      (_, depth) => `workspaceContains:${'*/'.repeat(depth + 1)}.kiro/specs/**/*.md`,
    );
    assert.deepEqual(manifest.activationEvents, ['workspaceContains:.kiro', ...packages]);
  });
});
