import assert from 'node:assert/strict';
import { UsageError } from '../../../src/cli/command';
import { workspaceRoot } from '../../../src/cli/workspaceRoot';
import { createWorkspace } from '../../support/workspaceBuilder';

describe('workspaceRoot', () => {
  const HOME = '/nowhere/at/all';

  it('is the nearest folder upwards that holds .kiro', () => {
    const { native, root } = createWorkspace()
      .folder('.kiro')
      .folder('packages/a/.kiro')
      .folder('packages/b/src');
    const from = (given: string) => workspaceRoot({ cwd: native, given, homeFolder: HOME });
    assert.equal(from('.'), root);
    assert.equal(from('packages/b/src'), root);
    assert.equal(from('packages/a'), `${root}/packages/a`);
    assert.equal(workspaceRoot({ cwd: native, given: undefined, homeFolder: HOME }), root);
  });

  it('is the start where there is none', () => {
    const { native, root } = createWorkspace().folder('src').file('.kiro', 'a file');
    assert.equal(workspaceRoot({ cwd: native, given: 'src', homeFolder: HOME }), `${root}/src`);
  });

  it('is not the person’s own folder, whose .kiro holds settings, unless started there', () => {
    const { native, root } = createWorkspace().folder('.kiro/settings').folder('projects/new');
    assert.equal(
      workspaceRoot({ cwd: native, given: 'projects/new', homeFolder: native }),
      `${root}/projects/new`,
    );
    assert.equal(workspaceRoot({ cwd: native, given: undefined, homeFolder: native }), root);
  });

  it('resolves links and refuses what is no folder', () => {
    const { native, root } = createWorkspace().folder('real/.kiro').link('link', 'real').file('file');
    assert.equal(workspaceRoot({ cwd: native, given: 'link', homeFolder: HOME }), `${root}/real`);
    for (const given of ['file', 'missing']) {
      assert.throws(() => workspaceRoot({ cwd: native, given, homeFolder: HOME }), UsageError);
    }
  });
});
