// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
/** Edits of criteria in other forms than a numbered list: right, or none. */
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { renameId } from '../../../../src/core/spec/edits/renameId';
import { renumber } from '../../../../src/core/spec/edits/renumber';
import {
  insertCriterion,
  moveCriterion,
  removeCriterion,
} from '../../../../src/core/spec/edits/reorderCriteria';
import { splitCriterion } from '../../../../src/core/spec/edits/splitCriterion';
import { readTexts, type SpecTexts } from '../../../../src/core/spec/readTexts';
import { mentionsOf } from '../../../../src/core/spec/references/mentions';
import { edited, meaning } from '../../../support/editSpec';
import { runs } from '../../../support/soak';

/** How the criteria of a requirement are written, by a word for each. */
const FORMS = {
  numbers: (words: readonly string[]) =>
    words.map((word, at) => `${at + 1}. WHEN ${word}, THE S SHALL go`).join('\n'),
  lines: (words: readonly string[]) => words.map((word) => `WHEN ${word}, THE S SHALL go`).join('\n'),
  paragraphs: (words: readonly string[]) =>
    words.map((word) => `**WHEN** ${word}  \n**THEN** THE S **SHALL** go`).join('\n\n'),
  steps: (words: readonly string[]) =>
    words.map((word) => `- **GIVEN** ${word}\n- **WHEN** on\n- **THEN** it goes`).join('\n'),
  headings: (words: readonly string[]) =>
    words.map((word) => `##### Scenario: ${word}\n\n- WHEN ${word}\n- THEN it goes`).join('\n\n'),
  titles: (words: readonly string[]) =>
    words.map((word) => `- Scenario: ${word}\n  - WHEN ${word}\n  - THEN it goes`).join('\n'),
  numberedTitles: (words: readonly string[]) =>
    words.map((word, at) => `${at + 1}. Scenario: ${word}\n   - WHEN ${word}\n   - THEN it goes`).join('\n'),
  lists: (words: readonly string[]) =>
    words
      .map(
        (word, at) =>
          `${at % 2 === 0 ? `**${word}:**\n\n` : ''}${(at % 2) + 1}. WHEN ${word}, THE S SHALL go`,
      )
      .join('\n\n'),
  closeLists: (words: readonly string[]) =>
    words
      .map(
        (word, at) =>
          `${at % 2 === 0 ? `\n**${word}:**\n` : ''}${(at % 2) + 1}. WHEN ${word}, THE S SHALL go`,
      )
      .join('\n'),
  mixed: (words: readonly string[]) =>
    words.map((word, at) => `${at % 2 === 0 ? '-' : `${at}.`} WHEN ${word}, THE S SHALL go`).join('\n\n'),
} as const;

interface Shape {
  readonly forms: readonly (keyof typeof FORMS)[];
  readonly counts: readonly number[];
  readonly names: readonly number[];
}

const shape: fc.Arbitrary<Shape> = fc.record({
  forms: fc.tuple(...[0, 1].map(() => fc.constantFrom(...(Object.keys(FORMS) as (keyof typeof FORMS)[])))),
  counts: fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 4 })),
  names: fc.array(fc.nat(9), { maxLength: 5 }),
});

const wordOf = (requirement: number, index: number) => `${'ab'.charAt(requirement)}${'qrstuv'.charAt(index)}`;

function write({ forms, counts, names }: Shape): SpecTexts {
  const ids = counts.flatMap((count, at) =>
    Array.from({ length: count }, (_, index) => `${at + 1}.${index + 1}`),
  );
  const requirements = forms.map((form, at) => {
    const words = Array.from({ length: counts[at] ?? 0 }, (_, index) => wordOf(at, index));
    return `### Requirement ${at + 1}\n\n#### Acceptance Criteria\n\n${FORMS[form](words)}\n`;
  });
  const named = names.flatMap((name) => ids[name] ?? []);
  return {
    requirements: requirements.join('\n'),
    tasks: `- [ ] 1. T\n  - _Requirements: ${named.join(', ')}_\n`,
  };
}

/** The words of all criteria, by requirement. */
function wordsOf(texts: SpecTexts): readonly (readonly string[])[] {
  return (readTexts(texts).requirements?.requirements ?? []).map(({ criteria }) =>
    criteria.map(({ text }) => /\b[ab][q-v]\b|\bnew\b/.exec(text)?.[0] ?? ''),
  );
}

const spec = shape.map((shape) => ({ shape, texts: write(shape) }));
const NEW = 'WHEN new, THE S SHALL go';

describe('Criteria in any form', () => {
  it('are all read', () => {
    fc.assert(
      fc.property(spec, ({ shape: { counts }, texts }) => {
        assert.deepEqual(
          wordsOf(texts),
          counts.map((count, at) => Array.from({ length: count }, (_, index) => wordOf(at, index))),
        );
      }),
      runs(200),
    );
  });

  it('are moved with what names them, or not at all', () => {
    let moved = 0;
    fc.assert(
      fc.property(spec, fc.nat(4), fc.nat(1), fc.nat(5), ({ texts }, from, to, position) => {
        const before = wordsOf(texts);
        const index = from % (before[0]?.length ?? 1);
        const after = edited(texts, (documents) =>
          moveCriterion(documents, `1.${index + 1}`, String(to + 1), position),
        );
        if (after.requirements === texts.requirements) return;
        moved++;
        const rest = before.map((words) => words.filter((word) => word !== wordOf(0, index)));
        rest[to]?.splice(position, 0, wordOf(0, index));
        assert.deepEqual(wordsOf(after), rest);
        assert.deepEqual(meaning(after), meaning(texts));
      }),
      runs(400),
    );
    assert.ok(moved > 100, `${moved}`);
  });

  it('get new ones, lose one or are split, with all references, or not at all', () => {
    let changed = 0;
    fc.assert(
      fc.property(spec, fc.nat(5), ({ texts }, at) => {
        const before = wordsOf(texts);
        const first = before[0] ?? [];
        const index = at % first.length;
        const expect = (after: SpecTexts, words: readonly string[]) => {
          if (after.requirements === texts.requirements) return;
          changed++;
          assert.deepEqual(wordsOf(after), [words, before[1]]);
        };
        const inserted = edited(texts, (documents) => insertCriterion(documents, '1', at, NEW));
        expect(inserted, [...first.slice(0, at), 'new', ...first.slice(at)]);
        assert.deepEqual(meaning(inserted), meaning(texts));
        const removed = edited(texts, (documents) => removeCriterion(documents, `1.${index + 1}`));
        expect(removed, [...first.slice(0, index), ...first.slice(index + 1)]);
        const parts = [`WHEN ${first[index]}, THE S SHALL go`, NEW];
        const split = edited(texts, (documents) => splitCriterion(documents, `1.${index + 1}`, parts));
        expect(split, [...first.slice(0, index + 1), 'new', ...first.slice(index + 1)]);
      }),
      runs(300),
    );
    assert.ok(changed > 200, `${changed}`);
  });

  it('are renumbered without losing one', () => {
    fc.assert(
      fc.property(spec, ({ texts }) => {
        const once = edited(texts, renumber);
        assert.deepEqual([wordsOf(once), meaning(once)], [wordsOf(texts), meaning(texts)]);
        assert.deepEqual(renumber(readTexts(once)), []);
      }),
      runs(200),
    );
  });

  it('are not renamed where nothing names them', () => {
    const documents = readTexts({
      requirements: write({ forms: ['lines'], counts: [2], names: [] }).requirements ?? '',
    });
    const mention = mentionsOf(documents).find(({ kind }) => kind === 'criterion');
    assert.ok(mention);
    assert.deepEqual(renameId(documents, mention, '1.7'), {
      refused:
        '1.1 is the position of a criterion in its list. Move the criterion to give it another number.',
    });
  });
});
