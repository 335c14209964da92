// Feature: hook-engine, Property 11: A name is one word
// Verifies: hook-engine#3.4
/** No file name runs anything: in the actual shell, for the ways in which hooks name their file. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { fillCommand } from '../../../../src/core/hooks/fillCommand';
import { createNodeProcesses } from '../../../../src/node/nodeProcesses';
import { createWorkspace } from '../../../support/workspaceBuilder';

const fill = (command: string, path: string) => fillCommand(command, path, false);

describe('a file’s name in a command', () => {
  const cases: readonly [command: string, path: string, filled: string | undefined][] = [
    ['lint', 'a b', 'lint'],
    ['watch -n1 sh -c `x` # no file', '$(x)', 'watch -n1 sh -c `x` # no file'],
    ['lint {{filePath}}', '', "lint ''"],
    ['lint {{filePath}}', 'src/a-b_1.ts', 'lint src/a-b_1.ts'],
    ['lint {{filePath}} {{filePath}}', 'a b', "lint 'a b' 'a b'"],
    ['lint "{{filePath}}"', 'a b', 'lint "a b"'],
    ["lint '{{filePath}}'", 'a b', "lint 'a b'"],
    ['lint {{filePath}}', 'app/[id]/page.tsx', "lint 'app/[id]/page.tsx'"],
    ['lint "{{filePath}}"', 'app/$id.tsx', 'lint "app/\\$id.tsx"'],
    ["lint '{{filePath}}'", "it's.ts", "lint 'it'\\''s.ts'"],
    ['lint {{filePath}}', '-rf.ts', 'lint ./-rf.ts'],
    ['lint {{filePath}}', 'größe/文件.ts', 'lint größe/文件.ts'],
    ['lint {{filePath}}', "$&$'$`$1", `lint '$&$'\\''$\`$1'`],
    ['bash scripts/format.sh {{filePath}}', '$(x)', "bash scripts/format.sh '$(x)'"],
    ['echo "saved {{filePath}}"', 'a b', 'echo "saved a b"'],
    ['echo "saved {{filePath}}"', '$(x)', undefined],
    ['sh -c "lint {{filePath}}"', '$(x)', undefined],
    ['sh -c {{filePath}}', ';x', undefined],
    ['echo {{filePath}} | sh', ';x', undefined],
    ['eval lint {{filePath}}', '$(x)', undefined],
    ['lint $(dirname {{filePath}})', '$(x)', undefined],
    ['lint `dirname {{filePath}}`', '$(x)', undefined],
    ['cat <<EOF\n{{filePath}}\nEOF', '$(x)', undefined],
    ['ls # {{filePath}}', 'a\nx', undefined],
  ];
  for (const [command, path, filled] of cases) {
    it(`${JSON.stringify(command)} with ${JSON.stringify(path)}`, () =>
      assert.equal(fill(command, path), filled));
  }

  it('on Windows stands in double quotes, and some names not at all', () => {
    const windows = (command: string, path: string) => fillCommand(command, path, true);
    assert.equal(windows('lint {{filePath}}', 'a & calc.ts'), 'lint "a & calc.ts"');
    assert.equal(windows('lint "{{filePath}}"', "it's $(x).ts"), 'lint "it\'s $(x).ts"');
    assert.equal(windows('lint {{filePath}}', '%PATH%.ts'), undefined);
    assert.equal(windows('lint {{filePath}}', 'a.ts'), 'lint a.ts');
  });
});

const HOSTILE: readonly string[] = [
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned',
  '& touch pwned &',
  '| touch pwned',
  '&& touch pwned',
  '\ntouch pwned\n',
  "'; touch pwned; '",
  '"; touch pwned; "',
  '"$(touch pwned)"',
  "'$(touch pwned)'",
  '\\"; touch pwned; \\"',
  "\\'; touch pwned; \\'",
  '$' + '{IFS}touch$' + '{IFS}pwned',
  '$IFS;touch pwned',
  '>pwned',
  '<(touch pwned)',
  '$(touch$' + '{IFS}pwned)',
  "$'; touch pwned; $'",
  '$`; touch pwned; $`',
  "$&'; touch pwned; '",
  '{a,touch pwned}',
  '~; touch pwned',
  '!touch pwned',
  '*',
  '?',
  '[a-z]',
  '#',
  '# x\ntouch pwned',
  '-e; touch pwned',
  '--help',
  '\ttouch pwned',
  '\r\ntouch pwned',
  '\\',
  '\\\\',
  '\\\n; touch pwned',
  'a b',
  "a'b",
  'a"b',
  'ü 文',
  '(touch pwned)',
  ')touch pwned(',
  'x)\ntouch pwned;(',
  '%s; touch pwned',
  "x' -o 'touch pwned",
];

/** `./print` shows its arguments apart, so that a name that was torn shows, too. */
const COMMANDS: readonly string[] = [
  './print {{filePath}}',
  './print "{{filePath}}"',
  "./print '{{filePath}}'",
  './print ./{{filePath}}',
  './print --file={{filePath}}',
  './print "./{{filePath}}" && true',
  'echo "saved {{filePath}}" > out',
  "echo 'saved {{filePath}}' > out",
  'sh -c "./print {{filePath}}"',
  './print $(printf %s "{{filePath}}")',
  './print "$KIRO_HOOK_FILE" # {{filePath}}',
  "echo it\\'s {{filePath}} > out",
  'echo "\\"{{filePath}}\\"" > out',
];

describe('the shell', function () {
  if (process.platform === 'win32') return;
  this.timeout(120_000);

  it('runs nothing of a hostile file name, wherever it stands in the command', async () => {
    const workspace = createWorkspace().file(
      'print',
      '#!/bin/sh\nfor word in "$@"; do printf "<%s>" "$word"; done\n',
    );
    chmodSync(join(workspace.native, 'print'), 0o755);
    const processes = createNodeProcesses();
    const word = /^\.\/print (\S*)$/;
    let ran = 0;
    async function run(command: string, name: string): Promise<void> {
      const filled = fill(command, name);
      if (filled === undefined) return;
      const result = await processes.run({
        command: filled,
        cwd: workspace.root,
        env: { KIRO_HOOK_FILE: name },
        timeout: 10_000,
      });
      ran++;
      assert.ok(!existsSync(join(workspace.native, 'pwned')), `${filled} of ${JSON.stringify(name)}`);
      if (!word.test(command)) return;
      const [, argument = ''] = word.exec(command) ?? [];
      const expected = argument
        .replaceAll(/["']/g, '')
        .replace('{{filePath}}', () => (name.startsWith('-') ? `./${name}` : name));
      assert.equal(result.output, `<${expected}>`, filled);
    }
    const all = HOSTILE.flatMap((name) => COMMANDS.map((command) => [command, name] as const));
    while (all.length > 0) await Promise.all(all.splice(0, 16).map(([command, name]) => run(command, name)));
    assert.ok(ran > 200, `${ran} of them ran`);
  });

  it('takes a name as one word, whatever it is made of', async () => {
    const processes = createNodeProcesses();
    const workspace = createWorkspace();
    const part = fc.constantFrom(
      'a',
      ' ',
      "'",
      '"',
      '$',
      '`',
      '\\',
      '(',
      ')',
      ';',
      '\n',
      '!',
      '{',
      '}',
      '*',
      '~',
      '#',
      '&',
      'touch pwned',
      '-',
    );
    const name = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    const command = fc.constantFrom(
      'printf "[%s]" {{filePath}}',
      'printf "[%s]" "{{filePath}}"',
      'printf "[%s]" \'{{filePath}}\'',
    );
    await fc.assert(
      fc.asyncProperty(command, name, async (template, path) => {
        const filled = fill(template, path) ?? '';
        const { output } = await processes.run({ command: filled, cwd: workspace.root });
        assert.equal(output, `[${path.startsWith('-') ? './' : ''}${path}]`);
        assert.ok(!existsSync(join(workspace.native, 'pwned')));
      }),
      { seed: 29, numRuns: 60 * (process.env.EARSHOT_SOAK ? 20 : 1) },
    );
  });
});
