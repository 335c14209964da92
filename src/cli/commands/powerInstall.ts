import { normalizePath } from '../../core/util/path';
import { fromNativePath } from '../../node/nativePath';
import { type Command, CWD, EXIT } from '../command';

export const powerInstall: Command = {
  name: 'power install',
  operands: '<source>',
  arity: [1, 1],
  summary: 'Install a power after showing all that it brings.',
  details: `It brings steering, skills, servers of tools or hooks. A folder is copied; an archive (.zip, .tgz, .tar)
is unpacked if all in it are plain files; an address that begins with https:// is fetched with git, its
newest commit only. Nothing of it runs by being installed: servers and hooks are asked for by themselves.

Exit codes: 0 installed, 1 it was not, 2 the command line is wrong.`,
  options: { ...CWD, workspace: { help: 'Into .kiro/powers of the workspace instead of your own.' } },
  async run(args, terminal) {
    const [{ withCliCore }, { openPower }] = await Promise.all([
      import('../createCliCore'),
      import('../../node/powers/openPower'),
    ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const [given = ''] = args.operands;
      const scope = args.has('workspace') ? 'workspace' : 'user';
      const opened = await openPower(given, terminal.cwd, terminal.signal);
      try {
        const from = normalizePath(fromNativePath(opened.folder));
        const power = await core.powers.install(from, { root, scope });
        terminal.out.line(`${power.displayName} is installed in ${power.folder}.`);
        return EXIT.done;
      } finally {
        await opened.dispose();
      }
    });
  },
};
