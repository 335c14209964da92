import { type Command, EXIT } from '../command';
import { flagsOf, LINT } from './check';

export const fix: Command = {
  name: 'fix',
  operands: '[paths…]',
  arity: [0, Number.POSITIVE_INFINITY],
  summary: 'Mend what mends itself in specs.',
  details: `Applies the fixes that change form, never meaning: THEN after IF, SHALL for should, clauses in order.
Splitting a criterion, or choosing a word, is left to a person in the editor.

Paths and rules are chosen as by “earshot check”. --dry-run prints a unified diff and writes nothing.`,
  options: {
    'dry-run': { help: 'Show what would change, as a unified diff.' },
    rule: { value: 'RULE', help: 'Only the fixes of this rule (id or code).' },
    ...LINT,
    cwd: { value: 'DIR', help: 'Start in this folder instead of the current one.' },
  },
  async run(args, terminal) {
    const { runFix } = await import('../check/runFix');
    await runFix(args.operands, flagsOf(args), args, terminal);
    return EXIT.done;
  },
};
