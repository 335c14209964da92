import { type Command, CWD, EXIT } from '../command';

export const checkpointList: Command = {
  name: 'checkpoint list',
  operands: '',
  arity: [0, 0],
  summary: 'List the checkpoints of this workspace, latest first.',
  details: `A checkpoint is the workspace as it was before a turn, a task or a hook, kept below ~/.earshot.

--json prints one array of
  {id, at, cause, head, changed, after, left}
where at is in milliseconds since 1970, cause.kind is turn, task, hook, restore or person, head is where the
repository stood, changed counts the files that differ from the checkpoint before, after is what the turn
left, and left names what could not be kept.`,
  options: {
    session: { value: 'ID', help: 'Only those of this session.' },
    json: { help: 'Print JSON.' },
    ...CWD,
  },
  async run(args, terminal) {
    const [{ withCliCore }, { checkpointLine }, { findSession }] = await Promise.all([
      import('../createCliCore'),
      import('../checkpointLines'),
      import('../findSession'),
    ]);
    return withCliCore(args, terminal, async ({ core, root }) => {
      const { out } = terminal;
      const wanted = args.value('session');
      const session = wanted === undefined ? undefined : findSession(await core.sessions.list(), wanted).id;
      const all = await core.checkpoints.list({ root });
      const shown = all
        .map((checkpoint, index) => ({ checkpoint, number: index + 1 }))
        .filter(
          ({ checkpoint: { cause } }) =>
            session === undefined || ('session' in cause && cause.session === session),
        );
      if (args.has('json')) {
        out.json(shown.map(({ checkpoint: { root: _, ...rest } }) => rest));
        return EXIT.done;
      }
      if (shown.length === 0) out.line('No checkpoints here yet.');
      for (const { checkpoint, number } of shown)
        out.line(checkpointLine(checkpoint, number, localTime(checkpoint.at), out.paint));
      return EXIT.done;
    });
  },
};

/** `2026-11-27 14:05`, where the person is. */
function localTime(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
