/**
 * From an idea to approved documents. A model drafts, a person approves; what is approved changes only when a
 * person accepts a revision.
 */
import { ActError } from '../actError';
import type { Sessions } from '../agent/session/sessions';
import type { Consents } from '../consents';
import type { Ports } from '../ports';
import { approvalText } from '../spec/contentHash';
import { withConfigKey } from '../spec/edits/configEdits';
import { type Revised, withoutChanges } from '../spec/merge/partChanges';
import { writeMerged } from '../spec/merge/writeMerged';
import type { DocumentKind, DocumentSnapshot, Spec } from '../spec/model';
import { isAcceptable, votesWords } from '../spec/phase';
import { approvalHash, approvalName, CONFIG_NAME, documentOf, FILE_NAMES } from '../spec/readSpec';
import { requireSpec } from '../spec/requireSpec';
import type { SpecStore } from '../spec/specStore';
import { flattenTasks } from '../spec/tasks/taskTree';
import { confirmDocuments } from '../trace/trace';
import { basename, joinPath } from '../util/path';
import type { ApprovedTexts } from './approvals/approvedTexts';
import { identify } from './approvals/identity';
import type { KeyRing } from './approvals/keyRing';
import type { ApproverRules } from './approvals/needs';
import { partsOf } from './approvals/parts';
import { addApprovals, type SignedRecord, signedText } from './approvals/records';
import type { Beginnings, Clarifying, NewSpec } from './beginnings/beginnings';
import type { SpecStart } from './beginnings/start';
import type { Draft, Drafting } from './drafting/drafting';
import { type Objection, objectionsOf, withObjections } from './objections';
import { refuseConflict } from './refuseConflict';
import { refuseWhileBusy } from './refuseWhileBusy';
import { freeName, nameFromIdea, nameProblem } from './specName';

export interface Workflow {
  suggestName(root: string, idea: string): string;
  /** What is wrong with a name for a new spec; undefined when it can be used. */
  nameProblem(root: string, name: string): string | undefined;
  /**
   * Creates the spec's folder and starts its first document; all three of a quick spec. Where that fails before a word
   * of it was written, the folder goes again.
   */
  newSpec(root: string, name: string, idea: string, start?: SpecStart): Promise<NewSpec>;
  /** Asks the person's questions before the first draft. Nothing is written. */
  clarify(root: string, idea: string, start?: SpecStart): Promise<Clarifying>;
  /**
   * Drafts a document that is missing or incomplete; the ones before it must be approved, but in a quick spec, whose
   * missing documents follow by themselves. A spec whose first draft failed and left no folder begins once more.
   * @param anyway Although the model says that the change is too small for a spec.
   */
  draft(spec: string, kind: DocumentKind, anyway?: boolean): Promise<Draft>;
  /**
   * The person's yes to the content; for tasks, also to the check commands that it names.
   * @param seen The text that the person looked at, where it is known: any other is refused.
   * @param roles Those of `ownRoles` that the person takes: a repository proposes them and gives none.
   */
  approve(spec: string, kind: DocumentKind, seen?: string, roles?: readonly string[]): Promise<void>;
  /** The roles that the workspace folder proposes for this person's key, and that the person has not taken yet. */
  ownRoles(root: string): Promise<readonly string[]>;
  /**
   * Lets the approvals of whoever signed this document's count from now on, in this workspace folder.
   */
  acceptKey(spec: string, kind: DocumentKind): Promise<void>;
  /** Whether designs and tasks of a spec have correctness properties from now on. What is written stays. */
  useProperties(spec: string, used: boolean): Promise<void>;
  /**
   * Has the model revise a document; the result waits in the session for the person's decision. Why changes of the
   * last revision were refused is part of the request.
   */
  requestChanges(
    spec: string,
    kind: DocumentKind,
    request: string,
    /** The parts that it is about, as comments name them (`1.2`, `## Overview`); none: the whole document. */
    about?: readonly string[],
  ): Promise<Draft>;
  /**
   * Rejects with a `MergeConflict` where a part was edited meanwhile: nothing is written and decided then.
   * @param refused Keys of changes (`PartChange`) that are left out of what is accepted.
   */
  decideRevision(
    session: string,
    accepted: boolean,
    refused?: readonly string[],
    /** Why changes were refused: joins the next request. */
    objections?: readonly Objection[],
  ): Promise<void>;
  /** The person merged the revision by hand, and wrote what they wanted of it. */
  settleRevision(session: string): Promise<void>;
  /** Marks what drafts of a dead process left behind. Called once at start. */
  reconcile(): Promise<void>;
}

/** One after the other: the first may have to make a key. */
async function inTurn<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await run(one));
  return results;
}

interface Decision {
  readonly accepted: boolean;
  readonly refused: readonly string[];
  readonly objections: readonly Objection[];
}

export interface WorkflowParts {
  readonly ports: Ports;
  readonly specs: SpecStore;
  readonly sessions: Sessions;
  readonly consents: Consents;
  readonly keyRing: KeyRing;
  /** Whose approvals a workspace folder asks for. */
  readonly approvers: (root: string) => ApproverRules;
  readonly approvedTexts: ApprovedTexts;
  readonly drafting: () => Promise<Drafting>;
  readonly beginnings: () => Promise<Beginnings>;
}

export function createWorkflow({
  ports,
  specs,
  sessions,
  consents,
  keyRing,
  approvers,
  approvedTexts,
  drafting,
  beginnings,
}: WorkflowParts): Workflow {
  const { files, hasher } = ports;
  /** Revisions whose decision is being written: a second click must not decide again. */
  const deciding = new Set<string>();

  const namesOf = (root: string) => specs.all.filter((spec) => spec.root === root).map(({ name }) => name);

  async function ownRoles(root: string): Promise<readonly string[]> {
    const proposed = approvers(root).roles;
    // Asking for the key may make one: not for nothing.
    if (ports.signer === undefined || proposed.size === 0) return [];
    const key = await ports.signer.key();
    const held = (await keyRing.accepted(root)).get(key)?.roles ?? [];
    return (proposed.get(key) ?? []).filter((role) => !held.includes(role));
  }

  async function takeRoles(
    { key, by }: Pick<SignedRecord, 'key' | 'by'>,
    root: string,
    roles: readonly string[],
  ): Promise<void> {
    const taken = (approvers(root).roles.get(key) ?? []).filter((role) => roles.includes(role));
    if (taken.length > 0) await keyRing.accept(key, by, taken, root);
  }

  async function recordOf(
    spec: Spec,
    document: DocumentSnapshot,
    { id, roles }: { readonly id: string | undefined; readonly roles: readonly string[] },
  ): Promise<SignedRecord> {
    const { signer } = ports;
    if (signer === undefined)
      throw new ActError('invalid', 'Approve it in the editor: here is no key to sign the approval with.');
    const name = basename(document.path);
    if (document.text === undefined || document.document === undefined)
      throw new ActError('notFound', `${name} is missing.`);
    if (document.state === 'drafting' || document.state === 'incomplete') {
      throw new ActError(
        'invalid',
        `${name} is not whole. Draft it again or finish it by hand, then approve it.`,
      );
    }
    const key = await signer.key();
    const own = (await keyRing.accepted(spec.root)).get(key)?.name;
    if (own !== undefined && document.votes?.given.includes(own))
      throw new ActError(
        'invalid',
        `You have approved ${name} as it is: ${votesWords(document.votes, document.state)}.`,
      );
    const facts = {
      spec: approvalName(id, spec.path),
      document: name,
      hash: approvalHash(hasher, document.kind, document.text),
      parts: Object.fromEntries(partsOf(document.document, hasher)),
      by: await ports.person.name(),
      at: new Date(ports.clock.now()).toISOString(),
      key,
    };
    const record: SignedRecord = { v: 2, ...facts, sig: await signer.sign(signedText(facts)) };
    if (!ports.signatures.verify(record.key, signedText(record), record.sig))
      throw new ActError('invalid', 'Nothing was approved: the signature does not fit the key that made it.');
    await keyRing.accept(facts.key, facts.by, [], undefined);
    await takeRoles(facts, spec.root, roles);
    return record;
  }

  async function approveDocuments(
    spec: Spec,
    documents: readonly DocumentSnapshot[],
    roles: readonly string[],
  ): Promise<void> {
    const { id, keep } = await identify(ports, spec, specs.all);
    const records = await inTurn(documents, (document) => recordOf(spec, document, { id, roles }));
    await keep();
    await addApprovals(files, spec.path, records);
    for (const { kind, text } of documents)
      if (text !== undefined) await approvedTexts.keep(approvalHash(hasher, kind, text), text);
    // Who approves a design or tasks has seen which criteria they name.
    await confirmDocuments(
      { files, hasher },
      spec,
      documents.map(({ kind }) => kind),
    );
    for (const command of documents.flatMap(checkCommands)) {
      if (!(await consents.has('check', spec.root, command)))
        await consents.grant('check', spec.root, command);
    }
    await specs.refresh(spec.path);
  }

  return {
    suggestName: (root, idea) => freeName(nameFromIdea(idea), namesOf(root)),
    nameProblem: (root, name) => nameProblem(name, namesOf(root)),

    newSpec: async (...args) => (await beginnings()).newSpec(...args),
    clarify: async (...args) => (await beginnings()).clarify(...args),
    draft: async (...args) => (await beginnings()).draft(...args),

    ownRoles,

    async approve(path, kind, seen, roles = []) {
      const known = specs.get(path);
      const before = seen ?? (known && documentOf(known, kind)?.text);
      await refuseWhileBusy(sessions, path, 'draft');
      const spec = await requireSpec(specs, path);
      const document = documentOf(spec, kind);
      if (!document) throw new ActError('notFound', `There is no ${FILE_NAMES[kind]}.`);
      if (before !== undefined && approvalText(kind, before) !== approvalText(kind, document.text ?? '')) {
        throw new ActError(
          'changed',
          `${FILE_NAMES[kind]} changed while you were approving it. Look at it again.`,
        );
      }
      refuseConflict([document]);
      await approveDocuments(spec, [document], roles);
    },

    async acceptKey(path, kind) {
      const spec = await requireSpec(specs, path);
      const claim = documentOf(spec, kind)?.claim;
      if (!isAcceptable(claim))
        throw new ActError(
          'invalid',
          `Nobody has signed an approval of ${FILE_NAMES[kind]} that could be accepted.`,
        );
      await keyRing.accept(claim.key, claim.by, claim.roles, spec.root);
      for (const { path: each } of specs.all) await specs.refresh(each);
    },

    async useProperties(path, used) {
      const spec = await requireSpec(specs, path);
      const config = joinPath(path, CONFIG_NAME);
      const fresh = { workflowType: 'requirements-first', specType: spec.type };
      const key = ['earshot', 'properties'];
      const text = withConfigKey(await files.readText(config), fresh, key, used ? undefined : false);
      if (text === undefined)
        throw new ActError(
          'invalid',
          `${CONFIG_NAME} of ${spec.name} cannot be read. Correct it by hand first.`,
        );
      await files.writeText(config, text);
      await specs.refresh(path);
    },

    async requestChanges(path, kind, request, about = []) {
      const spec = await requireSpec(specs, path);
      const document = documentOf(spec, kind);
      if (document?.text === undefined)
        throw new ActError('notFound', `There is no ${FILE_NAMES[kind]} to change.`);
      const objections = objectionsOf(await sessions.list(), path, basename(document.path));
      const asked = withObjections(request, objections);
      if (asked === '') throw new ActError('invalid', 'Say what should change.');
      refuseConflict([document]);
      const before = spec.documents.slice(0, spec.documents.indexOf(document));
      const { text: current } = document;
      return (await drafting()).revise(
        {
          root: spec.root,
          spec: path,
          specId: spec.specId,
          kind,
          idea: undefined,
          before,
          properties: spec.properties,
          current,
          about: about.length === 0 ? about : [...new Set([...about, ...objections.map(({ id }) => id)])],
        },
        asked,
      );
    },

    decideRevision: (id, accepted, refused = [], objections = []) =>
      decide(id, { accepted, refused, objections }, (path, revised) =>
        accept(path, revised, new Set(refused)),
      ),

    settleRevision: (id) => decide(id, { accepted: true, refused: [], objections: [] }, async () => {}),

    async reconcile() {
      for (const { id, state } of await sessions.list()) {
        const { kind, spec, document } = state.started;
        if (kind !== 'draft' || state.draft?.complete || !spec || !document) continue;
        if (state.status === 'interrupted' && !state.draft) await closeDraft(id, joinPath(spec, document));
        // Read before the logs were: only now is it known that the draft is not whole.
        await specs.refresh(spec);
      }
    },
  };

  async function decide(
    id: string,
    decision: Decision,
    write: (path: string, revised: Revised) => Promise<void>,
  ): Promise<void> {
    const state = sessions.get(id) ?? (await sessions.list()).find((entry) => entry.id === id)?.state;
    const { spec, document } = state?.started ?? {};
    if (!state?.revision || !spec || !document)
      throw new ActError('notFound', 'This revision is no longer there.');
    const { accepted } = decision;
    if (state.revision.accepted !== undefined || deciding.has(id)) return;
    deciding.add(id);
    try {
      if (accepted) await write(joinPath(spec, document), state.revision);
      await sessions.append(id, { type: 'revision.decided', accepted, ...saidOf(decision) });
    } finally {
      deciding.delete(id);
    }
    await specs.refresh(spec);
  }

  async function closeDraft(id: string, path: string): Promise<void> {
    const text = await files.readText(path);
    if (text === undefined) return;
    const reason = 'Earshot was closed while the model was writing.';
    await sessions.append(id, { type: 'draft.closed', complete: false, hash: hasher.sha256(text), reason });
  }

  async function accept(path: string, revised: Revised, refused: ReadonlySet<string>): Promise<void> {
    const kind = (Object.keys(FILE_NAMES) as DocumentKind[]).find(
      (each) => FILE_NAMES[each] === basename(path),
    );
    if (kind === undefined) throw new ActError('notFound', `${basename(path)} is no document of a spec.`);
    await writeMerged(files, kind, path, revised.before, withoutChanges(kind, revised, refused));
  }
}

/** Only what was said: nothing refused, and no reason, is nothing in the log. */
function saidOf({ accepted, refused, objections }: Decision): Partial<Decision> {
  return {
    ...(accepted && refused.length > 0 ? { refused } : {}),
    ...(objections.length > 0 ? { objections } : {}),
  };
}

/** The commands that tasks name as their checks: a yes to the document is a yes to running them. */
export function checkCommands(snapshot: DocumentSnapshot): readonly string[] {
  const { document } = snapshot;
  if (document?.kind !== 'tasks') return [];
  return [...new Set(flattenTasks(document.tasks).flatMap(({ verify }) => verify ?? []))];
}
