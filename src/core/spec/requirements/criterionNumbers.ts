import type { Finding } from '../model';
import type { CriterionPlace } from './criteria';

/** Criteria that are numbered twice, with a gap, or as another requirement's. */
export function numberingFindings(
  places: readonly CriterionPlace[],
  requirement: string,
): readonly Finding[] {
  if (areInOrder(places, requirement)) return [];
  return [
    ...repeated(places),
    ...misplaced(places, requirement),
    ...gapInLabels(places),
    ...gapInList(places),
  ];
}

/** Are they numbered 1, 2, 3 …? Nearly all are. */
function areInOrder(places: readonly CriterionPlace[], requirement: string): boolean {
  return places.every(
    ({ id, written }, index) => written === index + 1 && id === `${requirement}.${index + 1}`,
  );
}

function repeated(places: readonly CriterionPlace[]): readonly Finding[] {
  const seen = new Set<string>();
  return places.flatMap(({ id, whole }): readonly Finding[] => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const message = `Criterion ${id} exists already. Number one of the two anew, so that both can be named.`;
    return [{ rule: 'duplicate-criterion', message, range: whole }];
  });
}

function misplaced(places: readonly CriterionPlace[], requirement: string): readonly Finding[] {
  const place = places.find(({ id }) => !id.startsWith(`${requirement}.`));
  if (place === undefined) return [];
  const message = `Criterion ${place.id} stands under requirement ${requirement}. Correct its number, or move it.`;
  return [{ rule: 'criterion-numbering', message, range: place.whole }];
}

function gapInLabels(places: readonly CriterionPlace[]): readonly Finding[] {
  const labelled = places.filter(({ written }) => written === undefined);
  const index = labelled.findIndex(
    ({ id }, at) => at > 0 && lastNumber(id) > lastNumber(labelled[at - 1]?.id) + 1,
  );
  const place = labelled[index];
  if (place === undefined) return [];
  const message = `After ${labelled[index - 1]?.id} comes ${place.id}: a number is left out.`;
  return [{ rule: 'criterion-numbering', message, range: place.whole }];
}

/** Items are counted through their requirement: what is written `4.` after `2.` is referred to as 3. */
function gapInList(places: readonly CriterionPlace[]): readonly Finding[] {
  const counted = places.flatMap((place, index) =>
    place.written === undefined ? [] : [{ place, position: index + 1 }],
  );
  if (counted.every(({ place }) => place.written === counted[0]?.place.written)) return [];
  const wrong = counted.find(({ place, position }) => place.written !== position);
  if (wrong === undefined) return [];
  const { written, id, whole } = wrong.place;
  const message =
    written === 1
      ? `This list begins anew, but criteria are counted through their requirement: its first item is ${id}. Go on counting, so that each number says which criterion it is.`
      : `This item is written ${written}. but counts as ${id}: Markdown numbers lists by position. Correct the number.`;
  return [{ rule: 'criterion-numbering', message, range: whole }];
}

function lastNumber(id: string | undefined): number {
  return Number(id?.slice(id.lastIndexOf('.') + 1) ?? 0);
}
