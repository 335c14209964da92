/** Builds the graph of one spec. Pure: the same documents, tags and records give the same graph. */
import type { Criterion } from '../ears/model';
import type { DesignDocument, DocumentKind, Reference, Requirement, SpecDocuments } from '../spec/model';
import { referencesOf } from '../spec/references/mentions';
import type { PlacedReference } from '../spec/references/placedReferences';
import { flattenTasks } from '../spec/tasks/taskTree';
import type { TextRange } from '../util/textRange';
import { type CodeEvidence, evidenceName } from './codeEvidence';
import { codeConfirmations, confirmations } from './linkRecords';
import type {
  CodeTag,
  Coverage,
  CriterionTrace,
  Level,
  LinkPlace,
  LinkRecord,
  Orphan,
  Status,
  TraceGraph,
  TraceLink,
} from './model';
import { LEVELS } from './model';

export interface TraceInput {
  readonly spec: string;
  readonly documents: SpecDocuments;
  /** Those that mean this spec. Undefined where code was not looked at. */
  readonly tags: readonly CodeTag[] | undefined;
  /** What `## Evidence` names, where code was looked at. */
  readonly evidence?: readonly CodeEvidence[];
  readonly records: readonly LinkRecord[];
  /** Of a criterion's text. */
  readonly hash: (text: string) => string;
}

interface Builder {
  /** By the criterion that they lead to, its id in capitals. */
  readonly links: Map<string, TraceLink[]>;
  /** `from to by` of every link. */
  readonly known: Set<string>;
  readonly orphans: Orphan[];
  readonly byId: ReadonlyMap<string, Criterion>;
  /** The criteria of an id: itself, or all of a requirement's. */
  expand(id: string): readonly string[] | undefined;
  statusOf(from: string, to: string): Pick<TraceLink, 'status' | 'reason'>;
  /** What code was confirmed as evidence. */
  readonly confirmedCode: ReadonlyMap<string, readonly string[]>;
}

type Holder = { readonly range: TextRange };

const RANK: Readonly<Record<Status, number>> = { uncovered: 0, suspect: 1, covered: 2 };

export function buildGraph(input: TraceInput): TraceGraph {
  const { documents, spec } = input;
  const requirements = documents.requirements?.requirements ?? [];
  const builder = createBuilder(input, requirements);
  documentLinks(builder, documents);
  const tags = input.tags ?? [];
  for (const tag of tags) tagLinks(builder, tag, documents);
  for (const each of input.evidence ?? []) evidenceLink(builder, each);
  const required = requiredLevels(input, tags);
  const criteria = requirements.flatMap((requirement) =>
    requirement.criteria.map((criterion) =>
      traceOf(criterion, requirement.id, builder.links.get(criterion.id.toUpperCase()) ?? [], required),
    ),
  );
  return {
    spec,
    withCode: input.tags !== undefined,
    required,
    criteria,
    orphans: builder.orphans,
    duplicates: duplicatesOf(documents),
    coverage: {
      design: coverageOf(criteria, ({ levels }) => levels.design.status),
      property: coverageOf(criteria, ({ levels }) => levels.property.status),
      task: coverageOf(criteria, ({ levels }) => levels.task.status),
      test: coverageOf(criteria, ({ levels }) => levels.test.status),
      code: coverageOf(criteria, ({ levels }) => levels.code.status),
      deep: coverageOf(criteria, ({ deep }) => deep),
    },
  };
}

function createBuilder({ records, hash }: TraceInput, requirements: readonly Requirement[]): Builder {
  const byId = new Map(
    requirements.flatMap(({ criteria }) => criteria.map((each) => [each.id.toUpperCase(), each] as const)),
  );
  const byRequirement = new Map(
    requirements.map(({ id, criteria }) => [id.toUpperCase(), criteria.map((each) => each.id)] as const),
  );
  const confirmed = confirmations(records);
  const byHash = new Map<string, string>();
  for (const { id, text } of byId.values()) byHash.set(hash(text), id);
  return {
    links: new Map(),
    known: new Set(),
    orphans: [],
    byId,
    confirmedCode: codeConfirmations(records),
    expand: (id) => (byId.has(id.toUpperCase()) ? [id] : byRequirement.get(id.toUpperCase())),
    statusOf(from, to) {
      const was = confirmed.get(`${from} ${to}`);
      const criterion = byId.get(to.toUpperCase());
      if (was === undefined || criterion === undefined || was.includes(hash(criterion.text)))
        return { status: 'covered' };
      const moved = was.map((each) => byHash.get(each)).find((id) => id !== undefined);
      const reason =
        moved === undefined
          ? `${to} was edited since the link was confirmed`
          : `what was ${to} is ${moved} now`;
      return { status: 'suspect', reason };
    },
  };
}

function documentLinks(builder: Builder, documents: SpecDocuments): void {
  const { design, tasks } = documents;
  for (const reference of design === undefined ? [] : referencesOf(documents))
    sectionLinks(builder, reference, design);
  for (const { id, references } of design?.properties ?? [])
    addReferences(builder, { level: 'property', from: `property:${id}`, label: id }, 'design', references);
  for (const task of flattenTasks(tasks?.tasks ?? [])) {
    const label = task.id ?? task.title;
    const source = { level: 'task', from: `task:${label}`, label } as const;
    addReferences(builder, source, 'tasks', task.references);
    const place: LinkPlace = { document: 'tasks', range: task.headRange };
    if (task.coversAll)
      for (const { id } of builder.byId.values()) addLink(builder, { ...source, place }, id);
  }
}

/** What a section of the design says in its running text; “Requirement 9” there is no link that must lead somewhere. */
function sectionLinks(
  builder: Builder,
  { document, names, reference, prose }: PlacedReference,
  design: DesignDocument | undefined,
): void {
  if (document !== 'design' || !prose || names !== 'criterion' || design === undefined) return;
  const at = reference.range.start;
  const holds = ({ range }: Holder) => range.start <= at && at < range.end;
  if (design.properties.some(holds)) return;
  const title = design.sections.findLast((section) => section.level > 1 && holds(section))?.title;
  if (title === undefined) return;
  const source = { level: 'design', from: `design:${title}`, label: title } as const;
  const place: LinkPlace = { document, range: reference.range };
  for (const criterion of reference.ids.flatMap((id) => builder.expand(id) ?? []))
    addLink(builder, { ...source, place }, criterion);
}

type Source = Pick<TraceLink, 'level' | 'from' | 'label' | 'by'>;
type PlacedSource = Source & Pick<TraceLink, 'place'>;

function addReferences(
  builder: Builder,
  source: Source,
  document: DocumentKind,
  references: readonly Reference[],
): void {
  for (const { ids, range } of references) {
    const place: LinkPlace = { document, range };
    for (const id of ids) {
      const criteria = builder.expand(id);
      if (criteria === undefined)
        builder.orphans.push({ from: source.from, label: source.label, to: id, place });
      for (const criterion of criteria ?? []) addLink(builder, { ...source, place }, criterion);
    }
  }
}

function addLink(
  builder: Builder,
  source: PlacedSource,
  to: string,
  status: Pick<TraceLink, 'status' | 'reason'> = builder.statusOf(source.from, to),
): void {
  const key = `${source.from} ${to} ${source.by ?? ''}`;
  if (builder.known.has(key)) return;
  builder.known.add(key);
  const links = builder.links.get(to.toUpperCase());
  const link = { ...source, to, ...status };
  if (links === undefined) builder.links.set(to.toUpperCase(), [link]);
  else links.push(link);
}

function tagLinks(builder: Builder, tag: CodeTag, documents: SpecDocuments): void {
  const level: Level = tag.kind === 'implements' ? 'code' : 'test';
  const place: LinkPlace = { path: tag.path, line: tag.line };
  const source = { level, from: `${level}:${tag.path}`, label: `${tag.path}:${tag.line}`, place };
  for (const id of tag.ids) {
    if (tag.kind === 'property') propertyLinks(builder, source, id, documents);
    else criterionLinks(builder, source, id);
  }
}

/** A test of a property proves what the property validates; a proof of what is suspect is suspect itself. */
function propertyLinks(builder: Builder, source: PlacedSource, id: string, { design }: SpecDocuments): void {
  const { from, label, place } = source;
  if (design?.properties.every((property) => property.id !== id) !== false)
    builder.orphans.push({ from, label, to: `property ${id}`, place });
  const proven = [...builder.links.values()].flat().filter((link) => link.from === `property:${id}`);
  for (const { to, status, reason } of proven)
    addLink(builder, { ...source, by: id }, to, { status, ...(reason === undefined ? {} : { reason }) });
}

function criterionLinks(builder: Builder, source: PlacedSource, id: string): void {
  const criteria = builder.expand(id);
  const { from, label, place } = source;
  if (criteria === undefined) builder.orphans.push({ from, label, to: id, place });
  for (const criterion of criteria ?? []) addLink(builder, source, criterion);
}

/** Code that a criterion was derived from. */
function evidenceLink(builder: Builder, evidence: CodeEvidence): void {
  const { criterion, path, first } = evidence;
  const criteria = builder.expand(criterion);
  const from = evidenceName(evidence);
  const at = (line: number) =>
    ({ level: 'code', from, label: `${path}:${line}`, place: { path, line } }) as const;
  if (criteria === undefined) {
    const { label, place } = at(first);
    builder.orphans.push({ from, label, to: criterion, place });
  }
  for (const to of criteria ?? []) {
    const line = standsAt(evidence, builder.confirmedCode.get(`${from} ${to}`) ?? []);
    if (line !== undefined) {
      addLink(builder, at(line), to);
      continue;
    }
    const lost = evidence.code === undefined ? 'is not there' : 'was changed since the link was confirmed';
    addLink(builder, at(first), to, { status: 'suspect', reason: `${path}:${first} ${lost}` });
  }
}

/** It has moved where the lines that were confirmed stand elsewhere in its file; undefined where they are gone. */
function standsAt({ code, first, find }: CodeEvidence, confirmed: readonly string[]): number | undefined {
  if (code !== undefined && (confirmed.length === 0 || confirmed.includes(code))) return first;
  return firstFound(confirmed, find);
}

function firstFound(hashes: readonly string[], find: CodeEvidence['find']): number | undefined {
  for (const hash of hashes) {
    const line = find(hash);
    if (line !== undefined) return line;
  }
  return undefined;
}

function requiredLevels(
  { documents, tags: all, evidence = [] }: TraceInput,
  tags: readonly CodeTag[],
): readonly Level[] {
  const needs: Readonly<Record<Level, boolean>> = {
    design: false,
    property: (documents.design?.properties.length ?? 0) > 0,
    task: true,
    test: all !== undefined,
    code: evidence.length > 0 || tags.some(({ kind }) => kind === 'implements'),
  };
  return LEVELS.filter((level) => needs[level]);
}

function traceOf(
  { id, text }: Criterion,
  requirement: string,
  own: readonly TraceLink[],
  required: readonly Level[],
): CriterionTrace {
  const at = (level: Level) => {
    const found = own.filter((link) => link.level === level);
    const best = found.some(({ status }) => status === 'covered') ? 'covered' : 'suspect';
    return { status: found.length === 0 ? ('uncovered' as const) : (best as Status), links: found };
  };
  const levels = {
    design: at('design'),
    property: at('property'),
    task: at('task'),
    test: at('test'),
    code: at('code'),
  };
  const deep = required.reduce<Status>(
    (least, level) => (RANK[levels[level].status] < RANK[least] ? levels[level].status : least),
    'covered',
  );
  return { id, requirement, text: text.replace(/\s+/g, ' ').trim(), levels, deep };
}

function coverageOf(
  criteria: readonly CriterionTrace[],
  statusOf: (trace: CriterionTrace) => Status,
): Coverage {
  const count = (status: Status) => criteria.filter((trace) => statusOf(trace) === status).length;
  return { covered: count('covered'), suspect: count('suspect'), total: criteria.length };
}

function duplicatesOf({ requirements, design, tasks }: SpecDocuments): readonly string[] {
  const ids = [
    ...(requirements?.requirements ?? []).flatMap(({ id, criteria }) => [
      `requirement ${id}`,
      ...criteria.map((criterion) => `criterion ${criterion.id}`),
    ]),
    ...(design?.properties ?? []).map(({ id }) => `property ${id}`),
    ...flattenTasks(tasks?.tasks ?? []).flatMap(({ id }) => (id === undefined ? [] : [`task ${id}`])),
  ];
  const seen = new Set<string>();
  return [...new Set(ids.filter((id) => seen.size === seen.add(id).size))];
}
