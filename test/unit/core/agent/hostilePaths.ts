/** Paths that lead out of a workspace, to what no tool writes, or just look odd. */
import { createWorkspace, type Workspace } from '../../../support/workspaceBuilder';

export const SECRET = 'top secret words';

/** A workspace beside a folder that is none of the agent's business. */
export function hostileWorkspace(): { workspace: Workspace; outside: Workspace } {
  const outside = createWorkspace().file('secret.txt', SECRET).file('folder/secret.txt', SECRET);
  const workspace = createWorkspace()
    .file('src/a.txt', 'inside')
    .file('src/target.txt', 'inside')
    .file('.git/config', '[core]')
    .file('.vscode/settings.json', '{}')
    .file('sub/.git/config', '[core]')
    .spec('links', { tasks: '- [ ] 1. X\n' })
    .file('shared/specs/team/tasks.md', '- [ ] 1. X\n')
    .file('shared/steering/tech.md', 'Tech')
    .link('linkFile', `${outside.native}/secret.txt`)
    .link('linkFolder', outside.native)
    .link('src/deepLink', `${outside.native}/folder`)
    .link('relativeLink', `../${outside.native.split('/').at(-1)}`)
    .link('dangling', `${outside.native}/new.txt`)
    .link('danglingFolder', `${outside.native}/newFolder`)
    .link('rootLink', '/')
    .link('parent', '..')
    .link('chain', 'chain2')
    .link('chain2', 'linkFolder')
    .link('loop', 'loop')
    .link('toGit', '.git')
    .link('toSpecs', '.kiro/specs')
    .link('.kiro/specs/team', '../../shared/specs/team')
    .link('.kiro/steering', '../shared/steering')
    .link('inside.txt', 'src/target.txt')
    .link('insideFolder', 'src');
  return { workspace, outside };
}

/** Refused for reading and for writing. `OUT` stands for the folder outside, `ROOT` for the workspace. */
export const OUTSIDE: readonly string[] = [
  '..',
  '../',
  '../x',
  '../../x',
  '../../../../../../etc/passwd',
  './../x',
  'src/../../x',
  'src/../../../x',
  'a/b/../../../x',
  '..//x',
  './/..//x',
  'src/./../../x',
  '..\\x',
  'src\\..\\..\\x',
  '..\\..\\windows',
  'src/..\\../x',
  '/',
  '/etc/passwd',
  '//etc/passwd',
  '/../etc/passwd',
  '/tmp',
  'C:\\Windows\\x',
  'c:/windows/x',
  'OUT',
  'OUT/secret.txt',
  'ROOT/../x',
  'ROOT/src/../../x',
  'ROOTx',
  'ROOT-other/x',
  'ROOT/linkFolder/secret.txt',
  'linkFile',
  'linkFolder',
  'linkFolder/secret.txt',
  'linkFolder/new.txt',
  'linkFolder/folder/secret.txt',
  'linkFolder/../secret.txt2/../../x',
  'src/deepLink',
  'src/deepLink/secret.txt',
  'src/deepLink/new/deep.txt',
  'relativeLink/secret.txt',
  'rootLink/etc/passwd',
  'rootLink',
  'parent/x',
  'parent',
  'chain/secret.txt',
  'chain2/secret.txt',
  'dangling',
  'danglingFolder/x',
  'insideFolder/deepLink/secret.txt',
  'x\0.txt',
  '\0',
  'src/a.txt\0.md',
  'loop',
  'loop/x',
];

/** May be read, never written: what only the person changes. */
export const PROTECTED: readonly string[] = [
  '.git',
  '.git/config',
  '.git/hooks/pre-commit',
  '.GIT/config',
  '.Git/config',
  '.gIt',
  'sub/.git/config',
  'sub/.GIT/x',
  '.git./config',
  '.git /config',
  '.git. ./config',
  '.git::$INDEX_ALLOCATION/config',
  '.git:x/config',
  '.g\u200cit/config',
  '.git\u200b/config',
  '\ufeff.git/config',
  '.\u{fe0f}git/config',
  '.ｇｉｔ/config',
  '.GİT/config',
  '.kiro',
  '.kiro/specs/links/tasks.md',
  '.kiro/specs/new/requirements.md',
  '.KIRO/specs/links/tasks.md',
  '.\u212Airo/x',
  '.kiro./x',
  '.kiro /x',
  '.kiro/hooks/evil.json',
  '.kiro/settings/mcp.json',
  'packages/a/.kiro/hooks/x.json',
  './.kiro/../.kiro/x',
  'src/../.kiro/specs/links/tasks.md',
  '.kiro/specs/links/.earshot/approvals.jsonl',
  '.earshot/x',
  'src/.earshot/x',
  '.EARSHOT/x',
  'ROOT/.kiro/x',
  'ROOT/./.git/config',
  '.vscode/settings.json',
  '.VSCODE/settings.json',
  '.v\u017fcode/tasks.json',
  '.vscode/tasks.json',
  '.vscode.',
  '.gitmodules',
  '.gitattributes',
  '.GITATTRIBUTES',
  'sub/.gitattributes',
  '.kiroignore',
  '.gitattributes.',
  '.gitattributes ',
  '.kiro\\specs\\links\\tasks.md',
  '.git\\config',
  'src\\..\\.git\\config',
  'toGit/config',
  'toGit/hooks/pre-commit',
  'toSpecs/links/tasks.md',
  'toSpecs/new/tasks.md',
  '.kiro/specs/team/tasks.md',
  'shared/specs/team/tasks.md',
  'shared/steering/tech.md',
  '.kiro/steering/tech.md',
  'shared/specs/team/new.md',
];

export const ALLOWED: readonly string[] = [
  'src/a.txt',
  './src/a.txt',
  'src/../src/a.txt',
  'src//a.txt',
  'ROOT/src/a.txt',
  'inside.txt',
  'insideFolder/a.txt',
  'new/deep/file.txt',
  '..foo/x',
  'a..b',
  '...',
  '.gitignore',
  '.github/workflows/ci.yml',
  'git/config',
  'kiro/x',
  '.env.example',
  'ünïcödé/文件.txt',
  'with space/x y.txt',
  'shared/other.txt',
  '.gitlab-ci.yml',
  "quote'$(x).txt",
];
