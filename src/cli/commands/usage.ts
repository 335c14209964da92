import { GROUPINGS } from '../../core/usage/summary';
import { type Command, CWD, EXIT } from '../command';
import { chosen } from './check';

export const usage: Command = {
  name: 'usage',
  operands: '',
  arity: [0, 0],
  summary: 'Show what the models cost this month.',
  details: `Every request of the editor and the command line is written down in ~/.earshot/usage. Costs are by list
price, or by EARSHOT_PRICES; of a model whose price is not known, only the tokens are counted.

--json prints one array of
  {name, requests, usage: {inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens}, cost, unpriced,
   incomplete}
where name is a day, a spec or a model, cost is in dollars, unpriced counts the requests without a price, and
incomplete the answers that were cut off, whose tokens are estimated.`,
  options: {
    by: { value: 'WHAT', help: `${GROUPINGS.join(', ')} (default day).` },
    json: { help: 'Print JSON.' },
    ...CWD,
  },
  async run(args, terminal) {
    const by = chosen(args, 'by', GROUPINGS) ?? 'day';
    const [{ withCliCore }, { monthOf }, { summarize, total }, { usageTable }] = await Promise.all([
      import('../createCliCore'),
      import('../../core/usage/ledger'),
      import('../../core/usage/summary'),
      import('../usageTable'),
    ]);
    return withCliCore(args, terminal, async ({ core }) => {
      const { clock } = core.ports;
      const records = await core.usage.month(monthOf(clock.localDay(clock.now())));
      const sums = summarize(records, by);
      const { out } = terminal;
      if (args.has('json')) out.json(sums);
      else if (sums.length > 0) out.line(usageTable([...sums, total(records)]));
      else out.line('No model was asked this month.');
      return EXIT.done;
    });
  },
};
