/**
 * Derives `product.md`, `tech.md` and `structure.md` from the repository. What comes of it is a proposal: nothing is
 * written before the person has seen it beside what stands there.
 */
import { ActError } from '../actError';
import { DENIES_ALL } from '../agent/permissions';
import type { Session, Sessions } from '../agent/session/sessions';
import { requireModel } from '../agent/turn/requireModel';
import { converse } from '../agent/turn/turnLoop';
import type { FileSystem, Ports } from '../ports';
import { errorMessage } from '../util/errorMessage';
import { joinPath } from '../util/path';
import { FOUNDATION, type FoundationName, steeringPrompt } from '../workflow/prompts/steeringPrompt';
import { readPartAnswers } from '../workflow/upkeep/partAnswers';
import { repositoryMaterial } from './foundationFiles';

export interface SteeringProposal {
  readonly name: FoundationName;
  readonly path: string;
  /** Undefined: there is none yet. */
  readonly before: string | undefined;
  readonly after: string;
}

export interface SteeringDraft {
  readonly session: string;
  /** Only documents that would change. Rejects with what a person should read. */
  readonly proposals: Promise<readonly SteeringProposal[]>;
}

export interface Foundation {
  /** The documents that there are already. */
  present(root: string): Promise<readonly FoundationName[]>;
  /** @param names All three where empty. @param wish What should be different in them. */
  propose(root: string, names: readonly FoundationName[], wish?: string): Promise<SteeringDraft>;
  /** Writes what the person took. Rejects with an `ActError` where it was changed since it was proposed. */
  accept(proposals: readonly SteeringProposal[]): Promise<void>;
}

const MAX_TOKENS = 8_000;
const NOTHING =
  'The model’s answer holds none of the documents, or it was cut off, so nothing is proposed. Its words are in the agent view. Try again.';
const HEADER = /^\uFEFF?---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)\s*/;
/** As Kiro writes it for documents that are always included. */
const ALWAYS = '---\ninclusion: always\n---\n\n';

export interface FoundationParts {
  readonly ports: Ports;
  readonly sessions: Sessions;
  /** Files of a workspace folder as the agent may read them. */
  readonly reading: (root: string) => Promise<FileSystem>;
}

export function createFoundation({ ports, sessions, reading }: FoundationParts): Foundation {
  const { files } = ports;
  const pathOf = (root: string, name: FoundationName) => joinPath(root, '.kiro/steering', name);

  async function currentOf(root: string, names: readonly FoundationName[]) {
    return Promise.all(
      names.map(async (name) => ({ name, current: await files.readText(pathOf(root, name)) })),
    );
  }

  async function ask(
    session: Session,
    material: Parameters<typeof steeringPrompt>[0],
    model: Parameters<typeof converse>[0]['model'],
  ): Promise<string> {
    const { system, user } = steeringPrompt(material);
    let said = '';
    await converse({
      session,
      model,
      system,
      prompt: user,
      tools: [],
      maxTokens: MAX_TOKENS,
      maxTurns: 1,
      contextTokens: ports.settings.get().contextTokens,
      gate: DENIES_ALL,
      context: { root: session.state.started.root, files, processes: ports.processes, onWrite: () => {} },
      now: () => ports.clock.now(),
      onText: (text) => {
        said += text;
      },
    });
    return said;
  }

  return {
    async present(root) {
      const all = await currentOf(root, FOUNDATION);
      return all.flatMap(({ name, current }) => (current === undefined ? [] : [name]));
    },

    async propose(root, wanted, wish) {
      const names = wanted.length === 0 ? FOUNDATION : wanted;
      const model = await requireModel(ports, 'drafting');
      const [documents, repository] = await Promise.all([
        currentOf(root, names),
        repositoryMaterial(await reading(root), root),
      ]);
      const said = wish?.trim() === '' ? undefined : wish?.trim();
      const session = sessions.start({
        kind: 'revision',
        title: names.length === 1 ? `Steering: ${names[0]}` : 'Steering: product, tech, structure',
        root,
        model: model.name,
        rehearsed: model.rehearsed,
      });
      const run = async () => {
        try {
          const answer = await ask(session, { repository, documents, wish: said }, model);
          const proposals = proposalsOf(answer, documents, (name) => pathOf(root, name));
          await session.end('done');
          return proposals;
        } catch (error) {
          await session.end(session.abort.signal.aborted ? 'cancelled' : 'failed', errorMessage(error));
          throw error;
        }
      };
      const proposals = run();
      proposals.catch(() => {});
      return { session: session.id, proposals };
    },

    async accept(proposals) {
      for (const { path, name, before } of proposals)
        if ((await files.readText(path)) !== before)
          throw new ActError(
            'changed',
            `${name} changed since this was proposed, so nothing was written. Generate it again.`,
          );
      for (const { path, after } of proposals) await files.writeText(path, after);
    },
  };
}

function proposalsOf(
  answer: string,
  documents: readonly { readonly name: FoundationName; readonly current: string | undefined }[],
  pathOf: (name: FoundationName) => string,
): readonly SteeringProposal[] {
  const answers = readPartAnswers(answer);
  const proposals = documents.flatMap(({ name, current }): readonly SteeringProposal[] => {
    const words = answers
      ?.find(({ id }) => id === name)
      ?.text.replace(HEADER, '')
      .trim();
    if (words === undefined || words === '') return [];
    // How it is included is the person's choice, and not the model's.
    const header = current === undefined ? ALWAYS : (HEADER.exec(current)?.[0] ?? '');
    const after = withLineEndsOf(current ?? '', `${header}${words}\n`);
    return after === current ? [] : [{ name, path: pathOf(name), before: current, after }];
  });
  const asked = answers !== undefined && (answers.length === 0 || proposals.length > 0);
  const same = answers?.some(({ id }) => documents.some(({ name }) => name === id)) === true;
  if (!asked && !same) throw new ActError('modelFailed', NOTHING);
  if (documents.every(({ current }) => current === undefined) && proposals.length === 0)
    throw new ActError('modelFailed', NOTHING);
  return proposals;
}

function withLineEndsOf(like: string, text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  return like.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines;
}
