/** What reads like a failure and is none: its response shows that things go as they should. */

/** An adverb may come first: `automatically create`. */
const FIRST = String.raw`^(?:\w+ly\s+)?`;
const ABSENT = /(?:missing|not (?:exist|found|available|provided))$/i;
/** What is not there yet is made … */
const MADE = new RegExp(
  String.raw`${FIRST}(?:create|generate|initiali[sz]e|add|insert|install|download|synchroni[sz]e|sync|provision|build|register|set\s+up)\b`,
  'i',
);
/** … what nobody gave has a default … */
const DEFAULT = new RegExp(String.raw`${FIRST}(?:default|use|apply|fall\s?back)\b`, 'i');
/** … what is too much is dealt with in portions … */
const PORTIONED = new RegExp(
  String.raw`${FIRST}(?:batch|group|aggregate|paginate|split|chunk|truncate|collapse|summari[sz]e|compress|archive|rotate|scale|queue|(?:implement|use)\s+pagination)\b`,
  'i',
);
/** … and who has not signed in yet is a visitor. */
const WELCOME = new RegExp(String.raw`${FIRST}(?:redirect|show|display|navigate|prompt|present|open)\b`, 'i');
/** But where somebody is told of it, it was a failure. */
const TOLD = /\b(?:errors?|fail\w*|exceptions?|alerts?|warn\w*|messages?|notif\w*|reject\w*)\b/i;

/** @param predicate What the trigger says: `does not exist`. */
export function isNormalCourse(predicate: string, response: string): boolean {
  if (/^exceed/i.test(predicate)) return PORTIONED.test(response);
  if (/(?:not |un)authenticated$/i.test(predicate)) return WELCOME.test(response) && !TOLD.test(response);
  if (!ABSENT.test(predicate) || TOLD.test(response)) return false;
  return MADE.test(response) || (/not provided$/i.test(predicate) && DEFAULT.test(response));
}
