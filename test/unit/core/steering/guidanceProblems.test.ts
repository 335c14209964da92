// Feature: steering-engine, Property 7: No trap is silent
// Verifies: steering-engine#3.2, #3.3
import assert from 'node:assert/strict';
import { survey } from '../../../../src/core/steering/survey';
import { createAbort } from '../../../../src/core/util/abort';
import { createMemoryFiles } from '../../../support/memoryFiles';

type Found = readonly [rule: string, words: string, severity: string];

/** Rule and the words that it stands under, by document. */
async function problemsOf(given: Readonly<Record<string, string>>): Promise<readonly Found[]> {
  const files = createMemoryFiles({ root: '/w', files: given });
  const { problems } = await survey({ files, root: '/w', kiroHome: '/home/ada/.kiro' }, createAbort().signal);
  return problems.map(({ rule, path, range, severity, message }) => {
    assert.match(message, /[.?]$/, 'a sentence');
    const text = files.text(path) ?? '';
    assert.ok(range.start >= 0 && range.end <= text.length && range.start <= range.end);
    return [rule, text.slice(range.start, range.end), severity];
  });
}

const steering = (head: string, body = 'T') => ({ '.kiro/steering/a.md': `---\n${head}\n---\n${body}` });
const skill = (head: string, folder = 'review') => ({
  [`.kiro/skills/${folder}/SKILL.md`]: `---\n${head}\n---\nT`,
});
const TS = { 'src/a.ts': '1', 'a.tsx': '1' };

describe('what is wrong in steering', () => {
  const cases: readonly [what: string, files: Readonly<Record<string, string>>, ...found: Found[]][] = [
    [
      'nothing in what Kiro documents',
      {
        ...TS,
        '.kiro/steering/a.md': '---\ninclusion: always\n---\nA',
        '.kiro/steering/b.md':
          '---\ninclusion: fileMatch\nfileMatchPattern: ["src/**/*.ts", "lib/**/*"]\n---\nB',
        '.kiro/steering/c.md': '---\ninclusion: manual\n---\nC',
        '.kiro/steering/d.md': '---\ninclusion: auto\nname: api-design\ndescription: Use when.\n---\nD',
        '.kiro/steering/e.md': 'E',
        'AGENTS.md': '---\ninclusion: nonsense\n---\nhas no front matter',
      },
    ],
    ['nothing in keys of others', steering('title: x\ntags: [a]\ninclusion: manual\nauthor: me')],
    ['a value that is no inclusion', steering('inclusion: often'), ['unknown-inclusion', 'often', 'error']],
    [
      'one in other letters',
      { ...TS, ...steering('inclusion: file-match\nfileMatchPattern: "src/**"') },
      ['unknown-inclusion', 'file-match', 'warning'],
    ],
    ['a list as inclusion', steering('inclusion: [always]'), ['unknown-inclusion', '[always]', 'error']],
    ['fileMatch without a pattern', steering('inclusion: fileMatch'), ['no-pattern', 'fileMatch', 'error']],
    [
      'a number as pattern',
      steering('inclusion: fileMatch\nfileMatchPattern: 5'),
      ['no-pattern', '5', 'error'],
    ],
    ['an empty list', steering('inclusion: fileMatch\nfileMatchPattern: []'), ['no-pattern', '[]', 'error']],
    [
      'a pattern without fileMatch',
      steering('fileMatchPattern: "src/**"'),
      ['pattern-unused', 'fileMatchPattern', 'warning'],
    ],
    [
      'patterns joined by commas',
      { ...TS, ...steering('inclusion: fileMatch\nfileMatchPattern: "src/*.ts,lib/{a,b}.ts"') },
      ['pattern-joined', '"src/*.ts,lib/{a,b}.ts"', 'warning'],
    ],
    [
      'a pattern of names',
      { ...TS, ...steering('inclusion: fileMatch\nfileMatchPattern: "*.tsx"') },
      ['pattern-at-top', '"*.tsx"', 'info'],
    ],
    [
      'a pattern that matches nothing',
      { ...TS, ...steering('inclusion: fileMatch\nfileMatchPattern: "lib/**"') },
      ['pattern-matches-nothing', '"lib/**"', 'info'],
    ],
    [
      'a pattern that YAML cannot read',
      { ...TS, ...steering('inclusion: fileMatch\nfileMatchPattern: **/*.ts') },
      ['front-matter', '*', 'warning'],
    ],
    ['auto without description', steering('inclusion: auto'), ['no-description', 'auto', 'warning']],
    [
      'front matter after a blank line',
      { '.kiro/steering/a.md': '\n---\ninclusion: manual\n---\nT' },
      ['front-matter-not-first', '---', 'warning'],
    ],
    [
      'front matter after a heading',
      { '.kiro/steering/a.md': '# A\n\n---\ntitle: x\ninclusion: manual\n---\nT' },
      ['front-matter-not-first', '---', 'warning'],
    ],
    [
      'front matter that never ends',
      { '.kiro/steering/a.md': '---\ninclusion: manual\nT' },
      ['front-matter', '---', 'warning'],
    ],
    ['front matter that is no YAML', steering('inclusion: "manual'), ['front-matter', '', 'error']],
    ['a key that is misspelt', steering('inclusoin: manual'), ['misspelt-key', 'inclusoin', 'warning']],
    [
      'a skill whose name is not its folder’s',
      skill('name: other\ndescription: d'),
      ['skill-name', 'other', 'warning'],
    ],
    ['a skill without a name', skill('description: d'), ['skill-name', 'description: d', 'warning']],
    [
      'a skill with capitals',
      skill('name: Review\ndescription: d', 'Review'),
      ['skill-name', 'Review', 'warning'],
    ],
    ['a skill without description', skill('name: review'), ['no-description', 'name: review', 'error']],
    [
      'a skill without front matter',
      { '.kiro/skills/review/SKILL.md': '# Review\nT' },
      ['front-matter', '# Review', 'error'],
    ],
    [
      'a skill with too long a description',
      skill(`name: review\ndescription: ${'d'.repeat(1025)}`),
      ['description-too-long', 'd'.repeat(1025), 'warning'],
    ],
    [
      'two of a name',
      {
        '.kiro/steering/a.md': '---\ninclusion: auto\nname: api\ndescription: d\n---\nA',
        '.kiro/steering/api.md': 'B',
      },
      ['duplicate-name', 'B', 'warning'],
    ],
    [
      'nothing in one at home that the workspace replaces',
      { '.kiro/steering/a.md': 'A', '/home/ada/.kiro/steering/a.md': 'B' },
    ],
    [
      'a file that is not there',
      { '.kiro/steering/a.md': 'See #[[file:api.yaml]] and `#[[file:x]]`.' },
      ['missing-file', '#[[file:api.yaml]]', 'warning'],
    ],
    [
      'a file outside',
      { '.kiro/steering/a.md': '#[[file:../../../etc/passwd]]' },
      ['missing-file', '#[[file:../../../etc/passwd]]', 'warning'],
    ],
    [
      'too much that is always included',
      { '.kiro/steering/a.md': 'é'.repeat(9_000), '.kiro/steering/b.md': `B\n${'b'.repeat(9_000)}` },
      ['too-large', 'é'.repeat(9_000), 'warning'],
    ],
    [
      'two package managers',
      {
        'AGENTS.md': 'Use npm for all dependencies.',
        '.kiro/steering/tech.md': '- **Package manager**: `pnpm` (v9)',
      },
      ['conflict', '`pnpm` (v9)', 'warning'],
    ],
    [
      'two kinds of indentation',
      { '.kiro/steering/a.md': 'Write 2-space indentation.', '.kiro/steering/b.md': '- Indent with tabs' },
      ['conflict', 'Indent with tabs', 'warning'],
    ],
    [
      'two test commands',
      {
        '.kiro/steering/a.md': '**Test command:** `npm test`',
        '.kiro/steering/b.md': 'Test command: pnpm test',
      },
      ['conflict', 'pnpm test', 'warning'],
    ],
    [
      'nothing where both say the same',
      { '.kiro/steering/a.md': 'Indentation: 2 spaces', '.kiro/steering/b.md': 'Use 2-space indentation.' },
    ],
    [
      'nothing where one says when',
      {
        '.kiro/steering/a.md': 'Use npm for all packages.',
        '.kiro/steering/b.md': 'Never use yarn for packages. Indent with tabs in Makefiles.',
      },
    ],
    [
      'nothing in code',
      {
        '.kiro/steering/a.md': 'Indentation: tabs',
        '.kiro/steering/b.md': '```\nIndentation: 2 spaces\n```',
      },
    ],
    [
      'nothing where they are not told together',
      {
        '.kiro/steering/a.md': 'Indentation: tabs',
        '.kiro/steering/b.md': '---\ninclusion: manual\n---\nIndentation: 2 spaces',
      },
    ],
  ];
  for (const [what, files, ...found] of cases)
    it(what, async () => assert.deepEqual(await problemsOf(files), found));
});
