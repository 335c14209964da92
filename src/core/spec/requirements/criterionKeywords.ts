/** The words by which lines are told to be a criterion, or a part of one. */

/** A check box and emphasis may come first. */
const BEFORE = String.raw`^(?:\[[ xX]\][ \t]+)?[*_]{0,3}`;
const AFTER = String.raw`(?![\p{L}\p{N}])`;
const OPENING = new RegExp(`${BEFORE}(given|when|if|while|where)${AFTER}`, 'iu');
const FOLLOWING = new RegExp(`${BEFORE}(?:then|and|but|or)${AFTER}`, 'iu');
const KEYWORD = /^\*\*(?:given|when|if|while|where|then|and|but|or):?\*\*/i;
const NAMING = new RegExp(`${BEFORE}the${AFTER}`, 'iu');
const LOUD =
  /^(?:\[[ xX]\][ \t]+)?(?:[*_]{1,3}\p{L}|(?:GIVEN|WHEN|IF|WHILE|WHERE|THE|THEN|AND|BUT|OR)(?![\p{L}\p{N}]))/u;
const SHALL = /\bshall\b/i;
const MAIN = /\b(?:shall|then)\b/i;
const SCENARIO = /^[*_]{0,3}(?:scenario|场景|情景|シナリオ|escenario|cenário)(?!\p{L})[^\r\n]*$/iu;

const BOLD_ALONE = /^\*\*([^*]+?)\s*[:：]?\s*\*\*\s*[:：]?\s*$/;
/** A sentence that goes on for longer says early what happens. */
const FAR = 4000;

/** The keyword that a condition begins with: `WHEN a`, `**Given** a`, `[ ] IF a`. */
export function openingOf(words: string): string | undefined {
  return OPENING.exec(words)?.[1]?.toLowerCase();
}

/** Do words go on with a sentence: `**THEN** …` and `And …` with one that has a condition, WHEN after GIVEN? */
export function continues(words: string, said: string): boolean {
  const condition = openingOf(said);
  if (condition === undefined) return false;
  if (FOLLOWING.test(words)) return true;
  const keyword = openingOf(words);
  return keyword !== undefined && keyword !== condition && condition === 'given' && !hasMain(said);
}

/** Does it begin with the system, and say what that shall do: `THE System SHALL …`? */
export function namesSystem(words: string): boolean {
  return NAMING.test(words) && SHALL.test(words);
}

/** Does it begin in bold or with a keyword in capitals? Nobody begins a remark like that. */
export function isLoud(words: string): boolean {
  return LOUD.test(words);
}

/** Is what begins in bold a sentence, `**WHEN** a`, and no title such as `**When to use:**`? */
export function isKeyword(words: string): boolean {
  return KEYWORD.test(words) || namesSystem(words) || (OPENING.test(words) && SHALL.test(words));
}

/** Does it say what happens, and not only when? */
export function hasMain(words: string): boolean {
  return MAIN.test(words.slice(0, FAR));
}

/** The words of a line in bold that says nothing else: `**Errors:**`. */
export function boldAlone(words: string): string | undefined {
  return BOLD_ALONE.exec(words)?.[1];
}

/** `Scenario 2: A key fits` alone: the title of the clauses below it. */
export function isScenarioTitle(words: string): boolean {
  return SCENARIO.test(words) && !(/\bwhen\b/i.test(words) && hasMain(words));
}
