/** A spec to review: one of the corpus where that is, else the sample's, with what its documents link. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SpecDocuments } from '../../src/core/spec/model';
import { readTexts } from '../../src/core/spec/readTexts';
import { buildGraph } from '../../src/core/trace/buildGraph';
import type { CriterionTrace } from '../../src/core/trace/model';
import { corpusRoot } from './corpus';
import { repoRoot } from './host/paths';

const FILES = ['requirements.md', 'design.md', 'tasks.md'] as const;

export interface ReviewSubject {
  readonly texts: Readonly<Record<(typeof FILES)[number], string>>;
  /** Four criteria with properties and tasks of their own; the first is the one that is edited at the end. */
  readonly criteria: readonly CriterionTrace[];
}

/** In the order of their names; the first that fits, so that it is always the same one. */
export function reviewSubject(): ReviewSubject {
  for (const folder of [...corpusSpecs(), join(repoRoot, 'media/sample/.kiro/specs/short-codes')]) {
    const found = subjectIn(folder);
    if (found !== undefined) return found;
  }
  throw new Error('Neither the corpus nor the sample has a spec whose criteria are linked.');
}

function corpusSpecs(): readonly string[] {
  const root = corpusRoot();
  if (root === undefined) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('tasks.md'))
    .map((name) => dirname(join(root, name)))
    .sort();
}

function subjectIn(folder: string): ReviewSubject | undefined {
  const paths = FILES.map((name) => join(folder, name));
  if (!paths.every((path) => existsSync(path))) return undefined;
  const [requirements = '', design = '', tasks = ''] = paths.map((path) => readFileSync(path, 'utf8'));
  const documents = readTexts({ requirements, design, tasks });
  const { criteria, duplicates } = buildGraph({
    spec: 'subject',
    documents,
    tags: undefined,
    records: [],
    hash: (text) => text,
  });
  // Nobody can say which of two is meant, and a person reads no more than this at one go.
  if (duplicates.length > 0 || criteria.length < 6 || criteria.length > 60) return undefined;
  const linked = criteria.filter((each) => isOneLine(each, documents) && isLinked(each));
  return linked.length < 4
    ? undefined
    : {
        texts: {
          'requirements.md': requirements,
          'design.md': namingIn(design, linked[0]?.id ?? ''),
          'tasks.md': namingEach(tasks, criteria),
        },
        criteria: linked.slice(0, 4),
      };
}

/** Its first section says how a criterion is met, as sections of some designs do. */
function namingIn(design: string, criterion: string): string {
  return design.replace(
    /^## .*$/m,
    (heading) => `${heading}\n\nThis is how requirement ${criterion} is met.`,
  );
}

/** “All” would cover at once what a test adds. */
function namingEach(tasks: string, criteria: readonly CriterionTrace[]): string {
  const each = criteria.map(({ id }) => id).join(', ');
  return tasks.replace(/^( *- _Requirements: )All\b.*_$/gm, `$1${each}_`);
}

function isLinked({ levels }: CriterionTrace): boolean {
  return levels.property.links.length > 0 && levels.task.links.length > 0;
}

/** Once in the text, on one line: so that a test can reword it by replacing its words. */
function isOneLine({ text }: CriterionTrace, { requirements }: SpecDocuments): boolean {
  return requirements?.text.split(text).length === 2;
}
