/** What Earshot itself adds to a draft, and what it checks beside its form: answers and evidence. */
import type { FileSystem } from '../../ports';
import type { DocumentKind, RequirementsDocument } from '../../spec/model';
import { parseDocument } from '../../spec/parseDocument';
import { evidenceIn } from '../../spec/requirements/evidence';
import { withClarifications } from '../beginnings/clarifications';
import { evidenceFaults, markUnfounded, unfounded } from '../beginnings/evidence';
import { countLines } from '../beginnings/readCode';
import type { KeptStart } from '../beginnings/start';
import type { Faults } from './documentFaults';

export interface Finishing {
  faults(text: string, found: Faults): Promise<Faults>;
  finish(text: string): Promise<string>;
}

export interface FinishingOptions {
  readonly root: string;
  readonly kind: DocumentKind;
  readonly start?: KeptStart | undefined;
}

/** @param files As the agent may read them */
export function createFinishing(files: FileSystem, { root, kind, start = {} }: FinishingOptions): Finishing {
  const derived = start.code !== undefined;
  const count = (path: string) => countLines(files, root, path);
  const read = (text: string): RequirementsDocument | undefined => {
    const document = parseDocument(kind, text);
    return document.kind === 'requirements' ? document : undefined;
  };
  return {
    async faults(text, found) {
      const document = derived ? read(text) : undefined;
      if (document === undefined) return found;
      return { ...found, lines: [...found.lines, ...(await evidenceFaults(document, count))] };
    },
    async finish(text) {
      const document = derived ? read(text) : undefined;
      const wrong = document && (await unfounded(evidenceIn(document) ?? [], count));
      return withClarifications(kind, markUnfounded(text, wrong ?? []), start.answers ?? []);
    },
  };
}
