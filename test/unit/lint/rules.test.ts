import { strict as assert } from 'node:assert';
import { rules } from '../../../src/core/lint/rules';
import type { Problem } from '../../../src/core/spec/model';
import { applyEdits } from '../../../src/core/util/textRange';
import { lintText } from '../../support/lintText';

const HEAD =
  '## Glossary\n- **Door**: It opens.\n- **Fast Lane**: A lane.\n## Requirements\n### Requirement 1\n#### Acceptance Criteria\n';

function findings(rule: string, text: string): readonly Problem[] {
  return lintText(text).filter((problem) => problem.rule === rule);
}

/** The words that a rule objects to in one criterion; with a fix, `→ the criterion after it`. */
function check(rule: string, criterion: string, expected: readonly string[]): void {
  const text = `${HEAD}1. ${criterion}`;
  assert.deepEqual(
    findings(rule, text).map(({ range, fixes: [fix] = [] }) => {
      const words = text.slice(range.start, range.end);
      return fix === undefined ? words : `${words} → ${applyEdits(text, fix.edits()).slice(HEAD.length + 3)}`;
    }),
    expected,
  );
}

const cases: Readonly<
  Record<string, readonly (readonly [criterion: string, expected: readonly string[]])[]>
> = {
  'vague-term': [
    ['THE Door SHALL open quickly', ['quickly → THE Door SHALL open within TBD ms']],
    [
      'THE Door SHALL use appropriate and robust hinges',
      [
        'appropriate → THE Door SHALL use appropriate (TBD) and robust hinges',
        'robust → THE Door SHALL use appropriate and robust hinges (TBD)',
      ],
    ],
    ['THE Door SHALL use an appropriate timeout (30 s)', []],
    ['THE Door SHALL turn at a smooth 60 steps a second', []],
    ['THE Door SHALL give appropriate codes: 401 or 403', []],
    ['THE Door SHALL choose a suitable key based on the lock', []],
    ['THE Door SHALL show "appropriate" and `fast`', []],
    ['THE Door SHALL open the Fast Lane', []],
    ['THE Door SHALL open the fast lane', []],
    ['THE Door SHALL open fast', ['fast → THE Door SHALL open within TBD ms']],
    ['THE Door SHALL fast-forward', []],
    ['THE Door SHALL reject inappropriate keys', []],
    ['THE Door SHALL do a graceful shutdown', []],
    ['THE Door SHALL shut gracefully', ['gracefully → THE Door SHALL shut gracefully (TBD)']],
    ['THE Door SHALL use the Optimal setting', []],
    ['Quickly, THE Door SHALL open', ['Quickly → Within TBD ms, THE Door SHALL open']],
    ['THE Door SHALL ring where appropriate', []],
    ['THE Door SHALL check for sufficient access rights', []],
    ['THE Door SHALL check for sufficient key_balance', []],
    ['THE Door SHALL give sufficient light', ['sufficient → THE Door SHALL give sufficient light (TBD)']],
    ['THE Door SHALL do a graceful lock shutdown', []],
    ['THE Door SHALL do a graceful opening', ['graceful → THE Door SHALL do a graceful opening (TBD)']],
    ['THE Door SHALL gracefully fall back to the bolt', []],
    ['THE Door SHALL fall back to the bolt gracefully', []],
    ['THE Door SHALL gracefully degrade to a curtain', []],
    ['THE Door SHALL handle a jam gracefully', ['gracefully → THE Door SHALL handle a jam gracefully (TBD)']],
    ['THE Door SHALL handle a jam gracefully without ringing', []],
    [
      'THE Door SHALL ring appropriately without a bell',
      ['appropriately → THE Door SHALL ring appropriately (TBD) without a bell'],
    ],
    ['THE Door SHALL fail fast', []],
    ['THE Door SHALL give the appropriate sign 401 or 403', []],
    ['THE Door SHALL turn smoothly at 60 steps a second', []],
    [
      'THE Door SHALL turn smoothly for 60 guests',
      ['smoothly → THE Door SHALL turn smoothly (TBD) for 60 guests'],
    ],
    ['THE Door SHALL show the appropriate sign for the selected guest', []],
    [
      'THE Door SHALL show the appropriate sign for guests',
      ['appropriate → THE Door SHALL show the appropriate sign (TBD) for guests'],
    ],
    ['THE Door SHALL describe all meaningful images', []],
    ['THE Door SHALL show meaningful signs', ['meaningful → THE Door SHALL show meaningful signs (TBD)']],
  ],
  'vague-time': [
    ['THE Door SHALL open immediately', ['immediately → THE Door SHALL open within TBD ms']],
    ['THE Door SHALL open immediately, within 2 seconds', []],
    ['THE Door SHALL open immediately (before the bell rings)', []],
    ['THE Door SHALL open immediately after the bell', []],
    ['THE Door SHALL open immediately without a bell', []],
    ['THE Door SHALL immediately set its state to open', []],
    ['THE Door SHALL call the bell immediately', []],
    ['THE Door SHALL immediately ring before opening', []],
    [
      'THE Door SHALL set its state regularly',
      ['regularly → THE Door SHALL set its state every TBD minutes'],
    ],
    ['THE Door SHALL lock immediately, at the next knock', []],
    ['THE Door SHALL list frequently used keys', []],
    ['THE Door SHALL list keys frequently', ['frequently → THE Door SHALL list keys every TBD minutes']],
    ['THE Door SHALL show which key is used most frequently', []],
    ['WHEN guests come regularly, THE Door SHALL open', []],
  ],
  'weak-infinitive': [
    ['THE Door SHALL be able to open', ['be able to → THE Door SHALL open']],
    ['THE Door SHALL be capable of opening', ['be capable of']],
    ['THE Door SHALL be designed to last', ['be designed to → THE Door SHALL last']],
    ['Users SHALL be able to choose a key', []],
    ['WHEN a lock is mocked, tests SHALL be able to open it', []],
    ['WHEN users come, they SHALL be able to choose a key', []],
    ['THE Door SHALL be open', []],
  ],
  'number-without-unit': [
    ['THE Door SHALL open within 5', ['within 5 → THE Door SHALL open within 5 seconds']],
    ['THE Door SHALL open within 5 seconds', []],
    ['THE Door SHALL try at least 3 times', []],
    ['THE Door SHALL open on level 5.', []],
  ],
  'escape-clause': [
    ['THE Door SHALL open, if possible.', ['if possible → THE Door SHALL open.']],
    ['THE Door SHALL open where applicable', ['where applicable → THE Door SHALL open']],
    [
      'THE Door SHALL show names (if applicable) and keys',
      ['if applicable → THE Door SHALL show names and keys'],
    ],
    [
      'THE Door SHALL show names, if applicable, and keys',
      ['if applicable → THE Door SHALL show names, and keys'],
    ],
    ['THE Door SHALL show names, if available, and keys', []],
    ['THE Door SHALL, as appropriate, ring', ['as appropriate']],
    ['THE Door SHALL ring as far as possible', ['as far as possible → THE Door SHALL ring']],
    ['THE Door SHALL make a best-effort attempt', ['best-effort']],
    ['THE Door SHALL ring (or, if needed, beep)', ['if needed → THE Door SHALL ring (or, beep)']],
    ['IF available memory is low, THEN THE Door SHALL ring', []],
    ['WHEN available, THE Door SHALL ring', []],
    ['WHEN a key is made if needed, THE Door SHALL ring', ['if needed']],
    ['THE Door SHALL show `if possible` and "if needed"', []],
    ['THE Door SHALL explain how, if possible as a list', []],
  ],
  'open-ended-list': [
    ['THE Door SHALL take keys, cards, etc.', ['etc. → THE Door SHALL take keys, cards']],
    ['THE Door SHALL take keys and so on', ['and so on → THE Door SHALL take keys']],
    [
      'THE Door SHALL take keys, including but not limited to cards',
      ['including but not limited to → THE Door SHALL take keys, namely cards'],
    ],
    [
      'THE Door SHALL take keys (cards, chips, etc.) and more',
      [
        'etc. → THE Door SHALL take keys (cards, chips) and more',
        'and more → THE Door SHALL take keys (cards, chips, etc.)',
      ],
    ],
    ['THE Door SHALL take cards or similar things', ['or similar → THE Door SHALL take cards or TBD things']],
    ['THE Door SHALL read /etc/hosts and `etc`', []],
    ['THE Door SHALL take three or more keys', []],
    ['THE Door SHALL take two and more keys', []],
  ],
  placeholder: [
    [
      'THE Door SHALL open within TBD seconds',
      ['TBD → <!-- to be decided: THE Door SHALL open within TBD seconds -->'],
    ],
    [
      'THE Door SHALL open in ??? seconds',
      ['??? → <!-- to be decided: THE Door SHALL open in ??? seconds -->'],
    ],
    [
      'THE Door SHALL [NEEDS CLARIFICATION: which?] open',
      [
        '[NEEDS CLARIFICATION: which?] → <!-- to be decided: THE Door SHALL [NEEDS CLARIFICATION: which?] open -->',
      ],
    ],
    ['THE Door SHALL list TODO comments', []],
    ['THE Door SHALL keep a todo list', []],
    ['THE Door SHALL show `TODO`', []],
  ],
  'failure-as-when': [
    ['WHEN opening fails, THE Door SHALL ring', ['fails → IF opening fails, THEN THE Door SHALL ring']],
    ['WHEN opening fails THE Door SHALL ring', ['fails → IF opening fails, THEN THE Door SHALL ring']],
    ['WHEN opening fails THEN the door SHALL ring', ['fails → IF opening fails THEN the door SHALL ring']],
    [
      'When a key is invalid, the door shall ring',
      ['is invalid → If a key is invalid, then the door shall ring'],
    ],
    [
      'WHILE shut, WHEN a timeout occurs, THE Door SHALL ring',
      ['timeout occurs → WHILE shut, IF a timeout occurs, THEN THE Door SHALL ring'],
    ],
    [
      '**WHEN** a lock cannot turn, **THE Door** SHALL ring',
      ['cannot → **IF** a lock cannot turn, **THEN THE Door** SHALL ring'],
    ],
    [
      'WHEN a lock returns an unknown error, Door SHALL ring',
      ['returns an unknown error → IF a lock returns an unknown error, THEN Door SHALL ring'],
    ],
    [
      'WHEN the weight exceeds 5 kg, THE Door SHALL ring',
      ['exceeds → IF the weight exceeds 5 kg, THEN THE Door SHALL ring'],
    ],
    ['WHEN a list exceeds 50 items, THE Door SHALL ring', []],
    ['WHEN a failed key is shown, THE Door SHALL ring', []],
    ['WHEN a key that fails is shown, THE Door SHALL ring', []],
    ['WHEN no errors occur, THE Door SHALL ring', []],
    ['WHEN opening completes or fails, THE Door SHALL ring', []],
    ['WHEN a lock returns error responses, THE Door SHALL ring', []],
    ['WHEN entry is denied by a guard, THE Door SHALL ring', []],
    ['WHEN entry is denied, Door SHALL ring', ['is denied → IF entry is denied, THEN Door SHALL ring']],
    ['WHEN a lock does not exist, THE Door SHALL create it', []],
    ['WHEN the keys are missing, THE Door SHALL generate them', []],
    [
      'WHEN a key is missing, Door SHALL generate an error',
      ['is missing → IF a key is missing, THEN Door SHALL generate an error'],
    ],
    ['WHEN no colour and a width is not provided, THE Door SHALL default to 90 cm', []],
    ['WHEN a guest is not authenticated, THE Door SHALL show the bell', []],
    [
      'WHEN a guest is not authenticated, Door SHALL stay shut',
      ['is not authenticated → IF a guest is not authenticated, THEN Door SHALL stay shut'],
    ],
    ['WHEN the queue exceeds its limit, THE Door SHALL batch guests', []],
    ['WHEN "fails" is typed, THE Door SHALL ring', []],
    ['IF opening fails, THEN THE Door SHALL ring', []],
    ['WHEN opening fails, IF shut, THEN THE Door SHALL ring', ['fails']],
    ['WHEN opening fails, SHALL ring', ['fails']],
    ['WHEN opening fails THEN the door rings', []],
  ],
};

for (const [rule, table] of Object.entries(cases)) {
  describe(`Rule ${rule}`, () => {
    for (const [criterion, expected] of table) it(criterion, () => check(rule, criterion, expected));
  });
}

describe('Rule undefined-system', () => {
  function checkSystems(
    glossary: readonly string[],
    criteria: readonly string[],
    expected: readonly string[],
  ): void {
    const terms = glossary.map((term) => `- **${term}**: words`).join('\n');
    const list = criteria.map((criterion, index) => `${index + 1}. ${criterion}`).join('\n');
    const text = `## Glossary\n${terms}\n## R\n### Requirement 1\n#### Acceptance Criteria\n${list}`;
    const found = findings('undefined-system', text).map(({ range }) => text.slice(range.start, range.end));
    assert.deepEqual(found, expected);
  }

  const tables: readonly (readonly [
    name: string,
    glossary: readonly string[],
    criteria: readonly string[],
    expected: readonly string[],
  ])[] = [
    ['a known system', ['Door'], ['THE Door SHALL a'], []],
    ['an unknown one, once', ['Door'], ['THE Gate SHALL a', 'the gate SHALL b'], ['Gate']],
    ['no glossary', [], ['THE Gate SHALL a'], []],
    [
      'other spellings',
      ['Door_Lock', 'AuthService'],
      ['THE door locks SHALL a', 'THE Auth_Service SHALL b', 'THE `Door Lock` SHALL c'],
      [],
    ],
    [
      'names in parentheses',
      ['Hardware Module (HSM)'],
      ['THE HSM SHALL a', 'THE Hardware Module SHALL b'],
      [],
    ],
    ['the only system', ['Key'], ['THE system SHALL a', 'the System SHALL b'], []],
    ['one system among others', ['Door'], ['THE Door SHALL a', 'the system SHALL b'], ['system']],
    ['pronouns', ['Door'], ['THE Door SHALL a', 'WHEN b, it SHALL c'], []],
    ['nobody', ['Door'], ['THE Door SHALL a', 'WHEN b THEN there SHALL be c'], []],
    [
      'what a system shows or keeps',
      ['Door'],
      [
        'THE Door SHALL a',
        'THE key list SHALL show b',
        'THE Handbook SHALL describe c',
        'THE Hints SHALL ring',
      ],
      [],
    ],
    ['a class of things', ['Door'], ['THE Door SHALL a', 'ALL locks SHALL b', 'BOTH Bolts SHALL c'], []],
    [
      'what acts',
      ['Door'],
      ['THE Door SHALL a', 'THE bell service SHALL b', 'THE Guard SHALL ring', 'THE Bell Pull SHALL c'],
      ['bell service', 'Guard', 'Bell Pull'],
    ],
    ['a name in code’s letters', ['Door'], ['THE Door SHALL a', 'THE bell_pull SHALL be c'], ['bell_pull']],
    [
      'a known one with words that tell which',
      ['Door'],
      ['THE Door SHALL a', 'THE existing Door SHALL b', 'THE Door in the wall SHALL c'],
      [],
    ],
    [
      'a known kind of a known thing',
      ['Bus_Adapter', 'Front Door (FD)'],
      ['THE Front Door adapter SHALL a', 'THE FD adapter SHALL b', 'THE Back Door adapter SHALL c'],
      ['Back Door adapter'],
    ],
    ['names in full-width parentheses', ['Door（门）'], ['THE Door SHALL a'], []],
    ['a function', ['Door'], ['THE Door SHALL a', 'parse(print(x)) SHALL equal x'], []],
    [
      'several at once',
      ['Door', 'Key'],
      ['THE Door and the Key SHALL a', 'THE Door and Gate SHALL a'],
      ['Door and Gate'],
    ],
  ];
  for (const [name, glossary, criteria, expected] of tables)
    it(name, () => checkSystems(glossary, criteria, expected));

  it('knows what an abbreviation stands for', () => {
    const text = `${HEAD.replace('It opens.', 'Digital Opening Of Rooms, a system')}1. THE Digital Opening of Rooms SHALL a`;
    assert.deepEqual(findings('undefined-system', text), []);
  });

  it('offers to rename every use of a name that is nearly known', () => {
    const text = `${HEAD.replace('**Door**', '**Door_Lock**')}1. THE Dor_Lock SHALL a\n2. WHEN b, THE Dor_Lock SHALL c`;
    const [problem] = findings('undefined-system', text);
    assert.match(problem?.message ?? '', /2 times.*Is it “Door_Lock”\?/);
    assert.equal(
      applyEdits(text, problem?.fixes?.[0]?.edits() ?? []),
      text.replaceAll('Dor_Lock', 'Door_Lock'),
    );
  });
});

describe('The rules', () => {
  it('have ids of their own', () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
    for (const { id, code, title } of rules)
      assert.ok(/^[a-z]+(-[a-z]+)*$/.test(id) && /^[A-Z]\d+$/.test(code) && title !== '');
  });

  it('do not judge what a bug fix tells of the defect', () => {
    const text =
      '### Current Behavior\n1.1 WHEN a save fails THEN TBD\n### Expected Behavior\n2.1 WHEN a save fails THEN the system SHALL retry';
    const problems = lintText(text, 'bugfix').map(({ rule, range }) => [rule, range.start > 60]);
    assert.deepEqual(problems, [['failure-as-when', true]]);
  });
});
