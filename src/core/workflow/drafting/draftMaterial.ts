/** What a request for a document is told: of the spec what its links reach, of the project its files and its steering. */
import { walkFiles } from '../../agent/places/walkFiles';
import type { FileSystem } from '../../ports';
import { documentsOf } from '../../spec/documentsOf';
import type { DocumentKind, DocumentSnapshot, SpecDocument, SpecDocuments } from '../../spec/model';
import { parseDocument } from '../../spec/parseDocument';
import { referencesOf } from '../../spec/references/mentions';
import { basename } from '../../util/path';
import type { KeptStart, Source } from '../beginnings/start';
import type { DraftMaterial } from '../prompts/draftPrompt';
import type { Document } from '../prompts/material';
import { withDocument } from './documentFaults';
import { type Unit, unitsAbout } from './revisedParts';
import { criteriaSlice, designSlice, expandIds } from './slices';

const MAX_FILES = 300;

export interface MaterialOf {
  readonly root: string;
  readonly kind: DocumentKind;
  readonly idea: string | undefined;
  readonly before: readonly DocumentSnapshot[];
  readonly properties: boolean;
  readonly start?: KeptStart | undefined;
}

export async function materialOf(
  files: FileSystem,
  { root, kind, idea, before, properties, start = {} }: MaterialOf,
  steering: string,
  code: readonly Source[] = [],
): Promise<DraftMaterial> {
  const walked = await walkFiles(files, root, MAX_FILES);
  const { requirements } = documentsOf(before);
  const isBugfix = kind === 'bugfix' || requirements?.kind === 'bugfix';
  return {
    kind,
    idea,
    shape: {
      type: isBugfix ? 'bugfix' : 'feature',
      properties,
      numbered: requirements !== undefined,
    },
    steering,
    files: code.length > 0 ? [] : walked.paths.filter((path) => !path.startsWith('.kiro/')),
    documents: kind === 'tasks' ? forTasks(before) : wholeOf(before),
    code,
    ...(start.sources ? { sources: start.sources } : {}),
    ...(start.answers ? { answers: start.answers } : {}),
  };
}

function wholeOf(before: readonly DocumentSnapshot[]): readonly Document[] {
  return before.flatMap(({ path, text }) => (text === undefined ? [] : [{ name: basename(path), text }]));
}

/** Beside a design, of the requirements the criteria alone: introductions were for whoever designed. */
function forTasks(before: readonly DocumentSnapshot[]): readonly Document[] {
  const { requirements, design } = documentsOf(before);
  const whole = wholeOf(before);
  if (requirements?.kind !== 'requirements' || design === undefined) return whole;
  const ids = new Set(requirements.requirements.flatMap(({ criteria }) => criteria.map(({ id }) => id)));
  const slice = ids.size === 0 ? undefined : criteriaSlice(requirements, ids);
  return whole.map((each) => (slice !== undefined && each.name === slice.name ? slice : each));
}

/** A revision of those parts of a document alone, and what it needs to know. */
export interface PartMaterial {
  readonly units: readonly Unit[];
  readonly documents: readonly Document[];
  /** Headings of the rest. */
  readonly outline: readonly string[];
}

/** Undefined where the whole document is needed. */
export function partMaterial(
  kind: DocumentKind,
  current: string,
  before: readonly DocumentSnapshot[],
  about: readonly string[],
): PartMaterial | undefined {
  const document = parseDocument(kind, current);
  const units = unitsAbout(document, about);
  if (units === undefined) return undefined;
  return {
    units,
    documents: linkedTo(document, units, documentsOf(before)) ?? wholeOf(before),
    outline: outlineOf(document, units),
  };
}

function outlineOf(document: SpecDocument, units: readonly Unit[]): readonly string[] {
  const isInside = (at: number) => units.some(({ range }) => at >= range.start && at < range.end);
  const heads =
    document.kind === 'tasks'
      ? document.tasks.map(({ headRange }) => headRange)
      : document.sections.map(({ headingRange }) => headingRange);
  return heads
    .filter(({ start }) => !isInside(start))
    .map(({ start, end }) => document.text.slice(start, end).trim());
}

/** Of the earlier documents, what the units name; undefined where they name nothing. */
function linkedTo(
  document: SpecDocument,
  units: readonly Unit[],
  before: SpecDocuments,
): readonly Document[] | undefined {
  const { requirements, design } = before;
  const documents = withDocument(before, document);
  const inside = referencesOf(documents).filter(
    ({ document: kind, reference: { range } }) =>
      kind === document.kind &&
      units.some((unit) => range.start >= unit.range.start && range.end <= unit.range.end),
  );
  const named = (names: 'criterion' | 'property') =>
    inside.filter((each) => each.names === names).flatMap(({ reference }) => reference.ids);
  if (requirements === undefined || document === requirements) return undefined;
  const ids = named('criterion').length === 0 ? undefined : expandIds(requirements, named('criterion'));
  if (ids === undefined) return undefined;
  const slice = criteriaSlice(requirements, ids);
  if (design === undefined || document.kind === 'design') return [slice];
  return [slice, designSlice({ ...documents, design }, ids, new Set(named('property')))];
}
