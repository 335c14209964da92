/** Questions before the first draft: one request without tools, in a session like any other. */
import * as z from 'zod';
import { ActError } from '../../actError';
import { DENIES_ALL } from '../../agent/permissions';
import type { Attachment } from '../../agent/turn/attachments';
import { requireModel } from '../../agent/turn/requireModel';
import { requirePictures } from '../../agent/turn/requirePictures';
import { converse } from '../../agent/turn/turnLoop';
import { errorMessage } from '../../util/errorMessage';
import { materialOf } from '../drafting/draftMaterial';
import { clarifyPrompt, MOST_QUESTIONS } from '../prompts/clarifyPrompt';
import type { BeginningsOptions } from './beginnings';
import type { SpecStart } from './start';

export interface Question {
  readonly question: string;
  /** Why the answer matters. */
  readonly why: string;
  readonly options: readonly string[];
  /** Number of an option. */
  readonly recommended: number;
}

export interface Clarification {
  /** Why the change needs no spec; undefined where it does. */
  readonly small: string | undefined;
  readonly questions: readonly Question[];
}

export interface Clarifying {
  readonly session: string;
  /** Rejects with what a person should read. */
  readonly done: Promise<Clarification>;
}

const MAX_TOKENS = 4000;
const AGAIN =
  'That is not the JSON that was asked for. Answer with the JSON object alone, as in the example, without a code fence.';

const schema = z.object({
  small: z.string().nullish(),
  questions: z.array(
    z.object({
      question: z.string().min(1),
      why: z.string().default(''),
      options: z.array(z.string().min(1)).default([]),
      recommended: z.number().int().default(0),
    }),
  ),
});

export function createClarify({
  ports,
  sessions,
  steering: steeringOf,
}: BeginningsOptions): (root: string, idea: string, start?: SpecStart) => Promise<Clarifying> {
  return async (root, idea, { sources = [], pictures = [] } = {}) => {
    if (idea.trim() === '') throw new ActError('invalid', 'Describe the idea in a sentence.');
    const model = await requireModel(ports, 'drafting');
    await requirePictures(model, pictures);
    const about = { root, kind: 'requirements', idea, before: [], properties: true } as const;
    const { steering, files } = await materialOf(ports.files, about, await steeringOf(root));
    const prompt = clarifyPrompt({ idea: idea.trim(), steering, files, sources });
    const session = sessions.start({
      kind: 'draft',
      title: 'Questions about the idea',
      root,
      model: model.name,
      rehearsed: model.rehearsed,
    });
    let answer = '';
    let found: Clarification | undefined;
    let asked = 0;
    const run = async (): Promise<Clarification> => {
      try {
        const attachments: Attachment[] = [];
        for (const picture of pictures) attachments.push(await sessions.keepPicture(session.id, picture));
        await converse({
          session,
          model,
          system: prompt.system,
          prompt: prompt.user,
          attachments,
          tools: [],
          maxTokens: MAX_TOKENS,
          maxTurns: 2,
          contextTokens: ports.settings.get().contextTokens,
          gate: DENIES_ALL,
          context: { root, files: ports.files, processes: ports.processes, onWrite: () => {} },
          now: () => ports.clock.now(),
          withPictures: (messages) => sessions.withPictures(session.id, messages),
          onText: (text) => {
            answer += text;
          },
          replyTo() {
            found = readClarification(answer);
            answer = '';
            return found === undefined && asked++ === 0 ? AGAIN : undefined;
          },
        });
        if (found === undefined)
          throw new ActError(
            'modelFailed',
            'The model’s questions could not be read. Its words are in the agent view.',
          );
        await session.end('done');
        return found;
      } catch (error) {
        await session.end(session.abort.signal.aborted ? 'cancelled' : 'failed', errorMessage(error));
        throw error;
      }
    };
    const done = run();
    done.catch(() => {});
    return { session: session.id, done };
  };
}

/** From the first brace to the last: some models say something around it. */
export function readClarification(answer: string): Clarification | undefined {
  const json = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
  try {
    const { small, questions } = schema.parse(JSON.parse(json));
    return {
      small: small?.trim() || undefined,
      questions: questions.slice(0, MOST_QUESTIONS).map((each) => {
        const options = [...new Set(each.options.map((option) => option.trim()))].slice(0, 4);
        return {
          ...each,
          options,
          recommended: options[each.recommended] === undefined ? 0 : each.recommended,
        };
      }),
    };
  } catch {
    return undefined;
  }
}
