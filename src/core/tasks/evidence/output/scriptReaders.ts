/** Runners of JavaScript and TypeScript, and TAP. */
import { blocks, type Counted, counted, groups, number, type Reader } from './reader';

/** “  1) suite”, the names below it indented further, until one ends with a colon. */
function mochaFailures(text: string): readonly string[] {
  const lines = text.slice(text.search(/^ +\d+ failing\b/m)).split('\n');
  const names: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const first = /^ {1,3}\d+\) (.*)$/.exec(lines[at] ?? '')?.[1];
    if (first === undefined) continue;
    const parts = [first];
    while (!parts.at(-1)?.endsWith(':') && /^ {5,}\S/.test(lines[at + 1] ?? '') && parts.length < 12)
      parts.push((lines[++at] ?? '').trim());
    names.push(parts.join(' › ').replace(/:$/, ''));
  }
  return names;
}

const mocha: Reader = {
  name: 'mocha',
  read: (text) =>
    blocks(text, /^ +\d+ passing \(/, /^ +\d+ (?:passing|pending|failing)\b/).map((block) => ({
      passed: counted(block, 'passing'),
      failed: counted(block, 'failing'),
      skipped: counted(block, 'pending'),
    })),
  failing: (text) => (/^ +\d+ failing\b/m.test(text) ? mochaFailures(text) : []),
};

/** What a runner says that was told to be content without any, like `--passWithNoTests`. */
function none(text: string, words: RegExp): readonly Counted[] {
  return [...text.matchAll(words)].map(() => ({ passed: 0, failed: 0, skipped: 0 }));
}

const jest: Reader = {
  name: 'jest',
  read: (text) => [
    ...groups(text, /^Tests: +(\d+ (?:failed|skipped|todo|passed|total).*)$/gm).map((line) => ({
      passed: counted(line, 'passed'),
      failed: counted(line, 'failed'),
      skipped: counted(line, 'skipped|todo'),
    })),
    ...none(text, /^No tests found, exiting with code \d/gm),
  ],
  failing: (text) => (/^Tests: +\d/m.test(text) ? groups(text, /^ +● (.+ › .+|\S.*)$/gm) : []),
};

const vitest: Reader = {
  name: 'vitest',
  read: (text) => [
    ...groups(text, /^ +Tests {2}(.*\(\d+\))$/gm).map((line) => ({
      passed: counted(line, 'passed'),
      failed: counted(line, 'failed'),
      skipped: counted(line, 'skipped|todo'),
    })),
    ...none(text, /^No test files found, exiting with code \d/gm),
  ],
  failing: (text) => groups(text, /^ FAIL {2}(.+ > .+)$/gm),
};

/** Its two reporters end alike. */
const nodeTest: Reader = {
  name: 'node:test',
  read: (text) =>
    blocks(text, /^[ℹ#] tests \d+$/, /^[ℹ#] (?:tests|suites|pass|fail|cancelled|skipped|todo) \d+$/)
      .filter((block) => /cancelled \d/.test(block))
      .map((block) => {
        const of = (word: string) => number(new RegExp(`^. ${word} (\\d+)$`, 'm').exec(block)?.[1]);
        return {
          passed: of('pass'),
          failed: of('fail') + of('cancelled'),
          skipped: of('skipped') + of('todo'),
        };
      }),
  failing: (text) =>
    /^ℹ tests \d/m.test(text)
      ? groups(
          text.slice(text.search(/^✖ failing tests:/m)),
          /^ *✖ (?!failing tests:)(.+?)(?: \([\d.]+ms\))?$/gm,
        )
      : [],
};

const bun: Reader = {
  name: 'bun',
  read: (text) =>
    blocks(text, /^ +\d+ pass$/, /^ +\d+ (?:pass|skip|todo|fail)$/).map((block) => ({
      passed: counted(block, 'pass'),
      failed: counted(block, 'fail'),
      skipped: counted(block, 'skip|todo'),
    })),
  failing: (text) =>
    /^ +\d+ pass$/m.test(text) ? groups(text, /^(?:✗|\(fail\)) (.+?)(?: \[[\d.]+m?s\])?$/gm) : [],
};

const deno: Reader = {
  name: 'deno',
  read: (text) =>
    groups(text, /^(?:ok|FAILED) \| (\d+ passed.*)$/gm).map((line) => ({
      passed: counted(line, 'passed'),
      failed: counted(line, 'failed'),
      skipped: counted(line, 'ignored'),
    })),
  failing: (text) => (/^FAILED \| \d+ passed/m.test(text) ? groups(text, /^(.+?) \.\.\. FAILED\b/gm) : []),
};

const playwright: Reader = {
  name: 'playwright',
  read: (text) =>
    blocks(text, /^ {2}\d+ (?:failed|interrupted|flaky|skipped|did not run|passed)\b/, /^ {2,}\S/).flatMap(
      (block) => {
        const sum = { passed: counted(block, 'passed|flaky'), failed: counted(block, 'failed|interrupted') };
        return /^ {2}\d+ (?:passed|failed)\b/m.test(block)
          ? [{ ...sum, skipped: counted(block, 'skipped|did not run') }]
          : [];
      },
    ),
  failing: (text) => groups(text, /^ {4}(\[[^\]]+\] › .+?)\s*─*$/gm),
};

/** Whatever speaks the Test Anything Protocol and was not read otherwise. */
export const tap: Reader = {
  name: 'TAP',
  read(text) {
    if (!/^\s*1\.\.\d+/m.test(text)) return [];
    const results = [...text.matchAll(/^(not )?ok\b(.*)$/gm)];
    if (results.length === 0) return [];
    const isSkipped = (rest = '') => /#\s*(?:skip|todo)\b/i.test(rest);
    const ran = results.filter(([, , rest]) => !isSkipped(rest));
    const failed = ran.filter(([, not]) => not !== undefined).length;
    return [{ passed: ran.length - failed, failed, skipped: results.length - ran.length }];
  },
  failing: (text) => groups(text, /^ *not ok(?: \d+)?(?: -)? (?!.*# (?:SKIP|TODO))(.+)$/gim),
};

export const SCRIPT_READERS: readonly Reader[] = [mocha, jest, vitest, nodeTest, bun, deno, playwright];
