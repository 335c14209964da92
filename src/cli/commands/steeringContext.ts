import { type Command, CWD, EXIT } from '../command';

export const steeringContext: Command = {
  name: 'steering context',
  operands: '[file]',
  arity: [0, 1],
  summary: 'Say what steering an agent is told for a file, why, and its size.',
  details: `Without a file: what is told at the beginning of every session. Sizes are estimates, with the files that a
document brings.

--json prints one array of {path, name, state, why, tokens}, where state is in (told from the beginning), file
(told when the agent turns to the file), offered (the model may load it), asked (when you name it) or out.`,
  options: { json: { help: 'Print JSON.' }, ...CWD },
  async run(args, terminal) {
    const [{ withCliCore }, { contextLines, contextSummary }, { resolve }, { fromNativePath }] =
      await Promise.all([
        import('../createCliCore'),
        import('../steeringLines'),
        import('node:path'),
        import('../../node/nativePath'),
      ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const { out, cwd } = terminal;
      const [operand] = args.operands;
      const file = operand === undefined ? undefined : fromNativePath(resolve(cwd, operand));
      const entries = await core.guidance.context(root, { file });
      if (args.has('json')) out.json(contextSummary(entries));
      else for (const line of contextLines(entries)) out.line(line);
      return EXIT.done;
    });
  },
};
