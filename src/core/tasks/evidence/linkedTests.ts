/** The tests that name a task's criteria, and whether a check is known to have run them. */

import type { FileSystem } from '../../ports';
import type { Task } from '../../spec/model';
import type { CriterionTrace, TraceGraph } from '../../trace/model';
import { joinPath } from '../../util/path';
import { testLanguage } from './lies/languages';
import { readTestFile, type TestCase } from './lies/readTestFile';
import type { ComparedCheck, ProvedCriterion } from './model';
import { wasRun } from './wasRun';

/** A tag in a test, with what it stands above. */
export interface LinkedTest {
  readonly path: string;
  /** Of the tag, from 1. */
  readonly line: number;
  /** Titles of the tests that it is about; empty where they cannot be told. */
  readonly titles: readonly string[];
  /** Those of the other tests of its file. */
  readonly others?: readonly string[];
  /** All of them are skipped. */
  readonly skipped: boolean;
  /** Its file may run without them. */
  readonly partly?: boolean;
  /** The criterion was edited since the link was confirmed. */
  readonly suspect?: string;
}

export interface LinkedCriterion {
  readonly id: string;
  readonly text: string;
  readonly tests: readonly LinkedTest[];
}

/** Of the criteria that a task names, by the trace of the workspace as it is now: read after the work. */
export async function linkedTests(
  files: Pick<FileSystem, 'readText'>,
  root: string,
  { criteria }: Pick<TraceGraph, 'criteria'>,
  task: Pick<Task, 'requirements' | 'references' | 'coversAll'>,
): Promise<readonly LinkedCriterion[]> {
  const texts = new Map<string, Promise<string | undefined>>();
  const read = (path: string) => {
    const text = texts.get(path) ?? files.readText(joinPath(root, path)).catch(() => undefined);
    texts.set(path, text);
    return text;
  };
  const named = [...task.requirements, ...task.references.flatMap(({ ids }) => ids)];
  const wanted = new Set(named.map((id) => id.toUpperCase()));
  const isWanted = ({ id, requirement }: CriterionTrace) =>
    task.coversAll || wanted.has(id.toUpperCase()) || wanted.has(requirement.toUpperCase());
  return Promise.all(
    criteria.filter(isWanted).map(async ({ id, text, levels }) => ({
      id,
      text,
      tests: await Promise.all(
        levels.test.links.flatMap(({ place, reason }) =>
          'path' in place ? [linkedTest(place.path, place.line, reason, read)] : [],
        ),
      ),
    })),
  );
}

async function linkedTest(
  path: string,
  line: number,
  suspect: string | undefined,
  read: (path: string) => Promise<string | undefined>,
): Promise<LinkedTest> {
  const language = testLanguage(path);
  const text = await read(path);
  const file = language && text !== undefined ? readTestFile(path, text, language) : undefined;
  const all = file?.cases ?? [];
  const cases = casesAt(all, line);
  const others = all.filter((each) => !cases.includes(each));
  return {
    path,
    line,
    titles: [...new Set(cases.map(({ title }) => title))],
    others: others.map(({ title }) => title),
    skipped: cases.length > 0 && cases.every(({ skipped }) => skipped),
    partly:
      (file?.marks ?? []).length > 0 ||
      cases.some(({ sometimes }) => sometimes) ||
      others.some(({ focused }) => focused) ||
      (language?.partly?.test(text ?? '') ?? false),
    ...(suspect !== undefined && { suspect }),
  };
}

/** Lines between a comment and the test that it is about. */
const NEAR = 5;

/** What a tag is about: the test that it stands in, else the one below it, else all of the file. */
function casesAt(cases: readonly TestCase[], line: number): readonly TestCase[] {
  const around = cases.findLast((each) => each.line <= line && line <= each.lastLine);
  const below = cases.find((each) => each.line > line && each.line <= line + NEAR);
  const own = around ?? below;
  return own ? [own] : cases;
}

/** A criterion is proved by one test that names it and is known to have passed. */
export function provedCriteria(
  criteria: readonly LinkedCriterion[],
  compared: readonly ComparedCheck[],
): readonly ProvedCriterion[] {
  return criteria.map(({ id, tests }) => {
    if (tests.length === 0) return { id, status: 'unproven', tests: [], why: 'No test names it.' };
    const judged = tests.map((test) => ({ test, why: whyNot(test, compared) }));
    const proofs = judged.filter(({ why }) => why === undefined);
    const shown = (proofs.length > 0 ? proofs : judged).map(({ test }) => `${test.path}:${test.line}`);
    const why = proofs.length > 0 ? undefined : judged[0]?.why;
    return { id, status: why === undefined ? 'proved' : 'unproven', tests: shown, ...(why && { why }) };
  });
}

function whyNot(test: LinkedTest, compared: readonly ComparedCheck[]): string | undefined {
  if (test.skipped) return `Its test ${test.path}:${test.line} is skipped.`;
  if (test.suspect !== undefined)
    return `Its test ${test.path}:${test.line} may be out of date: ${test.suspect}.`;
  return wasRun(test, compared);
}
