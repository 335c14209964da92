/** The places in the code that derived requirements rest on: each is looked up, and one that is not there is marked. */
import type { RequirementsDocument } from '../../spec/model';
import { type EvidencePlace, evidenceIn, isBelow } from '../../spec/requirements/evidence';

/** Lines of a file below the workspace folder; undefined where there is none that may be read. */
export type CountLines = (path: string) => Promise<number | undefined>;

export const NOT_FOUND = ' (not found)';

export async function unfounded(
  places: readonly EvidencePlace[],
  countLines: CountLines,
): Promise<readonly EvidencePlace[]> {
  const wrong: EvidencePlace[] = [];
  for (const place of places) {
    const lines = isBelow(place.path) ? await countLines(place.path) : undefined;
    const exists =
      lines !== undefined && place.first >= 1 && place.first <= place.last && place.last <= lines;
    if (!exists) wrong.push(place);
  }
  return wrong;
}

/** What to tell the model about its evidence. */
export async function evidenceFaults(
  document: RequirementsDocument,
  countLines: CountLines,
): Promise<readonly string[]> {
  const found = evidenceIn(document);
  const places = found ?? [];
  const wrong = await unfounded(places, countLines);
  const known = new Set(places.map(({ criterion }) => criterion));
  const criteria = document.requirements.flatMap((requirement) => requirement.criteria);
  const ids = new Set(criteria.map(({ id }) => id));
  const strays = [...known]
    .filter((id) => !ids.has(id))
    .map((id) => `There is evidence of ${id}, and no such criterion.`);
  const without = criteria
    .filter(({ id }) => !known.has(id))
    .map(
      ({ id }) => `${id} has no evidence: give it a line below “## Evidence”, or leave the criterion out.`,
    );
  return [
    ...(found === undefined ? ['It has no section “## Evidence”.'] : []),
    ...wrong.map(
      ({ criterion, path, first }) => `The evidence of ${criterion}, ${path}:${first}, is not there.`,
    ),
    ...strays,
    ...without,
  ];
}

/** The text with a word after each place that is not there. */
export function markUnfounded(text: string, wrong: readonly EvidencePlace[]): string {
  return [...wrong]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((all, { range: { end } }) => `${all.slice(0, end)}${NOT_FOUND}${all.slice(end)}`, text);
}
