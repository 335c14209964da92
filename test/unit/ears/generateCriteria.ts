/** Well-formed criteria in pieces, so that a defect can be made in one of them, or all of it written otherwise. */
import fc from 'fast-check';

const CONDITIONS = [
  'a user logs in',
  'the cart holds 3 items',
  'a file (of 5 MB) is sent',
  '`x` is typed',
  "a user's key fits",
];
export const SYSTEMS = ['Door_Lock', 'System', 'Auth Service', 'API', 'payment gateway'];
const RESPONSES = [
  'open the door',
  'store the file within 5 s',
  'NOT log the key',
  'show "IF x" and ring',
  'send (a, b) to `c`',
];

export interface Pieces {
  readonly leads: readonly string[];
  readonly keyword: 'WHEN' | 'IF' | undefined;
  readonly separator: string;
  readonly system: string;
  readonly response: string;
}

const condition = fc.constantFrom(...CONDITIONS);
export const pieces: fc.Arbitrary<Pieces> = fc
  .record({
    where: fc.option(condition, { nil: undefined }),
    while: fc.option(condition, { nil: undefined }),
    keyword: fc.constantFrom('WHEN' as const, 'IF' as const, undefined),
    trigger: condition,
    kiro: fc.boolean(),
    system: fc.constantFrom(...SYSTEMS),
    response: fc.constantFrom(...RESPONSES),
  })
  .map(({ keyword, trigger, kiro, system, response, ...before }) => {
    const leads = [
      before.where && `WHERE ${before.where}`,
      before.while && `WHILE ${before.while}`,
      keyword && `${keyword} ${trigger}`,
    ];
    const separator = keyword === 'IF' ? ', THEN ' : keyword === 'WHEN' && kiro ? ' THEN ' : ', ';
    return { leads: leads.filter((lead) => lead !== undefined), keyword, separator, system, response };
  });

/** The criterion as one sentence. */
export function write({ leads, separator, system, response }: Pieces, modal = ' SHALL '): string {
  return `${leads.join(', ')}${leads.length > 0 ? separator : ''}${system === '' ? '' : `THE ${system}`}${modal}${response}`;
}

/** Another way to write the same sentence. */
export interface Style {
  readonly name: string;
  readonly apply: (text: string) => string;
}

const KEYWORDS = /\b(?:WHERE|WHILE|WHEN|IF|THEN|THE|SHALL)\b(?! x")/g;
const before = (prefix: string): Style => ({ name: `${prefix}…`, apply: (text) => prefix + text });

export const STYLES: readonly Style[] = [
  ...[
    '[x] ',
    '✅ ',
    '✔️ **',
    'AC-1.2: ',
    '**PROD-7**: ',
    '**08-AC-1.** ',
    'REQ-1.1 [ASSUMPTION] ',
    '1.2 ',
  ].map(before),
  ...['(MVP) ', '**Entry**: ', '**Entry — at night.** ', '<!-- why --> ', 'Let n be 3. '].map(before),
  { name: 'small keywords', apply: (text) => text.replace(KEYWORDS, (word) => word.toLowerCase()) },
  { name: 'bold keywords', apply: (text) => text.replace(KEYWORDS, '**$&**') },
  { name: 'keywords in italics', apply: (text) => text.replace(KEYWORDS, '*$&*') },
  { name: 'full-width commas', apply: (text) => text.replace(/, (?=WH|IF|TH)/g, '，') },
  { name: 'two lines', apply: (text) => text.replace(/ SHALL /, '\r\n   SHALL ') },
  { name: 'a full stop', apply: (text) => `${text}.` },
  { name: 'a comment behind it', apply: (text) => `${text} <!-- WHEN, SHALL -->` },
  { name: 'a comment within it', apply: (text) => text.replace(' SHALL ', ' <!-- IF x, THEN --> SHALL ') },
  { name: 'a comment behind a condition', apply: (text) => text.replace(/(?=, THE\b)/, ' <!-- a, b -->') },
];
