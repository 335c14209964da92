import assert from 'node:assert/strict';
import { version } from '../../../package.json';
import { type Command, EXIT, UsageError } from '../../../src/cli/command';
import { COMMANDS } from '../../../src/cli/commands';
import { dispatch } from '../../../src/cli/dispatch';
import { Cancelled } from '../../../src/core/util/abort';
import { captureTerminal } from './captured';

const command = (run: Command['run']): Command => ({
  name: 'do it',
  operands: '<what>',
  arity: [0, 1],
  summary: 'Do it.',
  details: 'In detail.',
  options: { fast: { help: 'Quickly.' }, into: { value: 'DIR', help: 'Where.' } },
  run,
});
const ends = (code: 0 | 1) => command(async () => code);

async function run(argv: readonly string[], ...commands: readonly Command[]) {
  const captured = captureTerminal();
  const code = await dispatch(argv, commands, captured.terminal);
  return { code, stdout: captured.stdout, stderr: captured.stderr };
}

describe('dispatch', () => {
  it('prints the version and nothing else', async () => {
    for (const flag of ['--version', '-v']) {
      assert.deepEqual(await run([flag], ends(0)), { code: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  it('helps with the program and with each command', async () => {
    for (const flag of ['--help', '-h']) {
      const program = await run([flag], ...COMMANDS);
      assert.equal(program.code, 0);
      for (const { name, summary } of COMMANDS)
        assert.ok(program.stdout.includes(name) && program.stdout.includes(summary));
      const one = await run(['do', 'it', flag, '--fast'], ends(1));
      assert.equal(one.code, 0);
      assert.match(one.stdout, /Usage: earshot do it <what> \[options\][\s\S]*--into DIR +Where\./);
    }
  });

  it('keeps help within 110 columns', async () => {
    for (const argv of [['--help'], ...COMMANDS.map(({ name }) => [...name.split(' '), '--help'])]) {
      const { stdout } = await run(argv, ...COMMANDS);
      assert.deepEqual(
        stdout.split('\n').filter((line) => line.length > 110),
        [],
      );
    }
  });

  it('gives the command its arguments and gives back its exit code', async () => {
    const seen: unknown[] = [];
    const taking = command(async (args) => {
      seen.push(args.operands, args.has('fast'), args.has('slow'), args.value('into'));
      return EXIT.failed;
    });
    assert.equal((await run(['do', 'it', 'well', '--fast', '--into=there'], taking)).code, 1);
    assert.deepEqual(seen, [['well'], true, false, 'there']);
  });

  it('refuses what it cannot understand', async () => {
    const wrong = [
      [],
      ['do'],
      ['other', 'thing'],
      ['do', 'it', '--loud'],
      ['do', 'it', 'a', 'b'],
      ['do', 'it', '--into'],
    ];
    for (const argv of wrong) {
      const { code, stdout, stderr } = await run(argv, ends(0));
      assert.deepEqual([code, stdout], [2, ''], argv.join(' '));
      assert.match(stderr, /^earshot: .+\.?\n[\s\S]*Usage: earshot/, argv.join(' '));
    }
  });

  it('tells failures apart', async () => {
    const throwing = (error: unknown) =>
      command(async () => {
        throw error;
      });
    const failed = await run(['do', 'it'], throwing(new Error('The disk is full.')));
    assert.deepEqual(failed, { code: 1, stdout: '', stderr: 'earshot: The disk is full.\n' });
    assert.equal((await run(['do', 'it'], throwing(new UsageError('There is no such thing.')))).code, 2);
    assert.deepEqual(await run(['do', 'it'], throwing(new Cancelled())), {
      code: 130,
      stdout: '',
      stderr: '',
    });
  });

  it('runs nothing after it was stopped', async () => {
    const captured = captureTerminal();
    captured.abort.abort(new Cancelled());
    assert.equal(await dispatch(['do', 'it'], [ends(0)], captured.terminal), 130);
  });
});
