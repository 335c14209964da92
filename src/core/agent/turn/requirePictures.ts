/** Refuses pictures before anything is sent where the model is known to take none. */
import { ActError } from '../../actError';
import type { Model } from './model';

const MOST_NAMED = 4;

export async function requirePictures(
  model: Pick<Model, 'name' | 'takesPictures'>,
  pictures: readonly unknown[],
): Promise<void> {
  if (pictures.length === 0) return;
  const known = await model.takesPictures?.();
  if (known === undefined || known.taken) return;
  const named = known.others.slice(0, MOST_NAMED).join(', ');
  const which =
    named === '' ? 'Choose a model that can, for instance Claude' : `Choose one that can: ${named}`;
  throw new ActError(
    'invalid',
    `“${model.name}” cannot be shown pictures, so nothing was sent. ${which}; or leave the picture out and describe it in words.`,
  );
}
