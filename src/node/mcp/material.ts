/** What a server answers, as text that a model can read; pictures and other data are named with their kind and size. */
import type { ContentBlock } from '@modelcontextprotocol/sdk/types.js';

interface Part {
  readonly uri: string;
  readonly mimeType?: string | undefined;
  readonly text?: string | undefined;
  readonly blob?: string | undefined;
}

export function contentText(blocks: readonly ContentBlock[]): string {
  return blocks.map(blockText).join('\n');
}

function blockText(block: ContentBlock): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'image':
    case 'audio':
      return `[${block.type}, ${block.mimeType}, ${sizeOf(block.data)}; not shown]`;
    case 'resource_link':
      return `[resource ${block.uri}: ${block.name}${block.description ? `, ${block.description}` : ''}]`;
    case 'resource':
      return resourceText(block.resource);
  }
}

export function resourceText({ uri, mimeType, text, blob }: Part): string {
  if (text !== undefined) return `[resource ${uri}]\n${text}`;
  return `[resource ${uri}, ${mimeType ?? 'data'}, ${sizeOf(blob ?? '')}; not shown]`;
}

function sizeOf(base64: string): string {
  const bytes = Math.floor((base64.length * 3) / 4);
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`;
}
