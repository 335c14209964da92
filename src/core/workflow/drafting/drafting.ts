/** Has a model write a document: streamed into the file as it comes, or kept aside as a revision. */
import { ActError } from '../../actError';
import { DENIES_ALL } from '../../agent/permissions';
import type { SessionEventBody } from '../../agent/session/events';
import type { Session } from '../../agent/session/sessions';
import type { Attachment } from '../../agent/turn/attachments';
import type { Model } from '../../agent/turn/model';
import { requireModel } from '../../agent/turn/requireModel';
import { requirePictures } from '../../agent/turn/requirePictures';
import { converse } from '../../agent/turn/turnLoop';
import type { FileSystem } from '../../ports';
import { documentsOf } from '../../spec/documentsOf';
import { FILE_NAMES } from '../../spec/readSpec';
import { errorMessage } from '../../util/errorMessage';
import { type CodeRead, readCode } from '../beginnings/readCode';
import { draftPrompt, type Prompt } from '../prompts/draftPrompt';
import { revisePartsPrompt, revisePrompt } from '../prompts/revisePrompt';
import { refuseWhileBusy } from '../refuseWhileBusy';
import type { Composed } from '../upkeep/partAnswers';
import { type Faults, faultsOf } from './documentFaults';
import { type Answers, partAnswers, streamedAnswer, wholeAnswer } from './draftAnswers';
import { createDraftFile } from './draftFile';
import { materialOf, partMaterial } from './draftMaterial';
import type {
  Draft,
  Drafting,
  DraftingOptions,
  DraftRequest,
  PartsRequest,
  RevisionRequest,
} from './draftRequest';
import { createFinishing, type Finishing } from './finishDraft';
import { createMending, type Mending } from './mending';

export type * from './draftRequest';

const MAX_TOKENS = 32_000;
/** The document, what mends it, and once the whole where parts were not enough. */
const MAX_TURNS = 4;
const NOT_A_DOCUMENT =
  'The model’s answer is not a document: it has no heading. Its words are in the agent view. Retry, or rephrase the request.';
const NO_CODE: CodeRead = { sources: [], leftOut: [] };

type Checked = Pick<DraftRequest, 'root' | 'kind' | 'before'>;

export function createDrafting({
  ports,
  sessions,
  lint,
  reading,
  steering,
  refresh,
}: DraftingOptions): Drafting {
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

  function begin(request: DraftRequest, model: Model, verb: 'Draft' | 'Revise'): Session {
    const { root, spec, kind, idea, start } = request;
    return sessions.start({
      kind: verb === 'Draft' ? 'draft' : 'revision',
      title: `${verb} ${FILE_NAMES[kind]}`,
      root,
      spec,
      document: FILE_NAMES[kind],
      ...(idea === undefined ? {} : { idea }),
      ...(start === undefined ? {} : { from: start }),
      model: model.name,
      rehearsed: model.rehearsed,
    });
  }

  /** A request without tools; what comes of it is checked, and mended by further ones. */
  async function ask(
    session: Session,
    model: Model,
    prompt: Prompt,
    mending: Mending,
    attachments: readonly Attachment[] = [],
  ): Promise<void> {
    await converse({
      session,
      model,
      system: prompt.system,
      prompt: prompt.user,
      attachments,
      tools: [],
      maxTokens: MAX_TOKENS,
      maxTurns: MAX_TURNS,
      contextTokens: ports.settings.get().contextTokens,
      gate: DENIES_ALL,
      context: { root: session.state.started.root, files, processes: ports.processes, onWrite: () => {} },
      now: () => ports.clock.now(),
      withPictures: (messages) => sessions.withPictures(session.id, messages),
      onText: (text) => mending.onText(text),
      replyTo: () => mending.replyTo(),
    });
  }

  /** What came before the mending failed is whole: it stays, with its faults. */
  function keepUnmended(session: Session, mending: Mending, error: unknown): void {
    if (mending.best === undefined || session.abort.signal.aborted) throw error;
    const text = `The model could not be asked to mend what is left: ${errorMessage(error)}`;
    session.append({ type: 'note', level: 'warning', text });
  }

  async function endBadly(session: Session, error: unknown): Promise<never> {
    await session.end(session.abort.signal.aborted ? 'cancelled' : 'failed', errorMessage(error));
    throw error;
  }

  const faultsIn = ({ root, kind, before }: Checked, text: string): Faults =>
    faultsOf(kind, text, documentsOf(before), lint(root));

  async function runDraft(
    session: Session,
    model: Model,
    prompt: Prompt,
    request: DraftRequest,
    finishing: Finishing,
  ): Promise<void> {
    const { spec, specId, kind, current, start } = request;
    const file = createDraftFile(files, { spec, specId, kind, expected: current });
    const streamed = streamedAnswer((text) => file.write(text));
    const first = {
      feed: streamed.feed,
      async end() {
        const text = await streamed.end();
        await file.close();
        if (file.failure) throw file.failure;
        return text;
      },
    };
    const mending = createMending({
      session,
      answer: (round) => (round === 0 ? first : wholeAnswer()),
      faults: (text) => finishing.faults(text, faultsIn(request, text)),
      noDocument: (answer) => refuseNoDocument(answer, start?.anyway !== true),
    });
    try {
      const attachments = (await request.keepPictures?.(session.id)) ?? [];
      await requirePictures(model, attachments);
      await ask(session, model, prompt, mending, attachments).catch((error: unknown) =>
        keepUnmended(session, mending, error),
      );
      const { text, faults } = mending.best ?? refuseNoDocument('', false);
      const settled = await file.settle(await finishing.finish(text));
      if (file.failure) throw file.failure;
      if (!settled)
        session.append({
          type: 'note',
          level: 'warning',
          text: `${FILE_NAMES[kind]} was edited while it was drafted, so it stays as it is. What the model wrote is above.`,
        });
      if (faults.unusable !== undefined)
        throw new ActError('modelFailed', `The model wrote no ${kind} document. ${faults.unusable}`);
      session.append({ type: 'draft.closed', complete: true, hash: hasher.sha256(await file.text()) });
      await session.end('done');
    } catch (error) {
      // What came is kept and marked: it may be most of a long document.
      await streamed.end();
      await file.close();
      if (file.begun) {
        const complete = mending.best !== undefined && mending.best.faults.unusable === undefined;
        const hash = hasher.sha256(await file.text().catch(() => ''));
        session.append({ type: 'draft.closed', complete, hash, reason: errorMessage(error) });
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

  async function runRevision(
    session: Session,
    model: Model,
    prompt: Prompt,
    request: RevisionRequest,
    { answer, insist }: Answers,
  ): Promise<void> {
    const { current: before, kind } = request;
    const mending = createMending({
      session,
      answer,
      faults: (text) => faultsIn(request, text),
      noDocument: () => insist() ?? refuseNoDocument('', false),
    });
    try {
      await ask(session, model, prompt, mending).catch((error: unknown) =>
        keepUnmended(session, mending, error),
      );
      const { text: after, faults } = mending.best ?? refuseNoDocument('', false);
      if (faults.unusable !== undefined && faultsIn(request, before).unusable === undefined)
        throw new ActError(
          'modelFailed',
          `The model returned no ${kind} document, so nothing was changed. ${faults.unusable} Its words are in the agent view.`,
        );
      session.append({ type: 'revision.proposed', before, after: withLineEndsOf(before, after) });
      await session.end('done');
    } catch (error) {
      await endBadly(session, error);
    } finally {
      await refresh(request.spec);
    }
  }

  async function runParts(
    session: Session,
    model: Model,
    prompt: Prompt,
    request: PartsRequest,
  ): Promise<void> {
    const { kind, current, compose } = request;
    const known = new Set(faultsIn(request, current).lines);
    const made = new Map<string, Composed>();
    const mending = createMending({
      session,
      answer() {
        let said = '';
        return {
          feed(text) {
            said += text;
          },
          end() {
            const composed = compose(said);
            made.set(composed.text, composed);
            return composed.text;
          },
        };
      },
      // What was wrong before is not this request's to mend.
      faults(text) {
        const { lines, unusable } = faultsIn(request, text);
        return { lines: lines.filter((line) => !known.has(line)), unusable };
      },
      noDocument: () => refuseNoDocument('', false),
    });
    try {
      await ask(session, model, prompt, mending).catch((error: unknown) =>
        keepUnmended(session, mending, error),
      );
      const after = mending.best?.text ?? current;
      const notes = made.get(after)?.notes ?? [];
      if (after === current && notes.length === 0)
        session.append({
          type: 'note',
          level: 'info',
          text: `The model found nothing to change in ${FILE_NAMES[kind]}.`,
        });
      for (const text of notes) session.append({ type: 'note', level: 'warning', text });
      if (after !== current) session.append(proposal(request, after, notes));
      await session.end('done');
    } catch (error) {
      await endBadly(session, error);
    } finally {
      await refresh(request.spec);
    }
  }

  async function codeOf({ root, start }: DraftRequest): Promise<{ code: CodeRead; files: FileSystem }> {
    const read = start?.code === undefined ? files : await reading(root);
    const code = start?.code === undefined ? NO_CODE : await readCode(read, root, start.code);
    return { code, files: read };
  }

  return {
    reviseParts: (request) =>
      alone(request.spec, async () => {
        const { root, spec, kind, title } = request;
        const model = await requireModel(ports, 'review');
        const prompt = request.prompt(await steering(root));
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
        const { code, files: read } = await codeOf(request);
        const material = await materialOf(files, request, await steering(request.root), code.sources);
        const { start } = request;
        const mayRefuse = start !== undefined && start.anyway !== true && start.code === undefined;
        const session = begin(request, model, 'Draft');
        if (code.leftOut.length > 0)
          session.append({ type: 'note', level: 'warning', text: notRead(code.leftOut) });
        const finishing = createFinishing(read, request);
        const prompt = draftPrompt({ ...material, mayRefuse });
        return watched(session, request.spec, runDraft(session, model, prompt, request, finishing));
      }),
    revise: (request, wish) =>
      alone(request.spec, async () => {
        const model = await requireModel(ports, 'review');
        const { kind, current, before, about } = request;
        const material = await materialOf(files, request, await steering(request.root));
        // What is rehearsed knows whole documents alone.
        const parts = model.rehearsed ? undefined : partMaterial(kind, current, before, about);
        const session = begin(request, model, 'Revise');
        if (parts === undefined) {
          const prompt = revisePrompt(material, current, wish);
          const whole = { answer: wholeAnswer, insist: () => undefined };
          return watched(session, request.spec, runRevision(session, model, prompt, request, whole));
        }
        const { units, documents, outline } = parts;
        const prompt = revisePartsPrompt({ ...material, documents }, units, outline, wish);
        const answers = partAnswers(current, units);
        return watched(session, request.spec, runRevision(session, model, prompt, request, answers));
      }),
  };
}

/** Only what there is to say: no notes are nothing in the log. */
function proposal(
  { current: before, follows }: PartsRequest,
  after: string,
  notes: readonly string[],
): SessionEventBody {
  return {
    type: 'revision.proposed',
    before,
    after,
    ...(notes.length > 0 ? { notes } : {}),
    ...(follows === undefined ? {} : { follows }),
  };
}

const SMALL = /^\s*(?:[*`_]*)TOO SMALL(?:[*`_]*)[:.,–—-]?\s*([\s\S]*)/;

function refuseNoDocument(answer: string, mayBeSmall: boolean): never {
  const why = mayBeSmall ? SMALL.exec(answer)?.[1] : undefined;
  if (why === undefined) throw new ActError('modelFailed', NOT_A_DOCUMENT);
  const reason = why.trim();
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`;
  throw new ActError('tooSmall', `This change may be too small for a spec. ${sentence}`.trim());
}

const MOST_NAMED = 10;

function notRead(paths: readonly string[]): string {
  const named = paths.slice(0, MOST_NAMED).join(', ');
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
  return `Not read, since it is too much at once or no text: ${named}${more}. Choose fewer files to have them read.`;
}

/** Models write line feeds; a file with others keeps its own, or every line of it would show as changed. */
function withLineEndsOf(before: string, after: string): string {
  return before.includes('\r\n') ? after.replace(/\r?\n/g, '\r\n') : after;
}
