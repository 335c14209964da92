import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import type { CriterionRule } from '../../rule';
import { rewrite } from '../rewrite';
import { matchesInResponse } from './clauses';

/** “Most frequently” compares, “frequently used” describes, “immediately without a reload” says what must not come between: none asks for a time. */
const VAGUE =
  /(?<!\b(?:most|more|less|least|how|as)\s)\b(?:immediately(?!\s+(?:after|before|when|upon|following|prior|above|below|adjacent|without))|instantly|instantaneously|promptly|periodically|regularly|frequently(?!\s+\w+ed\b)|in\s+(?:near\s+)?real[- ]time|in\s+a\s+timely\s+(?:manner|fashion)|as\s+soon\s+as\s+possible)(?![\w-])/gi;
const OFTEN = /^(?:periodically|regularly|frequently)/i;
const AT_ONCE = /^(?:immediately|inst|in\s+(?:near\s+)?real)/i;
/** What a program does next: here “immediately” only says that nothing comes between. */
const STEP =
  /^(?:\w+ly\s+)?(?:set|end|transition|create|return|load|prompt|throw|exit|enter|reject|call|invoke|start|begin|continue|proceed|redirect|raise|abort)\b/i;
/** `immediately (before the server answers)`: said in parentheses what is meant. */
const EXPLAINED = /^\s*[(（]/;
const TIME =
  /\d\s*(?:ms|µs|s|sec|secs|seconds?|milliseconds?|min|mins|minutes?|h|hrs?|hours?|days?|weeks?|months?|Hz)\b|\b(?:every|each|per)\s+(?:\d+|second|minute|hour|day|week|month)\b|\b(?:on|at|with|before)\s+(?:the|their|its|each|every)\s+next\b|\b(?:one|two|three|five|ten|thirty|sixty)\s+(?:seconds?|minutes?|hours?|days?)\b/i;

export const vagueTime: CriterionRule = {
  scope: 'criterion',
  id: 'vague-time',
  code: 'Q04',
  title: 'Vague time',
  levels: { recommended: 'info', 'incose-full': 'info' },
  why: 'How soon is “immediately”, how often “regularly”? A test needs a number. Where any time will do, leave the word out.',
  bad: 'WHEN a price changes, THE Ticker SHALL show it immediately',
  good: 'WHEN a price changes, THE Ticker SHALL show it within 500 ms',
  source: 'INCOSE GtWR R34, R35',
  check: (context) => {
    const vague = matchesInResponse(context, VAGUE);
    if (vague.length === 0 || TIME.test(context.visible)) return [];
    return vague
      .filter(({ words, match }) => !/^immediately$/i.test(words) || !tellsOrder(match.input))
      .filter(({ words, match }) => !EXPLAINED.test(match.input.slice(match.index + words.length)))
      .map(({ words, range, match }) => ({
        message: `“${words}” is no time that can be tested. Say how soon or how often: within 500 ms, every 5 minutes.`,
        range,
        fixes: timed(words, range, match),
      }));
  },
};

/** A time to fill in; or, where any will do, the rest of the response without the word. */
function timed(words: string, range: TextRange, { input, index }: RegExpExecArray): readonly Fix[] {
  const time = OFTEN.test(words)
    ? 'every TBD minutes'
    : AT_ONCE.test(words)
      ? 'within TBD ms'
      : 'within TBD seconds';
  const fill = rewrite(`Say it in numbers: ${time}`, false, [{ range, newText: time }]);
  const before = /,?\s+$/.exec(input.slice(0, index))?.[0].length ?? 0;
  const after = /^,?\s+/.exec(input.slice(index + words.length))?.[0].length ?? 0;
  const rest = input.slice(0, index) + input.slice(index + words.length);
  if (!/\p{L}/u.test(rest) || before + after === 0) return [fill];
  const removal =
    before > 0
      ? { start: range.start - before, end: range.end }
      : { start: range.start, end: range.end + after };
  return [fill, rewrite(`Leave “${words}” out: any time will do`, false, [{ range: removal, newText: '' }])];
}

/** Does a response say what comes next, or before what? */
function tellsOrder(response: string): boolean {
  return STEP.test(response) || /\bbefore\s+\w+ing\b/i.test(response);
}
