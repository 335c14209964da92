/** Reads one spec folder into a snapshot. Documents are parsed when somebody first looks at them. */
import type { LintConfig } from '../lint/config';
import { type LintedSpec, lintSpec, weigh } from '../lint/lint';
import type { FileSystem, FolderEntry, Hasher } from '../ports';
import { linksPath } from '../trace/linkRecords';
import { suspectParts } from '../trace/suspectParts';
import { lazy } from '../util/lazy';
import { basename, joinPath, relativePath } from '../util/path';
import { type ApproverRules, NO_RULES } from '../workflow/approvals/needs';
import { changesOf } from '../workflow/approvals/parts';
import { type ApprovalRecord, approvalsPath, parseApprovals } from '../workflow/approvals/records';
import { type Judge, type Judged, judge } from '../workflow/approvals/standing';
import { commentsPath, foldComments, type Thread } from '../workflow/comments/records';
import { approvalText } from './contentHash';
import { documentsOf } from './documentsOf';
import type {
  Claim,
  DocumentKind,
  DocumentSnapshot,
  Finding,
  Problem,
  Progress,
  Spec,
  SpecDocument,
} from './model';
import { parseConfig } from './parseConfig';
import { parseDocument } from './parseDocument';
import { stateFrom } from './phase';
import { progressOf } from './tasks/progress';
import { readOrTell, unreadable } from './unreadable';

export const FILE_NAMES: Readonly<Record<DocumentKind, string>> = {
  requirements: 'requirements.md',
  bugfix: 'bugfix.md',
  design: 'design.md',
  tasks: 'tasks.md',
};

export const CONFIG_NAME = '.config.kiro';

/** What a model is doing, or left unfinished, with a document whose text has this hash. */
export type DraftState = (
  spec: string,
  fileName: string,
  /** Computed when a draft is there to compare with. */
  hash: () => string | undefined,
) => 'drafting' | 'incomplete' | undefined;

export interface SpecReader {
  readonly files: FileSystem;
  readonly hasher: Hasher;
  readonly draftState: DraftState;
  /** Is a document being revised, or does a revision of it wait for the person's decision? */
  readonly inRevision?: (spec: string, fileName: string) => boolean;
  /** By whom approvals of a workspace folder are judged. */
  readonly judge: (root: string) => Promise<Judge>;
  /** Whose approvals a workspace folder asks for; without it one person's are enough. */
  readonly approvers?: (root: string) => ApproverRules;
  /** The lint configuration of a workspace folder. */
  readonly lint: (root: string) => LintConfig;
  /** Reads a document; in another way than `parseDocument` where somebody is typing in it. */
  readonly parse?: (path: string, kind: DocumentKind, text: string) => SpecDocument;
}

/** The hash that an approval of this content carries. */
export function approvalHash(hasher: Hasher, kind: DocumentKind, text: string): string {
  return `sha256:${hasher.sha256(approvalText(kind, text))}`;
}

/**
 * Undefined when the folder holds no document of a spec.
 * @param entries Of the folder, where somebody asked for them already.
 */
export async function readSpec(
  reader: SpecReader,
  root: string,
  path: string,
  entries?: readonly FolderEntry[],
): Promise<Spec | undefined> {
  const { files } = reader;
  const names = [...Object.values(FILE_NAMES), CONFIG_NAME];
  // Asking once what is there is cheaper than asking for each file that may be.
  const there = new Set((entries ?? (await files.list(path))).map(({ name }) => name));
  const broken = new Map<string, Finding>();
  const readOne = (file: string, name: string) =>
    readOrTell(files, file, (why) => void broken.set(name, unreadable(name, why)));
  const read = (name: string) => (there.has(name) ? readOne(joinPath(path, name), name) : undefined);
  const beside = (file: string) => (there.has('.earshot') ? readOne(file, basename(file)) : undefined);
  const [requirements, bugfix, design, tasks, configText, approvalsText, commentsText, linksText] =
    await Promise.all([
      ...names.map(read),
      beside(approvalsPath(path)),
      beside(commentsPath(path)),
      beside(linksPath(path)),
    ]);
  const texts = [requirements, bugfix, design, tasks, configText];
  if (names.every((name, nth) => texts[nth] === undefined && !broken.has(name))) return undefined;
  const { config, findings: configFindings } = parseConfig(configText ?? '');
  const lint = lazy((): LintedSpec => lintSpec(documentsOf(documents), reader.lint(root)));
  const type = bugfix !== undefined && requirements === undefined ? 'bugfix' : (config.specType ?? 'feature');
  const records = parseApprovals(approvalsText ?? '');
  const suspects = lazy(() => suspectParts(() => documentsOf(documents), linksText ?? '', reader.hasher));
  const approvals: Approvals = {
    records,
    threads: foldComments(commentsText ?? '').filter(({ resolved }) => !resolved),
    suspects,
    spec: approvalName(config.specId, path),
    by: await reader.judge(root),
    root,
    rules: reader.approvers?.(root) ?? NO_RULES,
  };
  const weighed = (finding: Finding) => weigh(finding, reader.lint(root)) ?? [];
  const snapshot = (kind: DocumentKind, text: string | undefined) => {
    const unread = broken.get(FILE_NAMES[kind]);
    broken.delete(FILE_NAMES[kind]);
    return snapshotOf(reader, path, kind, text, approvals, () =>
      unread === undefined ? (lint().get(kind)?.problems ?? []) : [weighed(unread)].flat(),
    );
  };
  const first =
    type === 'bugfix' && requirements === undefined
      ? snapshot('bugfix', bugfix)
      : snapshot('requirements', requirements);
  const second = snapshot('design', design);
  const last = snapshot('tasks', tasks);
  const designFirst = type === 'feature' && config.workflowType === 'design-first';
  const documents: readonly DocumentSnapshot[] = designFirst ? [second, first, last] : [first, second, last];
  const progress = lazy((): Progress => {
    const { document } = last;
    return document?.kind === 'tasks' ? progressOf(document) : { done: 0, total: 0 };
  });
  const problems = lazy(() => [
    ...[...broken.values(), ...configFindings].flatMap(weighed),
    ...documents.flatMap((document) => document.problems),
  ]);
  return {
    name: basename(path),
    specId: config.specId,
    path,
    root,
    type,
    quick: config.quick,
    properties: config.properties,
    documents,
    get progress() {
      return progress();
    },
    get knownProgress() {
      return progress.known();
    },
    get problems() {
      return problems();
    },
  };
}

/** What approvals call a spec. */
export function approvalName(specId: string | undefined, path: string): string {
  return specId ?? basename(path);
}

interface Approvals {
  readonly records: readonly ApprovalRecord[];
  /** Those that are open. */
  readonly threads: readonly Thread[];
  readonly suspects: () => ReadonlyMap<DocumentKind, number>;
  /** What they call the spec. */
  readonly spec: string;
  readonly by: Judge;
  readonly root: string;
  readonly rules: ApproverRules;
}

function snapshotOf(
  { hasher, draftState, inRevision, parse }: SpecReader,
  spec: string,
  kind: DocumentKind,
  text: string | undefined,
  approvals: Approvals,
  problems: () => readonly Problem[],
): DocumentSnapshot {
  const fileName = FILE_NAMES[kind];
  const path = joinPath(spec, fileName);
  const records = approvals.records.filter((record) => record.document === fileName);
  const hash = text === undefined || records.length === 0 ? undefined : approvalHash(hasher, kind, text);
  const { rules } = approvals;
  const asked = { needs: rules.needs(relativePath(approvals.root, path) ?? path), roles: rules.roles };
  const { approval, claim, votes } = judge(records, approvals.spec, hash, approvals.by, asked);
  const draft = draftState(spec, fileName, () => (text === undefined ? undefined : hasher.sha256(text)));
  const document = lazy((): SpecDocument | undefined =>
    text === undefined ? undefined : (parse?.(path, kind, text) ?? parseDocument(kind, text)),
  );
  // A yes that came later settles what was asked for before it.
  const asks = ({ document: about, asked = '' }: Thread) =>
    about === fileName && asked > (approval?.at ?? '');
  const requested =
    text !== undefined && (approvals.threads.some(asks) || (inRevision?.(spec, fileName) ?? false));
  const state = stateFrom({
    written: text !== undefined,
    draft,
    approved: approval && (approval.hash === hash ? 'this' : 'another'),
    claimed: claim !== undefined && claim.record.hash === hash,
    requested,
  });
  const changes = lazy(() => {
    const now = document();
    if (approval === undefined || approval.hash === hash || now === undefined) return undefined;
    return changesOf(approval.parts, now, hasher);
  });
  return {
    kind,
    path,
    state,
    text,
    approval,
    claim: approval === undefined && claim !== undefined ? claimOf(claim, rules) : undefined,
    votes,
    requested,
    get suspects() {
      return approvals.suspects().get(kind) ?? 0;
    },
    get changes() {
      return changes();
    },
    get document() {
      return document();
    },
    get problems() {
      return problems();
    },
  };
}

function claimOf({ record, standing }: NonNullable<Judged['claim']>, { roles }: ApproverRules): Claim {
  const { by, at, hash } = record;
  const key = record.v === 2 ? record.key : undefined;
  return { by, at, hash, standing, key, roles: (key !== undefined && roles.get(key)) || [] };
}

/** The document of a kind; requirements stand for a bug fix's, too. */
export function documentOf(spec: Spec, kind: DocumentKind): DocumentSnapshot | undefined {
  return spec.documents.find((document) => document.kind === kind);
}
