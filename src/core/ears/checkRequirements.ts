import type { Problem, RequirementsDocument } from '../spec/model';

/** stub */
export function checkRequirements(_document: RequirementsDocument): readonly Problem[] {
  return [];
}
