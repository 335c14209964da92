/**
 * From an idea to approved documents. A model drafts, a person approves; what is approved changes only when a
 * person accepts a revision.
 */
import { ActError } from '../actError';
import { requireModel } from '../agent/requireModel';
import type { Sessions } from '../agent/sessions';
import type { Consents } from '../consents';
import type { Ports } from '../ports';
import { approvalText } from '../spec/contentHash';
import { mergeDocuments } from '../spec/merge/mergeDocuments';
import { type Revised, withoutChanges } from '../spec/merge/partChanges';
import type { DocumentKind, DocumentSnapshot, Spec } from '../spec/model';
import { isAcceptable, votesWords } from '../spec/phase';
import { approvalHash, approvalName, CONFIG_NAME, documentOf, FILE_NAMES } from '../spec/readSpec';
import type { SpecStore } from '../spec/specStore';
import { flattenTasks } from '../spec/taskTree';
import { confirmDocuments } from '../trace/trace';
import { basename, joinPath } from '../util/path';
import type { ApprovedTexts } from './approvals/approvedTexts';
import type { KeyRing } from './approvals/keyRing';
import type { ApproverRules } from './approvals/needs';
import { partsOf } from './approvals/parts';
import { addApprovals, type SignedRecord, signedText } from './approvals/records';
import type { Draft, Drafting } from './drafting';
import { refuseWhileBusy } from './refuseWhileBusy';
import { freeName, nameFromIdea, nameProblem } from './specName';

export interface Workflow {
  suggestName(root: string, idea: string): string;
  /** What is wrong with a name for a new spec; undefined when it can be used. */
  nameProblem(root: string, name: string): string | undefined;
  /** Creates the spec's folder and starts its first document. */
  newSpec(root: string, name: string, idea: string): Promise<Draft & { readonly spec: string }>;
  /** Drafts a document that is missing or incomplete; the ones before it must be approved. */
  draft(spec: string, kind: DocumentKind): Promise<Draft>;
  /**
   * The person's yes to the content; for tasks, also to the check commands that it names.
   * @param seen The text that the person looked at, where it is known: any other is refused.
   */
  approve(spec: string, kind: DocumentKind, seen?: string): Promise<void>;
  /**
   * Lets the approvals of whoever signed this document's count from now on, in every workspace of this person.
   */
  acceptKey(spec: string, kind: DocumentKind): Promise<void>;
  /** Has the model revise a document; the result waits in the session for the person's decision. */
  requestChanges(spec: string, kind: DocumentKind, request: string): Promise<Draft>;
  /** @param refused Keys of changes (`PartChange`) that are left out of what is accepted. */
  decideRevision(session: string, accepted: boolean, refused?: readonly string[]): Promise<void>;
  /** Marks what drafts of a dead process left behind. Called once at start. */
  reconcile(): Promise<void>;
}

/** One after the other: the first may have to make a key. */
async function inTurn<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await run(one));
  return results;
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
}: WorkflowParts): Workflow {
  const { files, hasher } = ports;
  /** Revisions whose decision is being written: a second click must not decide again. */
  const deciding = new Set<string>();

  async function specOrThrow(path: string): Promise<Spec> {
    const spec = await specs.refresh(path);
    if (!spec) throw new ActError('notFound', `There is no spec ${basename(path)}.`);
    return spec;
  }

  const namesOf = (root: string) => specs.all.filter((spec) => spec.root === root).map(({ name }) => name);

  async function recordOf(spec: Spec, document: DocumentSnapshot): Promise<SignedRecord> {
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
    const own = (await keyRing.accepted()).get(key)?.name;
    if (own !== undefined && document.votes?.given.includes(own))
      throw new ActError(
        'invalid',
        `You have approved ${name} as it is: ${votesWords(document.votes, document.state)}.`,
      );
    const facts = {
      spec: approvalName(spec.specId, spec.path),
      document: name,
      hash: approvalHash(hasher, document.kind, document.text),
      parts: partsOf(document.document, hasher),
      by: await ports.person.name(),
      at: new Date(ports.clock.now()).toISOString(),
      key,
    };
    const record: SignedRecord = { v: 2, ...facts, sig: await signer.sign(signedText(facts)) };
    if (!ports.signatures.verify(record.key, signedText(record), record.sig))
      throw new ActError('invalid', 'Nothing was approved: the signature does not fit the key that made it.');
    await keyRing.accept(facts.key, facts.by, approvers(spec.root).roles.get(facts.key));
    return record;
  }

  async function approveDocuments(spec: Spec, documents: readonly DocumentSnapshot[]): Promise<void> {
    await addApprovals(files, spec.path, await inTurn(documents, (document) => recordOf(spec, document)));
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

    async newSpec(root, name, idea) {
      const noIdea = idea.trim() === '' ? 'Describe the idea in a sentence.' : undefined;
      const wrong = nameProblem(name, namesOf(root)) ?? noIdea;
      if (wrong) throw new ActError('invalid', wrong);
      await requireModel(ports, 'drafting');
      const spec = joinPath(root, '.kiro/specs', name);
      // The list of specs follows the disk with a delay.
      if (
        (await files.list(spec)).some(
          ({ name }) => Object.values(FILE_NAMES).includes(name) || name === CONFIG_NAME,
        )
      ) {
        throw new ActError('invalid', `There is already a spec “${name}”.`);
      }
      const config = { specId: ports.ids.uuid(), workflowType: 'requirements-first', specType: 'feature' };
      await files.writeText(joinPath(spec, CONFIG_NAME), JSON.stringify(config));
      const draft = await (await drafting()).draft({
        root,
        spec,
        kind: 'requirements',
        idea: idea.trim(),
        before: [],
        current: undefined,
      });
      return { ...draft, spec };
    },

    async draft(path, kind) {
      const spec = await specOrThrow(path);
      const index = spec.documents.findIndex((document) => document.kind === kind);
      const target = spec.documents[index];
      if (!target) throw new ActError('notFound', `A ${spec.type} spec has no ${FILE_NAMES[kind]}.`);
      if (target.state !== 'missing' && target.state !== 'incomplete') {
        throw new ActError('invalid', `${FILE_NAMES[kind]} is there already. Ask for changes to it instead.`);
      }
      const before = spec.documents.slice(0, index);
      const open = before.find(({ state }) => state !== 'approved');
      if (open) {
        throw new ActError(
          'notApproved',
          `Approve ${basename(open.path)} first: ${FILE_NAMES[kind]} is drafted from it.`,
        );
      }
      const idea = await ideaOf(path, index, spec.name);
      return (await drafting()).draft({
        root: spec.root,
        spec: path,
        kind,
        idea,
        before,
        current: target.text,
      });
    },

    async approve(path, kind, seen) {
      const known = specs.get(path);
      const before = seen ?? (known && documentOf(known, kind)?.text);
      await refuseWhileBusy(sessions, path, 'draft');
      const spec = await specOrThrow(path);
      const document = documentOf(spec, kind);
      if (!document) throw new ActError('notFound', `There is no ${FILE_NAMES[kind]}.`);
      if (before !== undefined && approvalText(kind, before) !== approvalText(kind, document.text ?? '')) {
        throw new ActError(
          'changed',
          `${FILE_NAMES[kind]} changed while you were approving it. Look at it again.`,
        );
      }
      await approveDocuments(spec, [document]);
    },

    async acceptKey(path, kind) {
      const claim = documentOf(await specOrThrow(path), kind)?.claim;
      if (!isAcceptable(claim))
        throw new ActError(
          'invalid',
          `Nobody has signed an approval of ${FILE_NAMES[kind]} that could be accepted.`,
        );
      await keyRing.accept(claim.key, claim.by, claim.roles);
      for (const { path: each } of specs.all) await specs.refresh(each);
    },

    async requestChanges(path, kind, request) {
      const spec = await specOrThrow(path);
      const document = documentOf(spec, kind);
      if (document?.text === undefined)
        throw new ActError('notFound', `There is no ${FILE_NAMES[kind]} to change.`);
      if (request.trim() === '') throw new ActError('invalid', 'Say what should change.');
      const before = spec.documents.slice(0, spec.documents.indexOf(document));
      const { text: current } = document;
      return (await drafting()).revise(
        { root: spec.root, spec: path, kind, idea: undefined, before, current },
        request.trim(),
      );
    },

    async decideRevision(id, accepted, refused = []) {
      const state = sessions.get(id) ?? (await sessions.list()).find((entry) => entry.id === id)?.state;
      const { spec, document } = state?.started ?? {};
      if (!state?.revision || !spec || !document)
        throw new ActError('notFound', 'This revision is no longer there.');
      if (state.revision.accepted !== undefined || deciding.has(id)) return;
      deciding.add(id);
      try {
        if (accepted) await accept(joinPath(spec, document), state.revision, new Set(refused));
        const left = accepted && refused.length > 0 ? { refused } : {};
        await sessions.append(id, { type: 'revision.decided', accepted, ...left });
      } finally {
        deciding.delete(id);
      }
      await specs.refresh(spec);
    },

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

  async function closeDraft(id: string, path: string): Promise<void> {
    const text = await files.readText(path);
    if (text === undefined) return;
    const reason = 'Earshot was closed while the model was writing.';
    await sessions.append(id, { type: 'draft.closed', complete: false, hash: hasher.sha256(text), reason });
  }

  async function accept(path: string, revised: Revised, refused: ReadonlySet<string>): Promise<void> {
    const { before } = revised;
    const text = await files.readText(path);
    const kind = (Object.keys(FILE_NAMES) as DocumentKind[]).find(
      (each) => FILE_NAMES[each] === basename(path),
    );
    if (text === undefined || kind === undefined)
      throw new ActError('changed', `${basename(path)} is gone. Ask for the changes again.`);
    const after = withoutChanges(kind, revised, refused);
    // Written already: the process ended before it could say so.
    if (text === after) return;
    // Edited meanwhile: each part is of the one that changed it.
    const merged = mergeDocuments(kind, { base: before, ours: text, theirs: after });
    if (merged.conflicts.length > 0) {
      const ids = merged.conflicts.map(({ id }) => id).join(', ');
      throw new ActError(
        'changed',
        `You and the model both changed ${ids} in ${basename(path)}, so nothing was written. Take your edits there back, or ask for the changes again.`,
      );
    }
    await files.writeText(path, merged.text);
  }

  /** A first document that was cut off is drafted again from the same idea. */
  async function ideaOf(spec: string, index: number, name: string): Promise<string | undefined> {
    if (index > 0) return undefined;
    const drafts = (await sessions.list()).filter(({ state }) => state.started.spec === spec);
    return drafts.find(({ state }) => state.started.idea)?.state.started.idea ?? name.replace(/-/g, ' ');
  }
}

/** The commands that tasks name as their checks: a yes to the document is a yes to running them. */
export function checkCommands(snapshot: DocumentSnapshot): readonly string[] {
  const { document } = snapshot;
  if (document?.kind !== 'tasks') return [];
  return [...new Set(flattenTasks(document.tasks).flatMap(({ verify }) => verify ?? []))];
}
