/** Has a model write a document: streamed into the file as it comes, or kept aside as a revision. */
import { ActError } from '../actError';
import type { Model } from '../agent/model';
import { DENIES_ALL } from '../agent/permissions';
import { requireModel } from '../agent/requireModel';
import type { Session, Sessions } from '../agent/sessions';
import { converse } from '../agent/turnLoop';
import { walkFiles } from '../agent/walkFiles';
import type { Ports, TextSink } from '../ports';
import type { DocumentKind, DocumentSnapshot } from '../spec/model';
import { FILE_NAMES } from '../spec/readSpec';
import { readSteering, steeringPrompt } from '../steering/steering';
import { errorMessage } from '../util/errorMessage';
import { basename, joinPath } from '../util/path';
import { createDocumentFilter } from './documentFilter';
import { type DraftMaterial, draftPrompt, type Prompt, revisePrompt } from './prompts/draftPrompt';
import { refuseWhileBusy } from './refuseWhileBusy';
import type { Composed } from './upkeep/partAnswers';

const MAX_TOKENS = 32_000;
const MAX_FILES = 300;
const NOT_A_DOCUMENT =
  'The model’s answer is not a document: it has no heading. Its words are in the agent view. Retry, or rephrase the request.';

/** A document that is being written: its session, and a promise that settles when that has ended. */
export interface Draft {
  readonly session: string;
  /** Rejects with what a person should read. */
  readonly done: Promise<void>;
}

export interface DraftRequest {
  readonly root: string;
  readonly spec: string;
  readonly kind: DocumentKind;
  readonly idea: string | undefined;
  /** The documents before this one. */
  readonly before: readonly DocumentSnapshot[];
  /** The document's text as it was asked for; only this is ever replaced. */
  readonly current: string | undefined;
}

export interface Drafting {
  draft(request: DraftRequest): Promise<Draft>;
  revise(request: DraftRequest & { readonly current: string }, wish: string): Promise<Draft>;
  /** Has the model answer in parts, of which a revision is made. */
  reviseParts(request: PartsRequest): Promise<Draft>;
}

export interface PartsRequest {
  readonly root: string;
  readonly spec: string;
  readonly kind: DocumentKind;
  readonly current: string;
  readonly title: string;
  readonly prompt: (steering: string) => Prompt;
  /** Makes the document of the answer; throws what a person should read. */
  readonly compose: (answer: string) => Composed;
}

export function createDrafting(
  ports: Ports,
  sessions: Sessions,
  refresh: (spec: string) => Promise<unknown>,
): Drafting {
  const { files, hasher } = ports;
  /** Specs whose next session is about to start: a second click must not start another. */
  const starting = new Set<string>();

  async function alone(spec: string, begin: () => Promise<Draft>): Promise<Draft> {
    if (starting.has(spec)) throw new ActError('busy', 'The model is being asked already.');
    starting.add(spec);
    try {
      await refuseWhileBusy(sessions, spec);
      return await begin();
    } finally {
      starting.delete(spec);
    }
  }

  async function materialOf({ root, kind, idea, before }: DraftRequest): Promise<DraftMaterial> {
    const [steering, walked] = await Promise.all([
      readSteering(files, root),
      walkFiles(files, root, MAX_FILES),
    ]);
    return {
      kind,
      idea,
      steering: steeringPrompt(steering),
      files: walked.paths.filter((path) => !path.startsWith('.kiro/')),
      documents: before.flatMap(({ path, text }) =>
        text === undefined ? [] : [{ name: basename(path), text }],
      ),
    };
  }

  function start({ root, spec, kind, idea }: DraftRequest, model: Model, verb: 'Draft' | 'Revise'): Session {
    return sessions.start({
      kind: verb === 'Draft' ? 'draft' : 'revision',
      title: `${verb} ${FILE_NAMES[kind]}`,
      root,
      spec,
      document: FILE_NAMES[kind],
      ...(idea === undefined ? {} : { idea }),
      model: model.name,
      rehearsed: model.rehearsed,
    });
  }

  /** One request without tools. */
  async function answer(
    session: Session,
    model: Model,
    prompt: Prompt,
    onText: (text: string) => Promise<void>,
  ): Promise<void> {
    await converse({
      session,
      model,
      system: prompt.system,
      prompt: prompt.user,
      tools: [],
      maxTokens: MAX_TOKENS,
      maxTurns: 1,
      contextTokens: ports.settings.get().contextTokens,
      gate: DENIES_ALL,
      context: { root: session.state.started.root, files, processes: ports.processes, onWrite: () => {} },
      now: () => ports.clock.now(),
      onText,
    });
  }

  async function endBadly(session: Session, error: unknown): Promise<never> {
    await session.end(session.abort.signal.aborted ? 'cancelled' : 'failed', errorMessage(error));
    throw error;
  }

  /** The file's text, not what was sent to it: an editor may tidy white space when it saves. */
  const savedHash = async (path: string) =>
    hasher.sha256((await files.readText(path).catch(() => undefined)) ?? '');

  /** Somebody may have written the document while the model was thinking: theirs stays. */
  async function openSink(path: string, expected: string | undefined): Promise<TextSink> {
    if ((await files.readText(path)) !== expected) {
      throw new ActError(
        'changed',
        `${basename(path)} was written by somebody else meanwhile, so the draft was dropped.`,
      );
    }
    return files.openSink(path);
  }

  async function runDraft(
    session: Session,
    model: Model,
    prompt: Prompt,
    request: DraftRequest,
  ): Promise<void> {
    const { spec, kind, current } = request;
    const path = joinPath(spec, FILE_NAMES[kind]);
    const filter = createDocumentFilter();
    let sink: TextSink | undefined;
    const write = async (text: string) => {
      if (text === '') return;
      sink ??= await openSink(path, current);
      await sink.append(text);
    };
    try {
      await answer(session, model, prompt, async (text) => write(filter.feed(text)));
      await write(filter.end());
      if (!sink) throw new ActError('modelFailed', NOT_A_DOCUMENT);
      await sink.close();
      session.append({ type: 'draft.closed', complete: true, hash: await savedHash(path) });
      await session.end('done');
    } catch (error) {
      // What came is kept and marked: it may be most of a long document.
      if (sink) await write(filter.end()).catch(() => {});
      await sink?.close().catch((cause: unknown) => ports.log.error(`Could not save ${path}`, cause));
      if (sink) {
        session.append({
          type: 'draft.closed',
          complete: false,
          hash: await savedHash(path),
          reason: errorMessage(error),
        });
      }
      await endBadly(session, error);
    } finally {
      await refresh(spec);
    }
  }

  /** What was asked for runs on by itself; it may have failed before somebody listens. */
  async function watched(session: Session, spec: string, done: Promise<void>): Promise<Draft> {
    done.catch(() => {});
    await refresh(spec);
    return { session: session.id, done };
  }

  async function runRevision(session: Session, model: Model, prompt: Prompt, before: string): Promise<void> {
    const filter = createDocumentFilter();
    let after = '';
    try {
      await answer(session, model, prompt, async (text) => {
        after += filter.feed(text);
      });
      after += filter.end();
      if (after.trim() === '') throw new ActError('modelFailed', NOT_A_DOCUMENT);
      session.append({ type: 'revision.proposed', before, after: withLineEndsOf(before, after) });
      await session.end('done');
    } catch (error) {
      await endBadly(session, error);
    }
  }

  async function runParts(
    session: Session,
    model: Model,
    prompt: Prompt,
    { kind, current, compose }: PartsRequest,
  ): Promise<void> {
    let said = '';
    try {
      await answer(session, model, prompt, async (text) => {
        said += text;
      });
      const { text: after, notes } = compose(said);
      if (after === current && notes.length === 0)
        session.append({
          type: 'note',
          level: 'info',
          text: `The model found nothing to change in ${FILE_NAMES[kind]}.`,
        });
      for (const text of notes) session.append({ type: 'note', level: 'warning', text });
      if (after !== current)
        session.append({
          type: 'revision.proposed',
          before: current,
          after,
          ...(notes.length > 0 ? { notes } : {}),
        });
      await session.end('done');
    } catch (error) {
      await endBadly(session, error);
    }
  }

  return {
    reviseParts: (request) =>
      alone(request.spec, async () => {
        const { root, spec, kind, title } = request;
        const model = await requireModel(ports, 'review');
        const prompt = request.prompt(steeringPrompt(await readSteering(files, root)));
        const session = sessions.start({
          kind: 'revision',
          title,
          root,
          spec,
          document: FILE_NAMES[kind],
          model: model.name,
          rehearsed: model.rehearsed,
        });
        return watched(session, spec, runParts(session, model, prompt, request));
      }),
    draft: (request) =>
      alone(request.spec, async () => {
        const model = await requireModel(ports, 'drafting');
        const prompt = draftPrompt(await materialOf(request));
        const session = start(request, model, 'Draft');
        return watched(session, request.spec, runDraft(session, model, prompt, request));
      }),
    revise: (request, wish) =>
      alone(request.spec, async () => {
        const model = await requireModel(ports, 'review');
        const prompt = revisePrompt(await materialOf(request), request.current, wish);
        const session = start(request, model, 'Revise');
        return watched(session, request.spec, runRevision(session, model, prompt, request.current));
      }),
  };
}

/** Models write line feeds; a file with others keeps its own, or every line of it would show as changed. */
function withLineEndsOf(before: string, after: string): string {
  return before.includes('\r\n') ? after.replace(/\r?\n/g, '\r\n') : after;
}
