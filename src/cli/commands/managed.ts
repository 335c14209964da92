import { type Command, EXIT } from '../command';

export const managed: Command = {
  name: 'managed',
  operands: '',
  arity: [0, 0],
  summary: 'Show what your organisation manages on this machine.',
  details: `Each key of the administrator's file, what holds, and what of your environment it overrules.

Exit codes: 0 shown, 1 the file is wrong, 2 the command line is wrong.`,
  options: {},
  async run(args, { env, out }) {
    const [{ readManagedSettings }, { settingsOf }] = await Promise.all([
      import('../../node/readManagedSettings'),
      import('../cliSettings'),
    ]);
    const { administration } = readManagedSettings();
    await administration.ready;
    const { path, policy, problems } = administration;
    administration.settings({ get: () => settingsOf(env, args), onDidChange: () => ({ dispose() {} }) });
    if (policy === undefined) out.line(`Nothing: there is no file ${path}.`);
    else out.line(path);
    for (const { key, words } of administration.managed) out.line(`  ${key}  ${words}`);
    for (const { setting, chosen, holds } of administration.overruled)
      out.line(`${setting}: ${holds || 'none'} holds, not ${chosen}.`);
    for (const { line, message } of problems) out.say(`${path}, line ${line}: ${message}`);
    return problems.length > 0 ? EXIT.failed : EXIT.done;
  },
};
