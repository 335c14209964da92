/** What the person attaches to their words: texts that a mention stands for, and pictures. */
import type { Block, ImageType } from './model';

export type Attachment =
  | {
      readonly type: 'text';
      /** As it stands in the words: `#file:src/queue.ts`. */
      readonly mention: string;
      /** What it is when it was attached. */
      readonly text: string;
    }
  | {
      readonly type: 'image';
      readonly name: string;
      readonly mediaType: ImageType;
      /** Its data lies beside the log: see `images.ts`. */
      readonly ref: string;
    };

/** What a view says of an attachment. */
export interface AttachmentLabel {
  readonly type: Attachment['type'];
  readonly label: string;
  readonly lines?: number;
}

export function labelOf(attachment: Attachment): AttachmentLabel {
  if (attachment.type === 'image') return { type: 'image', label: attachment.name };
  return { type: 'text', label: attachment.mention, lines: attachment.text.split('\n').length };
}

/** A message as the model is sent it: what is attached first, marked as material, then the words. */
export function blocksOf(text: string, attachments: readonly Attachment[]): readonly Block[] {
  const words: readonly Block[] = text.trim() === '' ? [] : [{ type: 'text', text }];
  return [...attachments.map(blockOf), ...words];
}

function blockOf(attachment: Attachment): Block {
  if (attachment.type === 'image') {
    const { mediaType, ref } = attachment;
    return { type: 'image', mediaType, ref };
  }
  return { type: 'text', text: marked(attachment.mention, attachment.text) };
}

/** Text that cannot end its own mark. */
function marked(mention: string, text: string): string {
  const name = mention.replace(/["<>\n\r]/g, '_');
  return `<attached name="${name}">\n${text.replace(/<(\s*\/?\s*)attached/gi, '<$1 attached').trimEnd()}\n</attached>`;
}
