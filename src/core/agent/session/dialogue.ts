/**
 * The conversation as the model is sent it. The turn loop grows it live and a log grows it again in the same way,
 * so that a session which is gone on with says exactly what it would have said. Whatever it is told, and in whatever
 * order, its messages are such that the Messages API takes them.
 */
import { type Attachment, blocksOf } from '../turn/attachments';
import { summaryOf } from '../turn/compaction';
import type { Block, Message, StopReason, Thinking, ToolResultBlock, ToolUseBlock } from '../turn/model';

/** As far as the conversation is concerned. */
export interface Said {
  readonly content: readonly Block[];
  readonly thinking?: Thinking;
  readonly stop: StopReason;
}

export interface Dialogue {
  /** The person's words and what they attached, after the results of the last answer's calls. */
  say(text: string, attachments?: readonly Attachment[]): void;
  /** An answer that came whole; one that was cut or refused is left out: it is asked for again. */
  answer(said: Said): void;
  result(call: string, ok: boolean, output: string): void;
  /** Calls of the last answer, in the model's order, that have no result yet. */
  readonly open: readonly ToolUseBlock[];
  /** Leaves out so many messages after the first; a summary of all that was ever left out takes their place. */
  leaveOut(count: number): void;
  /** What the next request sends; ends with the person's side, unless nothing was said after an answer. */
  messages(): readonly Message[];
}

const INTERRUPTED = 'It was interrupted; its effect is unknown.';

export function createDialogue(): Dialogue {
  const messages: Message[] = [];
  const left: Message[] = [];
  /** The first message as it was said. */
  let first: readonly Block[] = [];
  let calls: readonly ToolUseBlock[] = [];
  let results = new Map<string, ToolResultBlock>();

  function add(role: Message['role'], content: readonly Block[], thinking?: Thinking): void {
    const last = messages.at(-1);
    if (content.length === 0) return;
    if (last?.role === role) messages.splice(-1, 1, { role, content: [...last.content, ...content] });
    else messages.push({ role, content, ...(thinking && { thinking }) });
  }

  /** The last answer's results are part of the conversation now. */
  function settle(): void {
    add('user', settled());
    calls = [];
    results = new Map();
  }

  function settled(): readonly Block[] {
    return calls.map(({ id }) => results.get(id) ?? resultOf(id, false, INTERRUPTED));
  }

  return {
    say(text, attachments = []) {
      settle();
      add('user', blocksOf(text, attachments));
    },
    answer(said) {
      if (messages.length === 0 || !isWhole(said)) return;
      settle();
      calls = said.stop === 'tool_use' ? callsIn(said) : [];
      // Blank text is refused by the service.
      const shown = said.content.filter(
        (block) =>
          (block.type === 'text' && block.text.trim() !== '') ||
          (block.type === 'tool_use' && calls.length > 0),
      );
      // Without a call nothing goes on from it.
      add('assistant', shown, calls.length > 0 ? said.thinking : undefined);
    },
    result(call, ok, output) {
      if (calls.some(({ id }) => id === call)) results.set(call, resultOf(call, ok, output));
    },
    leaveOut(count) {
      const [head] = messages;
      if (head === undefined || count <= 0) return;
      if (left.length === 0) first = head.content;
      left.push(...messages.splice(1, count));
      messages[0] = { role: head.role, content: [...first, { type: 'text', text: summaryOf(left) }] };
    },
    get open() {
      return calls.filter(({ id }) => !results.has(id));
    },
    messages() {
      const last = settled();
      return last.length === 0 ? [...messages] : [...messages, { role: 'user', content: last }];
    },
  };
}

/** The calls of an answer. */
export function callsIn({ content }: Pick<Said, 'content'>): readonly ToolUseBlock[] {
  return content.filter((block) => block.type === 'tool_use');
}

/** Is it an answer that the conversation goes on from? */
function isWhole(said: Said): boolean {
  if (said.stop !== 'tool_use') return said.stop === 'end_turn';
  const ids = callsIn(said).map(({ id }) => id);
  return ids.length > 0 && new Set(ids).size === ids.length;
}

function resultOf(toolUseId: string, ok: boolean, content: string): ToolResultBlock {
  return { type: 'tool_result', toolUseId, content, isError: !ok };
}
