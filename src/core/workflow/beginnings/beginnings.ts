/** How specs begin: from an idea and what goes with it, one document at a time or, for a quick spec, all in one pass. */
import { ActError } from '../../actError';
import type { Sessions } from '../../agent/session/sessions';
import type { Attachment } from '../../agent/turn/attachments';
import type { Picture } from '../../agent/turn/images';
import { requireModel } from '../../agent/turn/requireModel';
import { requirePictures } from '../../agent/turn/requirePictures';
import type { Ports } from '../../ports';
import type { DocumentKind, DocumentSnapshot, Spec } from '../../spec/model';
import { isReady } from '../../spec/phase';
import { FILE_NAMES } from '../../spec/readSpec';
import { requireSpec } from '../../spec/requireSpec';
import type { SpecStore } from '../../spec/specStore';
import { Cancelled } from '../../util/abort';
import { basename, joinPath } from '../../util/path';
import type { Draft, Drafting } from '../drafting/drafting';
import { refuseConflict } from '../refuseConflict';
import { nameProblem } from '../specName';
import { type Clarifying, createClarify } from './clarify';
import { createOwnFolder } from './ownFolder';
import { firstDocument, type KeptStart, kindOfStart, type SpecStart } from './start';

/** `session` is that of the document which is written now: a quick spec has one after the other. */
export interface NewSpec extends Draft {
  readonly spec: string;
}

export type { Clarifying } from './clarify';

export interface Beginnings {
  newSpec(root: string, name: string, idea: string, start?: SpecStart): Promise<NewSpec>;
  clarify(root: string, idea: string, start?: SpecStart): Promise<Clarifying>;
  draft(path: string, kind: DocumentKind, anyway?: boolean): Promise<Draft>;
}

export interface BeginningsOptions {
  readonly ports: Ports;
  readonly sessions: Sessions;
  readonly specs: SpecStore;
  readonly drafting: Drafting;
  /** What is always included, as a part of a prompt. */
  readonly steering: (root: string) => Promise<string>;
}

/** What the first document of a spec is made from. */
interface Beginning {
  readonly idea: string;
  readonly start: KeptStart;
  readonly keepPictures?: (session: string) => Promise<readonly Attachment[]>;
}

export function createBeginnings(options: BeginningsOptions): Beginnings {
  const { ports, sessions, specs, drafting } = options;
  const own = createOwnFolder(ports, specs);

  async function keepAll(session: string, pictures: readonly Picture[]): Promise<readonly Attachment[]> {
    const kept: Attachment[] = [];
    for (const picture of pictures) kept.push(await sessions.keepPicture(session, picture));
    return kept;
  }

  /** As the log of the latest draft has it: a first document that was cut off is drafted again from the same. */
  async function loggedBeginning(path: string): Promise<Beginning | undefined> {
    const drafts = (await sessions.list()).filter(({ state }) => state.started.spec === path);
    const latest = drafts.find(({ state }) => state.started.idea !== undefined);
    if (latest === undefined) return undefined;
    const { idea = '', from = {}, document } = latest.state.started;
    return {
      idea,
      start: { kind: kindOfStart(document), ...from },
      keepPictures: (session) => sessions.copyPictures(latest.id, session),
    };
  }

  async function beginningOf({ path, name }: Spec): Promise<Beginning> {
    return (await loggedBeginning(path)) ?? { idea: name.replace(/-/g, ' '), start: {} };
  }

  async function draftOne(spec: Spec, kind: DocumentKind, given: Beginning | undefined): Promise<Draft> {
    const index = spec.documents.findIndex((document) => document.kind === kind);
    const target = spec.documents[index];
    if (!target) throw new ActError('notFound', `A ${spec.type} spec has no ${FILE_NAMES[kind]}.`);
    if (target.state !== 'missing' && target.state !== 'incomplete')
      throw new ActError('invalid', `${FILE_NAMES[kind]} is there already. Ask for changes to it instead.`);
    const before = spec.documents.slice(0, index);
    refuseUnready(spec, before, kind);
    refuseConflict([...before, target]);
    const { root, path, specId, properties } = spec;
    const beginning = index > 0 ? undefined : (given ?? (await beginningOf(spec)));
    return drafting.draft({
      root,
      spec: path,
      specId,
      kind,
      before,
      properties,
      current: target.text,
      idea: beginning?.idea,
      start: beginning?.start,
      keepPictures: beginning?.keepPictures,
    });
  }

  /** Goes on with what is missing after it, until something fails. */
  function onePass(path: string, first: Draft): Draft {
    let current = first;
    const goOn = async () => {
      await first.done;
      for (;;) {
        const spec = await specs.refresh(path);
        const next = spec?.documents.find(({ state }) => state === 'missing');
        if (spec === undefined || next === undefined) return;
        if (sessions.get(current.session)?.status !== 'done') throw new Cancelled('The draft was stopped.');
        current = await draftOne(spec, next.kind, undefined);
        await current.done;
      }
    };
    const done = goOn();
    done.catch(() => {});
    return {
      get session() {
        return current.session;
      },
      done,
    };
  }

  /** Its first document; all of a quick spec's. */
  async function begin(path: string, beginning: Beginning): Promise<Draft> {
    const { kind = 'requirements' } = beginning.start;
    const drafted = async () => draftOne(await requireSpec(specs, path), firstDocument(kind), beginning);
    const first = await own.orNothing(path, drafted());
    const draft = kind === 'quick' ? onePass(path, first) : first;
    const done = own.orNothing(path, draft.done);
    done.catch(() => {});
    return {
      done,
      get session() {
        return draft.session;
      },
    };
  }

  return {
    async newSpec(root, name, idea, start = {}) {
      const names = specs.all.filter((spec) => spec.root === root).map((spec) => spec.name);
      const noIdea = idea.trim() === '' ? 'Describe the idea in a sentence.' : undefined;
      const wrong = nameProblem(name, names) ?? noIdea;
      if (wrong) throw new ActError('invalid', wrong);
      const { pictures = [], ...kept } = start;
      await requirePictures(await requireModel(ports, 'drafting'), pictures);
      const path = joinPath(root, '.kiro/specs', name);
      await own.make(path, start);
      const draft = await begin(path, {
        idea: idea.trim(),
        start: kept,
        ...(pictures.length > 0 ? { keepPictures: (session) => keepAll(session, pictures) } : {}),
      });
      return {
        spec: path,
        done: draft.done,
        get session() {
          return draft.session;
        },
      };
    },
    clarify: createClarify(options),
    async draft(path, kind, anyway = false) {
      const spec = await specs.refresh(path);
      const sure = anyway ? { anyway } : {};
      if (spec === undefined) {
        const logged = await loggedBeginning(path);
        // What never came to be left no folder: it begins once more.
        if (logged === undefined || firstDocument(logged.start.kind ?? 'requirements') !== kind)
          throw new ActError('notFound', `There is no spec ${basename(path)}.`);
        await requireModel(ports, 'drafting');
        await own.make(path, logged.start);
        return begin(path, { ...logged, start: { ...logged.start, ...sure } });
      }
      const isFirst = spec.documents[0]?.kind === kind;
      const beginning = isFirst ? await beginningOf(spec) : undefined;
      const given = beginning && { ...beginning, start: { ...beginning.start, ...sure } };
      const first = await draftOne(spec, kind, given);
      return spec.quick ? onePass(spec.path, first) : first;
    },
  };
}

/** A document is drafted from approved ones; in a quick spec, from whole ones. */
function refuseUnready(spec: Spec, before: readonly DocumentSnapshot[], kind: DocumentKind): void {
  const open = before.find((document) => !isReady(document, spec));
  if (open === undefined) return;
  const verb = spec.quick ? 'Finish' : 'Approve';
  throw new ActError(
    'notApproved',
    `${verb} ${basename(open.path)} first: ${FILE_NAMES[kind]} is drafted from it.`,
  );
}
