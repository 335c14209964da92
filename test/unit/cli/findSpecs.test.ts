import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findSpecs } from '../../../src/cli/check/findSpecs';
import { createWorkspace } from '../../support/workspaceBuilder';

const nowhere = (): string => assert.fail('a path was named');

describe('The specs that a command line names', () => {
  it('stand in groups, in a spec, and in packages; a group is none itself', () => {
    const workspace = createWorkspace()
      .file('.kiro/specs/links/requirements.md', '')
      .file('.kiro/specs/links/later/design.md', '')
      .file('.kiro/specs/pay/refunds/tasks.md', '')
      .file('.kiro/archive/specs/old/tasks.md', '')
      .file('packages/web/.kiro/specs/auth/tasks.md', '');
    const found = (path: string) =>
      findSpecs([path], workspace.native, nowhere).map(
        ({ root, path: spec, only }) =>
          `${root.slice(workspace.native.length)} ${spec.slice(root.length + 1)}${only === undefined ? '' : ` ${only}`}`,
      );
    const own = [' .kiro/specs/links', ' .kiro/specs/links/later', ' .kiro/specs/pay/refunds'];
    assert.deepEqual(found('.'), [...own, '/packages/web .kiro/specs/auth']);
    assert.deepEqual(found('.kiro/specs/pay'), [own[2]]);
    assert.deepEqual(found('.kiro/specs/pay/refunds/tasks.md'), [`${own[2]} tasks.md`]);
  });

  it('are each found once, whichever way they are named', () => {
    const { native } = createWorkspace()
      .file('.kiro/specs/a/requirements.md', '')
      .file('.kiro/specs/a/tasks.md', '')
      .file('.kiro/specs/b/tasks.md', '');
    const found = (...paths: readonly string[]) =>
      findSpecs(
        paths.map((path) => `.kiro/specs/${path}`),
        native,
        nowhere,
      ).map(({ path, only }) => `${path.slice(`${native}/.kiro/specs/`.length)} ${only ?? 'whole'}`);
    assert.deepEqual(found('a', 'a/tasks.md', 'a'), ['a whole']);
    assert.deepEqual(found('a/tasks.md', 'b', 'a'), ['a whole', 'b whole']);
    assert.deepEqual(found('a/tasks.md', 'a/requirements.md', 'a/tasks.md'), [
      'a tasks.md',
      'a requirements.md',
    ]);
  });

  it('may be named by a link, and must be there', () => {
    const workspace = createWorkspace().file('.kiro/specs/a/tasks.md', '').file('docs/readme.md', '');
    const { native } = workspace;
    symlinkSync(join(native, '.kiro/specs/a/tasks.md'), join(native, 'link.md'));
    symlinkSync(join(native, '.kiro/specs/a'), join(native, 'spec'));
    symlinkSync(join(native, 'gone'), join(native, 'dangling'));
    const found = (path: string) =>
      findSpecs([path], native, nowhere).map(
        ({ path: spec, only }) => `${basename(spec)} ${only ?? 'whole'}`,
      );
    assert.deepEqual(found('spec'), ['a whole']);
    assert.deepEqual(found('link.md'), ['a tasks.md']);
    assert.throws(() => found('dangling'), /There is no file or folder dangling/);
    assert.throws(() => found('docs'), /There is no spec in docs/);
    // Nobody named it: it may hold none yet.
    assert.deepEqual(
      findSpecs([], native, () => join(native, 'docs')),
      [],
    );
  });
});
