/** The kinds of mentions there are, what they complete to, and what they stand for when a message is sent. */
import { ActError } from '../../actError';
import { later } from '../../later';
import type { FileSystem } from '../../ports';
import type { Spec } from '../../spec/model';
import { type AbortSignal, createAbort } from '../../util/abort';
import { type Disposable, toDisposable } from '../../util/disposable';
import { errorMessage } from '../../util/errorMessage';
import type { Attachment } from '../turn/attachments';
import { file, folder } from './fileMentions';
import type { MentionChoice, MentionContext, MentionKind } from './mention';
import { findMentions, mentionText } from './mentionText';
import { spec } from './specMentions';
import { calledGuidance, steering } from './steeringMentions';

/** Those that the core knows by itself. To add one: a file beside this, and its name here. */
const OWN: readonly MentionKind[] = [file, folder, spec, steering];

/** Characters of one mention, and of all in a message. */
const MOST_OF_ONE = 40_000;
const MOST_OF_ALL = 160_000;

export type KindSummary = Pick<MentionKind, 'name' | 'description' | 'takes'>;

export interface Mentions {
  readonly kinds: readonly KindSummary[];
  /** A kind that the host knows: problems, terminal, git. */
  add(kind: MentionKind): Disposable;
  choices(root: string, kind: string, query: string, signal: AbortSignal): Promise<readonly MentionChoice[]>;
  /** What the mentions in a text stand for, each once. Rejects with an `ActError` that names what is not there. */
  resolve(root: string, text: string): Promise<readonly Attachment[]>;
}

/** @param reading the files of a folder, but for those that a rule keeps from being read */
export function createMentions(
  files: FileSystem,
  specs: () => readonly Spec[],
  reading: (root: string) => Promise<FileSystem>,
  kiroHome?: string,
): Mentions {
  const kinds = new Map(OWN.map((kind) => [kind.name, kind]));

  function contextOf(root: string): MentionContext {
    return {
      root,
      files,
      specs,
      kiroHome,
      reading: () => reading(root),
      async isReadable(path) {
        const { isReadable } = await later.looking();
        return isReadable(await reading(root), root, path);
      },
      async readableDiff(diff, base) {
        const { readableDiff } = await later.looking();
        const { parts, left } = await readableDiff(await reading(root), root, diff, base);
        const note = left === 0 ? '' : `[${left === 1 ? '1 file is' : `${left} files are`} kept from you]`;
        return [parts.join(''), note].filter((each) => each !== '').join('\n');
      },
    };
  }

  async function textOf(kind: MentionKind, argument: string, root: string): Promise<string> {
    const mention = mentionText(kind.name, argument);
    let text: string | undefined;
    try {
      text = await kind.resolve(argument, contextOf(root), createAbort().signal);
    } catch (error) {
      throw new ActError('invalid', `“${mention}” cannot be attached. ${errorMessage(error)}`);
    }
    if (text === undefined)
      throw new ActError(
        'notFound',
        `“${mention}” is not there. Nothing was sent: correct it, or take it out.`,
      );
    return text;
  }

  return {
    get kinds() {
      return [...kinds.values()].map(({ name, description, takes }) => ({ name, description, takes }));
    },
    add(kind) {
      kinds.set(kind.name, kind);
      return toDisposable(() => void kinds.delete(kind.name));
    },
    async choices(root, kind, query, signal) {
      return (await kinds.get(kind)?.choices?.(query, contextOf(root), signal)) ?? [];
    },
    async resolve(root, text) {
      const attached = new Map<string, Attachment>();
      let left = MOST_OF_ALL;
      const called = await calledGuidance(text, contextOf(root));
      const found = findMentions(text, new Set(kinds.keys()));
      for (const { kind: name, argument } of [...called, ...found]) {
        const mention = mentionText(name, argument);
        const kind = kinds.get(name);
        // A bare `#file` is just a word.
        if (!kind || (kind.takes && argument === '') || attached.has(mention)) continue;
        const whole = await textOf(kind, argument, root);
        const kept = cut(whole, Math.min(MOST_OF_ONE, left));
        left -= Math.min(whole.length, MOST_OF_ONE, left);
        attached.set(mention, { type: 'text', mention, text: kept });
      }
      return [...attached.values()];
    },
  };
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}\n[cut: ${most} of ${text.length} characters]`;
}
