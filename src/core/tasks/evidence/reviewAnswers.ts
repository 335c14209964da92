/** What a reviewer answered, read and held against the files: what is said to be met has to be shown. */
import * as z from 'zod';
import type { FileSystem } from '../../ports';
import { climbs, joinPath } from '../../util/path';
import type { ReviewedCriterion } from './model';

const schema = z.object({
  criteria: z.array(
    z.object({
      id: z.string(),
      met: z.boolean(),
      why: z.string().default(''),
      places: z.array(z.string()).default([]),
    }),
  ),
});

export interface ReadReview {
  /** Undefined where it is no review at all. */
  readonly answers: readonly ReviewedCriterion[] | undefined;
  /** What to say to the model about it. */
  readonly fault: string | undefined;
}

type Answer = z.infer<typeof schema>['criteria'][number];

const NO_JSON =
  'That is not the JSON that was asked for. Answer with the JSON object alone, as in the example, without a code fence.';

/** What it says is met without a line that is there counts as not met. */
export async function readAnswers(
  files: Pick<FileSystem, 'readText'>,
  root: string,
  criteria: readonly { readonly id: string }[],
  text: string,
): Promise<ReadReview> {
  const parsed = parse(text);
  if (parsed === undefined) return { answers: undefined, fault: NO_JSON };
  const answers: ReviewedCriterion[] = [];
  const faults: string[] = [];
  for (const { id } of criteria) {
    const answer = parsed.find((each) => each.id.trim().toUpperCase() === id.toUpperCase());
    const places: string[] = [];
    for (const place of answer?.places ?? [])
      if (await isThere(files, root, place)) places.push(place.trim());
    const judged = judgeAnswer(id, answer, places);
    answers.push(judged.criterion);
    if (judged.fault !== undefined) faults.push(judged.fault);
  }
  const fault =
    faults.length > 0 ? `${faults.join('\n')}\nAnswer once more with the whole JSON object.` : undefined;
  return { answers, fault };
}

function judgeAnswer(
  id: string,
  answer: Answer | undefined,
  places: readonly string[],
): { readonly criterion: ReviewedCriterion; readonly fault?: string } {
  if (answer === undefined)
    return {
      criterion: { id, met: false, why: 'The reviewer did not judge it.', places },
      fault: `${id} is not answered.`,
    };
  const why = answer.why.trim() || 'The reviewer does not say why.';
  if (!answer.met || places.length > 0) return { criterion: { id, met: answer.met, why, places } };
  return {
    criterion: { id, met: false, why: `The reviewer points at no line that shows it. ${why}`, places },
    fault: `${id} is said to be met, but no place is named that is there: file and line, below the workspace folder.`,
  };
}

function parse(text: string): readonly Answer[] | undefined {
  try {
    const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
    return schema.parse(JSON.parse(json)).criteria;
  } catch {
    return undefined;
  }
}

async function isThere(files: Pick<FileSystem, 'readText'>, root: string, place: string): Promise<boolean> {
  const [, path = '', line] = /^(.+?):(\d+)(?:[-:]\d+)?$/.exec(place.trim()) ?? [];
  if (path === '' || path.startsWith('/') || climbs(path)) return false;
  const text = await files.readText(joinPath(root, path)).catch(() => undefined);
  return text !== undefined && Number(line) >= 1 && Number(line) <= text.split('\n').length;
}
