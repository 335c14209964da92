import { type Command, EXIT, UsageError } from '../command';

export const explain: Command = {
  name: 'explain',
  operands: '[rule]',
  arity: [0, 1],
  summary: 'Explain a rule, or list them all.',
  details: `A rule is named by its id (vague-term) or its code (Q01). Its page says why it matters, shows what it
finds and how to write that instead, and how to set it aside.`,
  options: { markdown: { help: 'Print the page as Markdown.' } },
  async run(args, { out }) {
    const { findRule, listRules, nearestRule, showPage } = await import('../check/explainRule');
    const [name] = args.operands;
    if (name === undefined) {
      out.line(listRules(out.paint));
      return EXIT.done;
    }
    const rule = findRule(name);
    if (rule === undefined) {
      const near = nearestRule(name);
      throw new UsageError(`There is no rule “${name}”.${near === undefined ? '' : ` Is it “${near}”?`}`);
    }
    out.write(showPage(rule, args.has('markdown'), out.paint));
    return EXIT.done;
  },
};
