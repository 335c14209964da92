import { type Command, CWD, EXIT } from '../command';

export const steeringList: Command = {
  name: 'steering list',
  operands: '',
  arity: [0, 0],
  summary: 'List steering documents and skills, with what is wrong in them.',
  details: `Those of the workspace (.kiro/steering, .kiro/skills, AGENTS.md at every level) and your own (~/.kiro).
Exit code 1 when a problem is an error.

--json prints one object
  {documents: [{path, name, kind, scope, inclusion}], problems: [{path, rule, severity, message, line}]}`,
  options: { json: { help: 'Print JSON.' }, ...CWD },
  async run(args, terminal) {
    const [{ withCliCore }, { listLines, listSummary }] = await Promise.all([
      import('../createCliCore'),
      import('../steeringLines'),
    ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const { out } = terminal;
      const survey = await core.guidance.survey(root);
      const summary = await listSummary(survey, root, core.ports.files);
      if (args.has('json')) out.json(summary);
      else for (const line of listLines(summary)) out.line(line);
      return survey.problems.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.done;
    });
  },
};
