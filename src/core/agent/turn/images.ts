/** Pictures of a session, beside its log: too large for it, and gone with it. */
import { ActError } from '../../actError';
import type { FileSystem, Hasher } from '../../ports';
import { joinPath } from '../../util/path';
import type { Attachment } from './attachments';
import type { Block, ImageType, Message } from './model';

/** As it is pasted. */
export interface Picture {
  readonly name: string;
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
}

export interface Images {
  /** Keeps it; rejects with an `ActError` for what is no picture that a model takes. */
  keep(log: string, picture: Picture): Promise<Extract<Attachment, { type: 'image' }>>;
  /** Messages with the data of their pictures; one that is gone is said so. */
  fill(log: string, messages: readonly Message[]): Promise<readonly Message[]>;
  /** As they were pasted; those that are gone are left out. */
  read(log: string, attachments: readonly Attachment[]): Promise<readonly Picture[]>;
  /** For a log that goes on from another one. */
  copy(from: string, to: string): Promise<void>;
  remove(log: string): Promise<void>;
}

const TYPES: Readonly<Record<ImageType, RegExp>> = {
  'image/png': /^iVBORw0KGgo/,
  'image/jpeg': /^\/9j\//,
  'image/gif': /^R0lGOD/,
  'image/webp': /^UklGR/,
};

/** The service takes 5 MB of each, counted as base64. */
const MOST = 5_000_000;

/** Tokens of a picture, at the most: the service makes larger ones smaller. */
export const IMAGE_TOKENS = 1600;

/** @param log Path of a session's log, `…/id.jsonl` */
function folderOf(log: string): string {
  return `${log.replace(/\.jsonl$/, '')}.images`;
}

export function createImages(files: FileSystem, hasher: Hasher): Images {
  async function load(log: string, block: Block): Promise<Block> {
    if (block.type !== 'image') return block;
    const data = await files.readText(joinPath(folderOf(log), block.ref)).catch(() => undefined);
    if (data === undefined) return { type: 'text', text: '[A picture that is no longer kept.]' };
    return { ...block, data };
  }

  async function pasted(log: string, attachment: Attachment): Promise<readonly Picture[]> {
    if (attachment.type !== 'image') return [];
    const { name, mediaType, ref } = attachment;
    const data = await files.readText(joinPath(folderOf(log), ref)).catch(() => undefined);
    return data === undefined ? [] : [{ name, mediaType, data }];
  }

  return {
    async keep(log, { name, mediaType, data }) {
      if (!isType(mediaType) || !TYPES[mediaType].test(data) || !/^[a-zA-Z0-9+/]+={0,2}$/.test(data))
        throw new ActError('invalid', `“${name}” is not a PNG, JPEG, GIF or WebP picture.`);
      if (data.length > MOST)
        throw new ActError('invalid', `“${name}” is too large: a picture may have 3.7 MB. Make it smaller.`);
      const ref = hasher.sha256(data).slice(0, 32);
      await files.writeText(joinPath(folderOf(log), ref), data);
      return { type: 'image', name, mediaType, ref };
    },
    async fill(log, messages) {
      const hasImage = ({ content }: Message) => content.some(({ type }) => type === 'image');
      if (!messages.some(hasImage)) return messages;
      return Promise.all(
        messages.map(async (message) =>
          hasImage(message)
            ? {
                ...message,
                content: await Promise.all(message.content.map((block) => load(log, block))),
              }
            : message,
        ),
      );
    },
    async read(log, attachments) {
      return (await Promise.all(attachments.map((each) => pasted(log, each)))).flat();
    },
    async copy(from, to) {
      for (const { name } of await files.list(folderOf(from))) {
        const data = await files.readText(joinPath(folderOf(from), name));
        if (data !== undefined) await files.writeText(joinPath(folderOf(to), name), data);
      }
    },
    remove: (log) => files.remove(folderOf(log)),
  };
}

function isType(type: string): type is ImageType {
  return Object.hasOwn(TYPES, type);
}
