/** The trace of the workspace's specs: from their documents, from code, and from what a person confirmed. */
import { ActError } from '../actError';
import { walkFiles } from '../agent/places/walkFiles';
import { createArchive } from '../order/archive';
import { labelsOf } from '../order/names';
import type { Ports } from '../ports';
import { documentsOf } from '../spec/documentsOf';
import type { DocumentKind, Spec } from '../spec/model';
import type { AbortSignal } from '../util/abort';
import { joinPath } from '../util/path';
import { buildGraph } from './buildGraph';
import { type CodeEvidence, codeEvidence, evidenceName } from './codeEvidence';
import { codeTagsIn } from './codeTags';
import { type Drift, findDrift } from './drift';
import { baseOf } from './driftBase';
import { acceptDrift } from './driftRecords';
import { confirmLinks, criterionHash, linksPath, parseLinks } from './linkRecords';
import { type CodeTag, LEVELS, type Level, type LinkRecord, type Orphan, type TraceGraph } from './model';
import { strayTags, tagsOfSpec } from './namedSpec';
import { levelsIn } from './suspectLinks';

export interface Trace {
  /** The graph of a spec; with the workspace's code, or what was read of it, unless told otherwise. */
  graph(
    spec: Spec,
    options?: { readonly code?: boolean | readonly CodeTag[]; readonly signal?: AbortSignal },
  ): Promise<TraceGraph>;
  /** What code and tests of a workspace folder say about specs: for whoever asks for a graph often. */
  codeTags(root: string, signal?: AbortSignal): Promise<readonly CodeTag[]>;
  /** Tags in the code of a workspace folder that mean no spec, or that may mean several: for whoever asks about all specs. */
  strays(root: string, signal?: AbortSignal): Promise<readonly Orphan[]>;
  /** Can a file say anything about specs? */
  isCode(path: string): boolean;
  /** A person's word that all links of a criterion are right for what it says now. */
  confirmCriterion(spec: Spec, id: string, tags: readonly CodeTag[]): Promise<void>;
  /**
   * Code of these specs that changed since a branch, tag or commit, or since their `approval`, while its criterion did not.
   * @throws ActError where version control does not know the reference
   */
  drift(root: string, specs: readonly Spec[], since: string, signal?: AbortSignal): Promise<readonly Drift[]>;
  /** A person's word that the code of a criterion, as it is now, is in keeping with it. */
  acceptDrift(drift: Drift, because: string): Promise<void>;
  /**
   * A person's word that all links of these documents are right for the criteria as they are now; with the tasks, those
   * of the tests and the code, too.
   */
  confirm(spec: Spec, documents: readonly DocumentKind[]): Promise<void>;
}

type TracePorts = Pick<Ports, 'files' | 'hasher' | 'processes' | 'person' | 'clock'>;

/** More files than this are no project but a disk. */
const MOST_FILES = 50_000;
/** Bytes; what is larger was not written by hand. */
const LARGEST = 1_000_000;
const AT_ONCE = 16;
const CODE =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kts?|cs|fs|swift|scala|php|c|cc|cpp|h|hpp|m|mm|ex|exs|erl|hs|ml|lua|sh|bash|ps1|sql|vue|svelte|dart|zig|clj|r|jl|pl|feature|ya?ml|toml)$/i;

/** @param all All specs: what a tag means depends on what others are called. */
export function createTrace(ports: TracePorts, all: () => readonly Spec[] | Promise<readonly Spec[]>): Trace {
  const { files, hasher } = ports;
  const scanned = new Map<string, { readonly stamp: string; readonly tags: readonly CodeTag[] }>();

  async function tagsOf(root: string, path: string): Promise<readonly CodeTag[]> {
    const full = joinPath(root, path);
    const stat = await files.stat(full);
    if (stat?.kind !== 'file' || stat.size > LARGEST) return [];
    const stamp = `${stat.size} ${stat.modified}`;
    const known = scanned.get(full);
    if (known?.stamp === stamp) return known.tags;
    const text = await files.readText(full).catch(() => undefined);
    const tags = text === undefined || text.includes('\0') ? [] : codeTagsIn(path, text);
    scanned.set(full, { stamp, tags });
    return tags;
  }

  async function scan(root: string, signal?: AbortSignal): Promise<readonly CodeTag[]> {
    const { paths } = await walkFiles(files, root, MOST_FILES);
    const queue = paths.filter((path) => CODE.test(path));
    const found = new Map<string, readonly CodeTag[]>();
    const worker = async () => {
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
        signal?.throwIfAborted();
        found.set(path, await tagsOf(root, path));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, tags]) => tags);
  }

  return {
    async graph(spec, { code = true, signal } = {}) {
      const [records, tags, evidence] = await Promise.all([
        files.readText(linksPath(spec.path)),
        code === true ? scan(spec.root, signal) : code === false ? undefined : code,
        code === false ? [] : codeEvidence(ports, spec),
      ]);
      const specs = await all();
      return buildGraph({
        spec: calledAmong(spec, specs),
        documents: documentsOf(spec.documents),
        tags: tags && tagsOfSpec(spec, specs, tags),
        evidence,
        records: parseLinks(records ?? ''),
        hash: (text) => criterionHash(hasher, text),
      });
    },
    codeTags: scan,
    async strays(root, signal) {
      const [specs, archived, tags] = await Promise.all([
        all(),
        createArchive(files).list(root),
        scan(root, signal),
      ]);
      return strayTags(
        root,
        specs,
        archived.map(({ key }) => key),
        tags,
      );
    },
    isCode: (path) => CODE.test(path),
    async confirmCriterion(spec, id, tags) {
      const hash = (text: string) => criterionHash(hasher, text);
      const documents = documentsOf(spec.documents);
      const criterion = documents.requirements?.requirements
        .flatMap(({ criteria }) => criteria)
        .find((each) => each.id === id);
      if (criterion === undefined)
        throw new ActError('notFound', `There is no criterion ${id} in “${spec.name}”.`);
      const own = tagsOfSpec(spec, await all(), tags);
      const evidence = await codeEvidence(ports, spec);
      const { criteria } = buildGraph({ spec: spec.name, documents, tags: own, evidence, records: [], hash });
      const links = criteria
        .filter((each) => each.id === id)
        .flatMap(({ levels }) => LEVELS.flatMap((level) => levels[level].links));
      const codeOf = codesIn(evidence);
      const records = links.map(
        ({ from }): LinkRecord => ({ v: 1, from, to: id, hash: hash(criterion.text), ...codeOf(from) }),
      );
      if (records.length > 0) await confirmLinks(files, spec.path, records);
    },
    async drift(root, specs, since, signal) {
      const base = await baseOf(since, { ...ports, root, specs, signal });
      const tags = await scan(root, signal);
      const found: Drift[] = [];
      const around = await all();
      for (const spec of specs) {
        const own = await base(spec);
        if (own !== undefined)
          found.push(
            ...(await findDrift(ports, spec, { all: tags, own: tagsOfSpec(spec, around, tags) }, own)),
          );
      }
      return found;
    },
    async acceptDrift({ path: spec, criterion, places }, because) {
      const by = await ports.person.name();
      const at = new Date(ports.clock.now()).toISOString();
      const records = places.map(
        ({ path, code }) => ({ v: 1, criterion, path, code, by, at, because }) as const,
      );
      await acceptDrift(files, spec, records);
    },
    async confirm(spec, kinds) {
      const tags = kinds.includes('tasks') ? await scan(spec.root) : undefined;
      await confirmDocuments(ports, spec, kinds, tags && tagsOfSpec(spec, await all(), tags));
    },
  };
}

/** What a report calls a spec: its name, and its group or package where another one has that name. */
function calledAmong(spec: Spec, specs: readonly Spec[]): string {
  const roots = [...new Set(specs.map(({ root }) => root))];
  return labelsOf(specs, roots).get(spec.path) ?? spec.name;
}

/**
 * Writes what the links of some documents were confirmed against: the criteria as they are now.
 * @param tags What code and tests say of the spec: with the tasks that made them, they are confirmed, too.
 */
export async function confirmDocuments(
  { files, hasher }: Pick<Ports, 'files' | 'hasher'>,
  spec: Spec,
  kinds: readonly DocumentKind[],
  tags?: readonly CodeTag[],
): Promise<void> {
  const hash = (text: string) => criterionHash(hasher, text);
  const documents = documentsOf(spec.documents);
  const levels = new Set<Level>(kinds.flatMap(levelsIn));
  // What tasks asked for brought these about.
  if (tags !== undefined && kinds.includes('tasks')) levels.add('test').add('code');
  const evidence = levels.has('code') ? await codeEvidence({ files, hasher }, spec) : [];
  const given = { spec: spec.name, documents, tags, evidence, records: [], hash };
  const { criteria } = buildGraph(given);
  const codeOf = codesIn(evidence);
  const texts = new Map(
    (documents.requirements?.requirements ?? []).flatMap((requirement) =>
      requirement.criteria.map(({ id, text }) => [id, text] as const),
    ),
  );
  const records = criteria.flatMap(({ id, levels: links }) =>
    [...levels]
      .flatMap((level) => links[level].links)
      .map(
        ({ from }): LinkRecord => ({ v: 1, from, to: id, hash: hash(texts.get(id) ?? ''), ...codeOf(from) }),
      ),
  );
  if (records.length > 0) await confirmLinks(files, spec.path, records);
}

function codesIn(evidence: readonly CodeEvidence[]): (from: string) => Pick<LinkRecord, 'code'> {
  const codes = new Map(evidence.map((each) => [evidenceName(each), each.code]));
  return (from) => {
    const code = codes.get(from);
    return code === undefined ? {} : { code };
  };
}
