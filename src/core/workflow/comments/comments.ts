/** The comments of a review: one store for the editor and the panel, and one request made of many. */
import { ActError } from '../../actError';
import type { Ports } from '../../ports';
import type { DocumentKind, Spec } from '../../spec/model';
import { documentOf, FILE_NAMES } from '../../spec/readSpec';
import { Emitter, type Event } from '../../util/event';
import type { TextRange } from '../../util/textRange';
import { anchorAt, type Placed, placeAnchor } from './anchor';
import { addComments, type CommentEvent, commentsPath, foldComments, type Thread } from './records';

export interface PlacedThread extends Thread, Placed {}

export interface Comments {
  /** Of a document, where they stand now. */
  threads(spec: Spec, kind: DocumentKind): Promise<readonly PlacedThread[]>;
  /** Rejects with an `ActError` where there is no such document, or nothing is said. */
  comment(spec: Spec, kind: DocumentKind, range: TextRange, text: string): Promise<void>;
  answer(spec: Spec, thread: string, text: string): Promise<void>;
  reword(spec: Spec, thread: string, comment: string, text: string): Promise<void>;
  remove(spec: Spec, thread: string, comment: string): Promise<void>;
  resolve(spec: Spec, thread: string, resolved: boolean): Promise<void>;
  /**
   * The open threads of a document as one request for changes, and how to say that it was sent.
   * Undefined where none waits.
   */
  request(spec: Spec, kind: DocumentKind): Promise<CommentRequest | undefined>;
  /** With the spec's folder. */
  readonly onDidChange: Event<string>;
}

export interface CommentRequest {
  readonly text: string;
  readonly count: number;
  /** The parts that they are about. */
  readonly about: readonly string[];
  sent(): Promise<void>;
  /** Nothing came of it: they wait again. */
  unsent(): Promise<void>;
}

export function createComments(ports: Pick<Ports, 'files' | 'ids' | 'clock' | 'person' | 'log'>): Comments {
  const { files, ids, clock, person, log } = ports;
  const changed = new Emitter<string>((error) => log.error('A listener of comments failed', error));

  async function record(spec: Spec, events: readonly CommentEvent[]): Promise<void> {
    const by = await person.name();
    const at = new Date(clock.now()).toISOString();
    await addComments(
      files,
      spec.path,
      events.map((event) => ({ v: 1, at, id: ids.uuid(), by, ...event })),
    );
    changed.fire(spec.path);
  }

  const all = async (spec: Spec) => foldComments((await files.readText(commentsPath(spec.path))) ?? '');

  return {
    async threads(spec, kind) {
      const document = documentOf(spec, kind)?.document;
      if (document === undefined) return [];
      const own = (await all(spec)).filter((thread) => thread.document === FILE_NAMES[kind]);
      return own.map((thread) => ({ ...thread, ...placeAnchor(document, thread) }));
    },
    async comment(spec, kind, range, text) {
      const document = documentOf(spec, kind)?.document;
      if (document === undefined)
        throw new ActError('notFound', `There is no ${FILE_NAMES[kind]} to comment on.`);
      const anchor = anchorAt(document, range);
      await record(spec, [{ type: 'commented', document: FILE_NAMES[kind], ...anchor, text: said(text) }]);
    },
    answer: async (spec, thread, text) => record(spec, [{ type: 'answered', thread, text: said(text) }]),
    reword: async (spec, thread, comment, text) =>
      record(spec, [{ type: 'reworded', thread, comment, text: said(text) }]),
    remove: (spec, thread, comment) => record(spec, [{ type: 'removed', thread, comment }]),
    resolve: (spec, thread, resolved) => record(spec, [{ type: 'resolved', thread, resolved }]),
    async request(spec, kind) {
      const own = (await all(spec)).filter(
        ({ document, resolved, sent }) => document === FILE_NAMES[kind] && !resolved && !sent,
      );
      if (own.length === 0) return undefined;
      const tell = (type: 'sent' | 'unsent') =>
        record(
          spec,
          own.map(({ id }) => ({ type, thread: id })),
        );
      return {
        text: requestOf(own),
        about: [...new Set(own.map(({ part }) => part))],
        count: own.length,
        sent: () => tell('sent'),
        unsent: () => tell('unsent'),
      };
    },
    onDidChange: changed.event,
  };
}

function said(text: string): string {
  const words = text.trim();
  if (words === '') throw new ActError('invalid', 'Write something first.');
  return words;
}

/** Each comment with the words that it is about, so that one request carries them all. */
function requestOf(threads: readonly Thread[]): string {
  const items = threads.map(({ part, quote, comments }, index) => {
    const where = [part, quote === '' ? '' : `“${quote.replace(/\s+/g, ' ')}”`]
      .filter((word) => word !== '')
      .join(', ');
    return `${index + 1}. ${where}:\n${comments.map(({ text }) => `   ${text.replace(/\n/g, '\n   ')}`).join('\n')}`;
  });
  return `Comments of the review. Change what they ask for, and nothing else.\n\n${items.join('\n')}`;
}
