/** Steering as what stands around a session. */
import type { Surround } from '../agent/surroundings/model';
import type { FileSystem } from '../ports';
import { readSteering, steeringPrompt } from './steering';

export function steeringAround(files: FileSystem): Surround {
  return async ({ root }) => ({ advice: [steeringPrompt(await readSteering(files, root))] });
}
