/** What is wrong with the source of a diagram, in words that its author can use. Pure. */

export interface WhyBroken {
  /** Ends the sentence “This diagram cannot be drawn”. */
  readonly reason: string;
  /** All that the parser said, where the reason is not that already. */
  readonly more: string | undefined;
}

const PLACE = /^(?:Parse|Lexical) error on line \d+[:.].*\n(.*)\n-*\^/;
const NEAR = 24;

/** Its parsers point below a piece of the source, and list every sign that could have stood there. */
export function whyBroken(message: string): WhyBroken {
  const [pointed, piece = ''] = PLACE.exec(message) ?? [];
  if (pointed === undefined) return { reason: `: ${message}`, more: undefined };
  const before = piece
    .replace(/^\.\.\./, '')
    .slice(-NEAR)
    .trim();
  const reason = before === '' ? ': it is not understood.' : `: it is not understood near “${before}”.`;
  return { reason, more: message };
}
