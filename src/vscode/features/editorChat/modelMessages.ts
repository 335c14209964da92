/** The editor's messages as the Messages API has them: one system prompt, turns that alternate, results before words. */
import * as vscode from 'vscode';
import type { Block, ImageType, Message } from '../../../core/agent/turn/model';
import type { ChatRequestMessage } from '../../adapters/chatProvider';

/** The editor has such a role; its types do not tell of it yet. */
const SYSTEM = 3;
const PICTURES: readonly ImageType[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

export function toConversation(given: readonly ChatRequestMessage[]): {
  readonly system: string;
  readonly messages: readonly Message[];
} {
  const system: string[] = [];
  const messages: Message[] = [];
  for (const { role, content } of given) {
    const blocks = content.flatMap(toBlocks);
    if (role === SYSTEM) {
      system.push(textOf(blocks));
      continue;
    }
    const who = role === vscode.LanguageModelChatMessageRole.Assistant ? 'assistant' : 'user';
    const last = messages.at(-1);
    if (last?.role === who)
      messages[messages.length - 1] = { role: who, content: [...last.content, ...blocks] };
    else messages.push({ role: who, content: blocks });
  }
  return {
    system: system.join('\n\n'),
    messages: messages.map(({ role, content }) => ({ role, content: resultsFirst(content) })),
  };
}

function toBlocks(part: unknown): readonly Block[] {
  if (part instanceof vscode.LanguageModelTextPart) return part.value === '' ? [] : [text(part.value)];
  if (part instanceof vscode.LanguageModelToolCallPart)
    return [{ type: 'tool_use', id: part.callId, name: part.name, input: part.input }];
  if (part instanceof vscode.LanguageModelToolResultPart) {
    const content = part.content.flatMap(toBlocks);
    const pictures = content.filter(({ type }) => type === 'image');
    return [
      { type: 'tool_result', toolUseId: part.callId, content: textOf(content), isError: false },
      ...pictures,
    ];
  }
  return isData(part) ? dataBlocks(part) : [];
}

interface Data {
  readonly mimeType: string;
  readonly data: Uint8Array;
}

/** The editor's part for data is newer than the lowest version that we support, so it is known by its looks. */
function isData(part: unknown): part is Data {
  const { mimeType, data } = (part ?? {}) as Partial<Data>;
  return typeof mimeType === 'string' && data instanceof Uint8Array;
}

function dataBlocks({ mimeType, data }: Data): readonly Block[] {
  const mediaType = PICTURES.find((type) => type === mimeType);
  if (mediaType) return [{ type: 'image', mediaType, ref: '', data: Buffer.from(data).toString('base64') }];
  return /^text\/|json$/.test(mimeType) ? [text(new TextDecoder().decode(data))] : [];
}

function text(value: string): Block {
  return { type: 'text', text: value };
}

function textOf(blocks: readonly Block[]): string {
  return blocks.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** The service wants the results of calls at the beginning. */
function resultsFirst(blocks: readonly Block[]): readonly Block[] {
  const isResult = ({ type }: Block) => type === 'tool_result';
  return [...blocks.filter(isResult), ...blocks.filter((block) => !isResult(block))];
}
