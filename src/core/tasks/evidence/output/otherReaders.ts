/** Runners of other languages. */
import { counted, groups, number, type Reader } from './reader';

const PYTEST =
  /^(?:=+ )?((?:\d+ (?:failed|passed|skipped|deselected|xfailed|xpassed|warnings?|errors?)(?:, )?)+|no tests ran) in [\d.]+s\b/gm;

const pytest: Reader = {
  name: 'pytest',
  read: (text) =>
    groups(text, PYTEST).map((line) => ({
      passed: counted(line, 'passed|xpassed'),
      failed: counted(line, 'failed|errors?'),
      skipped: counted(line, 'skipped|xfailed'),
    })),
  failing: (text) =>
    groups(text, /^(?:FAILED|ERROR) (\S+?(?:::.+?)?)(?: - .*)?$/gm).filter((name) => /\.py\b/.test(name)),
};

const unittest: Reader = {
  name: 'unittest',
  read: (text) =>
    [...text.matchAll(/^Ran (\d+) tests? in [\d.]+s\n+(?:OK|FAILED|NO TESTS RAN)(?: \((.*)\))?/gm)].map(
      ([, all, details = '']) => {
        const of = (word: string) => number(new RegExp(`\\b${word}=(\\d+)`).exec(details)?.[1]);
        const failed = of('failures') + of('errors') + of('unexpected successes');
        const skipped = of('skipped') + of('expected failures');
        return { passed: Math.max(0, number(all) - failed - skipped), failed, skipped };
      },
    ),
  failing: (text) => groups(text, /^(?:FAIL|ERROR): (\w+ \([\w.]+\))/gm),
};

const cargo: Reader = {
  name: 'cargo test',
  read: (text) =>
    groups(text, /^test result: (?:ok|FAILED)\. (\d+ passed;.*)$/gm).map((line) => ({
      passed: counted(line, 'passed'),
      failed: counted(line, 'failed'),
      skipped: counted(line, 'ignored'),
    })),
  failing: (text) =>
    groups(text, /^failures:\n((?: {4}\S.*\n?)+)/gm).flatMap((names) => names.split(/\n\s*/)),
};

const nextest: Reader = {
  name: 'cargo nextest',
  read: (text) =>
    groups(text, /^ *Summary \[.*\] +(\d+(?:\/\d+)? tests? run: .*)$/gm).map((line) => ({
      passed: counted(line, 'passed'),
      failed: counted(line, 'failed|timed out'),
      skipped: counted(line, 'skipped'),
    })),
  failing: (text) =>
    /^ *Summary \[/m.test(text) ? [...new Set(groups(text, /^ +FAIL \[.*?\] +(.+)$/gm))] : [],
};

/** Without `-v` it names packages alone: each that is ok counts as one, and one of its tests that failed as another. */
const go: Reader = {
  name: 'go test',
  read(text) {
    const of = (pattern: RegExp) => [...text.matchAll(pattern)].length;
    const packages = of(/^ok {2}\t\S+\t(?!.*\[no tests to run\])/gm);
    const broken = of(/^FAIL\t\S+/gm);
    if (packages + broken + of(/^ok {2}\t|^\?\s+\t\S+\t\[no test files\]/gm) === 0) return [];
    const [passed, skipped] = [of(/^ *--- PASS: /gm), of(/^ *--- SKIP: /gm)];
    const failed = of(/^ *--- FAIL: /gm);
    return [
      {
        passed: passed + failed + skipped > 0 && passed > 0 ? passed : packages,
        failed: failed || broken,
        skipped,
      },
    ];
  },
  failing: (text) =>
    /^FAIL\b/m.test(text)
      ? [
          ...groups(text, /^ *--- FAIL: (\S+)/gm),
          ...groups(text, /^FAIL\t(\S+) \[(?:build|setup) failed\]/gm),
        ]
      : [],
};

const maven: Reader = {
  name: 'Maven Surefire',
  read: (text) =>
    // The sum of a module; lines of single classes say how long they took.
    [
      ...text.matchAll(
        /^(?:\[\w+\] )?Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)(?!.*Time elapsed)/gm,
      ),
    ].map(([, all, failures, errors, skips]) => {
      const [failed, skipped] = [number(failures) + number(errors), number(skips)];
      return { passed: Math.max(0, number(all) - failed - skipped), failed, skipped };
    }),
  failing: (text) =>
    groups(text, /^\[ERROR\] +((?:[\w$]+\.)*[\w$]+\.\w+)(?::\d+)?(?:[ :].*)?<<< (?:FAILURE|ERROR)!/gm),
};

const gradle: Reader = {
  name: 'Gradle',
  read: (text) =>
    groups(text, /^(\d+ tests? completed.*)$/gm).map((line) => {
      const [failed, skipped] = [counted(line, 'failed'), counted(line, 'skipped')];
      return { passed: Math.max(0, counted(line, 'tests? completed') - failed - skipped), failed, skipped };
    }),
  failing: (text) => groups(text, /^(\S.* > .+) FAILED$/gm),
};

const rspec: Reader = {
  name: 'RSpec',
  read: (text) =>
    groups(text, /^(\d+ examples?, \d+ failures?.*)$/gm).map((line) => {
      const failed = counted(line, 'failures?|errors? occurred outside of examples');
      const skipped = counted(line, 'pending');
      return { passed: Math.max(0, counted(line, 'examples?') - failed - skipped), failed, skipped };
    }),
  failing: (text) => groups(text, /^rspec (\S+ # .+)$/gm),
};

const minitest: Reader = {
  name: 'Minitest',
  read: (text) =>
    groups(text, /^(\d+ (?:runs|tests), \d+ assertions, .*)$/gm).map((line) => {
      const [failed, skipped] = [counted(line, 'failures|errors'), counted(line, 'skips')];
      return { passed: Math.max(0, counted(line, 'runs|tests') - failed - skipped), failed, skipped };
    }),
  failing: (text) =>
    groups(text, /^ *(?:\d+\) )?(?:Failure|Error):\n(\S+#\S+)/gm).map((name) => name.replace(/:$/, '')),
};

const DOTNET = [
  /^(?:Passed|Failed|Skipped)! +- Failed: +(?<failed>\d+), Passed: +(?<passed>\d+), Skipped: +(?<skipped>\d+)/gm,
  /^(?:Test summary|Test Run \w+): total: \d+, failed: (?<failed>\d+), succeeded: (?<passed>\d+), skipped: (?<skipped>\d+)/gim,
];

const dotnet: Reader = {
  name: 'dotnet test',
  read(text) {
    const found = DOTNET.map((pattern) => [...text.matchAll(pattern)]).find((all) => all.length > 0) ?? [];
    return found.map(({ groups: of = {} }) => ({
      passed: number(of.passed),
      failed: number(of.failed),
      skipped: number(of.skipped),
    }));
  },
  failing: (text) => groups(text, /^ +Failed (\S.*?) \[[^\]]+\]$/gm),
};

const DART =
  /^\d+:\d+ \+(\d+)(?: ~(\d+))?(?: -(\d+))?: (?:All tests passed!|All tests skipped\.|Some tests failed\.)$/gm;

const dart: Reader = {
  name: 'dart test',
  read: (text) =>
    [...text.matchAll(DART)].map(([, passed, skipped, failed]) => ({
      passed: number(passed),
      failed: number(failed),
      skipped: number(skipped),
    })),
  failing: (text) => groups(text, /^\d+:\d+ \+\d+(?: ~\d+)? -\d+: (.+?) \[E\]$/gm),
};

const mix: Reader = {
  name: 'mix test',
  read: (text) =>
    groups(text, /^((?:\d+ (?:doctests?|propert(?:y|ies)|tests?|features?), )+\d+ failures?.*)$/gm).map(
      (line) => {
        const failed = counted(line, 'failures?|invalid');
        const skipped = counted(line, 'skipped|excluded');
        const all = counted(line, 'doctests?|property|properties|tests?|features?');
        return { passed: Math.max(0, all - failed - skipped), failed, skipped };
      },
    ),
  failing: (text) => groups(text, /^ +\d+\) ((?:test|property|doctest) .+ \([\w.]+\))$/gm),
};

const phpunit: Reader = {
  name: 'PHPUnit',
  read: (text) => [
    ...groups(text, /^OK \((\d+) tests?, \d+ assertions?\)/gm).map((all) => ({
      passed: number(all),
      failed: 0,
      skipped: 0,
    })),
    ...groups(text, /^(Tests: \d+, Assertions: \d+.*)$/gm).map((line) => {
      const of = (word: string) => number(new RegExp(`\\b${word}: (\\d+)`).exec(line)?.[1]);
      const [failed, skipped] = [of('Failures') + of('Errors'), of('Skipped') + of('Incomplete')];
      return { passed: Math.max(0, of('Tests') - failed - skipped), failed, skipped };
    }),
  ],
  failing: (text) => (/^Tests: \d+, Assertions/m.test(text) ? groups(text, /^\d+\) (\S+::\S+)/gm) : []),
};

export const OTHER_READERS: readonly Reader[] = [
  pytest,
  unittest,
  cargo,
  nextest,
  go,
  maven,
  gradle,
  rspec,
  minitest,
  dotnet,
  dart,
  mix,
  phpunit,
];
