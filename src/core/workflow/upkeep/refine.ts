/**
 * Carries changed criteria through design and tasks: only what links reach is sent to the model, and only that can
 * change. What comes of it waits as a revision of each document, to be taken or left part by part.
 */

import { ActError } from '../../actError';
import type { Sessions } from '../../agent/session/sessions';
import type { Ports } from '../../ports';
import { criteriaDocumentOf, documentsOf } from '../../spec/documentsOf';
import type { DocumentSnapshot, Spec, SpecDocuments } from '../../spec/model';
import { parseDocument } from '../../spec/parseDocument';
import { documentOf, FILE_NAMES } from '../../spec/readSpec';
import { requireSpec } from '../../spec/requireSpec';
import type { SpecStore } from '../../spec/specStore';
import { linksPath, parseLinks } from '../../trace/linkRecords';
import type { Trace } from '../../trace/trace';
import { basename } from '../../util/path';
import type { ApprovedTexts } from '../approvals/approvedTexts';
import { approvalsPath, parseApprovals } from '../approvals/records';
import type { Draft, Drafting } from '../drafting/drafting';
import { refinePrompt } from '../prompts/partsPrompt';
import { refuseConflict } from '../refuseConflict';
import { type CriterionChange, changedCriteria } from './changedCriteria';
import { applyAnswers, type Composed, readPartAnswers } from './partAnswers';
import { propertiesIn, reachedSlices, type Slice } from './reach';

export type Refined = 'design' | 'tasks';

export interface RefinePlan {
  readonly changes: readonly CriterionChange[];
  /** The documents that links reach, in the order in which they are refined, and the names of the parts. */
  readonly documents: readonly { readonly kind: Refined; readonly parts: readonly string[] }[];
  /** Changed criteria that no part of a document names: there is nothing to carry them to. */
  readonly unreached: readonly { readonly kind: Refined; readonly ids: readonly string[] }[];
}

export interface UpkeepParts {
  readonly ports: Ports;
  readonly specs: SpecStore;
  readonly sessions: Sessions;
  readonly trace: Pick<Trace, 'graph'>;
  readonly approvedTexts: ApprovedTexts;
  readonly drafting: () => Promise<Drafting>;
}

/** What is known when it begins, of one document. */
interface Material {
  readonly changes: readonly CriterionChange[];
  readonly slices: readonly Slice[];
  readonly design: readonly Slice[];
  /** The session of the design's revision, where that waits: tasks follow the design as it is going to be. */
  readonly follows?: string | undefined;
  readonly uncovered: readonly { readonly id: string; readonly text: string }[];
}

const KINDS: readonly Refined[] = ['design', 'tasks'];

const NOT_PARTS =
  'The model’s answer names no part of the document, or it was cut off, so nothing was changed. Its words are in the agent view. Try again.';

export function createRefine({ ports, specs, sessions, trace, approvedTexts, drafting }: UpkeepParts) {
  const { files, hasher } = ports;

  async function changesOf(spec: Spec): Promise<readonly CriterionChange[]> {
    const [links, approvals] = await Promise.all([
      files.readText(linksPath(spec.path)),
      files.readText(approvalsPath(spec.path)),
    ]);
    const name = basename(criteriaDocumentOf(spec)?.path ?? '');
    const hashes = parseApprovals(approvals ?? '')
      .filter(({ document }) => document === name)
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .map(({ hash }) => hash);
    const texts = await Promise.all([...new Set(hashes)].map((hash) => approvedTexts.textOf(hash)));
    const approved = texts.filter((text) => text !== undefined);
    return changedCriteria({ spec, hasher, records: parseLinks(links ?? ''), approved });
  }

  async function materialOf(spec: Spec, kind: Refined): Promise<Material> {
    const changes = await changesOf(spec);
    const ids = changes.map(({ id }) => id);
    const waiting = waitingRevision(sessions, spec, FILE_NAMES.design);
    const documents = withDesign(documentsOf(spec.documents), waiting?.after);
    const design = reachedSlices(documents, 'design', ids);
    if (kind === 'design') return { changes, slices: design, design: [], uncovered: [] };
    const slices = reachedSlices(documents, 'tasks', ids, propertiesIn(design));
    const added = changes.filter(({ what }) => what === 'added').map(({ id }) => id);
    const { criteria } = await trace.graph(spec, { code: false });
    const uncovered = criteria.filter(
      ({ id, levels }) => added.includes(id) && levels.task.status === 'uncovered',
    );
    return {
      changes,
      slices,
      design,
      follows: waiting?.session,
      uncovered: uncovered.map(({ id, text }) => ({ id, text })),
    };
  }

  return {
    /** What changed criteria reach; empty where none did. */
    async plan(path: string): Promise<RefinePlan> {
      const spec = await requireSpec(specs, path);
      const documents: { kind: Refined; parts: readonly string[] }[] = [];
      const unreached: { kind: Refined; ids: readonly string[] }[] = [];
      const changes = await changesOf(spec);
      for (const kind of KINDS) {
        const read = documentsOf(spec.documents);
        if (read[kind] === undefined) continue;
        const { slices, uncovered } = await materialOf(spec, kind);
        if (slices.length + uncovered.length > 0)
          documents.push({ kind, parts: [...slices.map(({ key }) => key), ...uncovered.map(newTask)] });
        const alone = changes.filter(
          ({ id }) => !reaches(read, kind, id) && !uncovered.some((each) => each.id === id),
        );
        if (alone.length > 0) unreached.push({ kind, ids: alone.map(({ id }) => id) });
      }
      return { changes, documents, unreached };
    },

    async refine(path: string, kind: Refined): Promise<Draft> {
      const spec = await requireSpec(specs, path);
      const { text: current } = waitsForNothing(sessions, spec, documentOf(spec, kind), kind);
      const material = await materialOf(spec, kind);
      const { changes, slices, uncovered } = material;
      if (changes.length === 0)
        throw new ActError('invalid', 'No criterion changed since design and tasks were approved.');
      if (slices.length + uncovered.length === 0)
        throw new ActError('invalid', `Nothing in ${FILE_NAMES[kind]} names a criterion that changed.`);
      const adds = kind === 'tasks' ? uncovered.length > 0 : changes.some(({ what }) => what === 'added');
      return (await drafting()).reviseParts({
        root: spec.root,
        spec: path,
        kind,
        current,
        before: spec.documents,
        title: `Refine ${FILE_NAMES[kind]}`,
        follows: material.follows,
        prompt: (steering) => refinePrompt(kind, { ...material, steering }),
        compose: (answer) => composed(kind, current, slices, answer, adds),
      });
    },
  };
}

/** Is it named there, or by a property that is? */
function reaches(documents: SpecDocuments, kind: Refined, id: string): boolean {
  const properties = propertiesIn(reachedSlices(documents, 'design', [id]));
  return reachedSlices(documents, kind, [id], properties).length > 0;
}

function newTask({ id }: { readonly id: string }): string {
  return `a task for ${id}`;
}

export function composed(
  kind: Refined,
  current: string,
  slices: readonly Slice[],
  answer: string,
  adds: boolean,
): Composed {
  const answers = readPartAnswers(answer);
  if (answers === undefined) throw new ActError('modelFailed', NOT_PARTS);
  return applyAnswers(kind, current, slices, answers, adds);
}

/** One revision of a document at a time: a second would be made of a text that the first may change. */
export function waitsForNothing(
  sessions: Sessions,
  spec: Spec,
  document: DocumentSnapshot | undefined,
  kind: Refined,
): { readonly text: string } {
  const name = FILE_NAMES[kind];
  refuseConflict(spec.documents);
  if (document?.text === undefined) throw new ActError('notFound', `There is no ${name} yet.`);
  if (document.state === 'drafting' || document.state === 'incomplete')
    throw new ActError('invalid', `${name} is not whole. Draft it again or finish it by hand first.`);
  if (waitingRevision(sessions, spec, name) !== undefined)
    throw new ActError('busy', `A revision of ${name} waits for your decision. Take it or leave it first.`);
  return { text: document.text };
}

function waitingRevision(
  sessions: Sessions,
  spec: Spec,
  name: string,
): { readonly session: string; readonly after: string } | undefined {
  const newest = sessions.known.find(
    ({ state: { started, revision } }) =>
      revision !== undefined && started.spec === spec.path && started.document === name,
  );
  const revision = newest?.state.revision;
  if (newest === undefined || revision === undefined || revision.accepted !== undefined) return undefined;
  return { session: newest.id, after: revision.after };
}

function withDesign(documents: SpecDocuments, after: string | undefined): SpecDocuments {
  const design = after === undefined ? undefined : parseDocument('design', after);
  return design?.kind === 'design' ? { ...documents, design } : documents;
}
