// Verifies: hook-engine#4.2
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../../src/cli/commands';
import { dispatch } from '../../../src/cli/dispatch';
import { captureTerminal } from './captured';

describe('hooks on the command line', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-cli-hooks-'));
    mkdirSync(join(folder, '.kiro/hooks'), { recursive: true });
    const hook = {
      name: 'lint',
      trigger: 'PostFileSave',
      matcher: '\\.ts$',
      action: { type: 'command', command: 'true' },
    };
    const file = { version: 'v1', hooks: [hook] };
    writeFileSync(join(folder, '.kiro/hooks/a.json'), JSON.stringify(file));
    const legacy =
      '{"name":"old","when":{"type":"fileEdited","patterns":["src/**/*.md"]},"then":{"type":"askAgent","prompt":"Look."}}';
    writeFileSync(join(folder, '.kiro/hooks/old.kiro.hook'), legacy);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function earshot(...argv: readonly string[]) {
    const env = {
      EARSHOT_HOME: join(folder, 'home'),
      KIRO_HOME: join(folder, 'kiro'),
      PATH: process.env.PATH,
    };
    const captured = captureTerminal({ env, cwd: folder });
    const code = await dispatch([...argv], COMMANDS, captured.terminal);
    return { code, out: captured.stdout, err: captured.stderr };
  }

  it('are listed, and told what a file would fire', async () => {
    const list = await earshot('hook', 'list', '--json');
    assert.equal(list.code, 0, list.err);
    const { hooks } = JSON.parse(list.out) as { hooks: { name: string; trigger: string }[] };
    assert.deepEqual(
      hooks.map(({ name, trigger }) => [name, trigger]),
      [
        ['lint', 'PostFileSave'],
        ['old', 'PostFileSave'],
      ],
    );
    const dry = await earshot('hook', 'dry-run', 'src/a.ts');
    assert.match(dry.out, /^PostFileSave: lint \(would not run: It asks before its first run\.\)$/m);
  });

  it('do not run where nobody can agree', async () => {
    const { code, out } = await earshot('hook', 'run', 'lint', '--file', 'a.ts');
    assert.equal(code, 1);
    assert.match(out, /nobody has agreed/);
    assert.equal((await earshot('hook', 'run', 'nope')).code, 2);
  });

  it('of 0.x are shown as they would be, and then carried over', async () => {
    const preview = await earshot('hook', 'migrate');
    assert.match(preview.out, /old\.kiro\.hook → \.kiro\/hooks\/old\.json/);
    assert.match(preview.out, /"matcher": "\^src\/\(\.\*\/\)\?\[\^\/\]\*\\\\\.md\$"/);
    assert.ok(existsSync(join(folder, '.kiro/hooks/old.kiro.hook')), 'nothing is written yet');
    await earshot('hook', 'migrate', '--write');
    assert.ok(!existsSync(join(folder, '.kiro/hooks/old.kiro.hook')));
    assert.ok(existsSync(join(folder, '.kiro/hooks/old.json')));
  });
});
