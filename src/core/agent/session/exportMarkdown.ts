/** A session as a Markdown document: for people, to keep or to share. Pure. */
import type { AttachmentLabel } from '../turn/attachments';
import { editsOf, type FileEdit } from './events';
import { type CheckItem, type SessionItem, type SessionState, type ToolItem, titleOf } from './sessionState';

/** Characters of a call's output. */
const MOST_OUTPUT = 4000;

/** @param day The day on which it started, `2026-11-27`. */
export function exportMarkdown(state: SessionState, day: string): string {
  const { started, cost } = state;
  const facts = [
    `- Model: ${started.model}${started.rehearsed ? ' (rehearsed)' : ''}`,
    `- Started: ${day}`,
    `- State: ${state.status}${state.reason ? `: ${oneLine(state.reason)}` : ''}`,
    ...(cost === undefined ? [] : [`- Cost: $${cost.toFixed(4)}`]),
  ];
  const parts = state.items.map(partOf).filter((part) => part !== '');
  return `${[`# ${oneLine(titleOf(state))}`, facts.join('\n'), ...parts].join('\n\n')}\n`;
}

function partOf(item: SessionItem): string {
  switch (item.type) {
    case 'user':
      return ['## You', ...attachedLine(item.attachments), item.text.trim()]
        .filter((line) => line !== '')
        .join('\n\n');
    case 'text':
      return `## Agent\n\n${item.text.trim()}`;
    case 'note':
      return `> ${item.level}: ${oneLine(item.text)}`;
    case 'check':
      return checkPart(item);
    case 'tool':
      return toolPart(item);
  }
}

function attachedLine(attachments: readonly AttachmentLabel[] = []): readonly string[] {
  return attachments.length === 0
    ? []
    : [`Attached: ${attachments.map(({ label }) => code(label)).join(', ')}`];
}

function checkPart({ command, status, output }: CheckItem): string {
  return [`### Check ${code(command)}: ${status}`, fenced(output)].filter((part) => part !== '').join('\n\n');
}

function toolPart({ name, input, status, output, edit }: ToolItem): string {
  const told = edit
    ? editsOf(edit).map(editWords).join(' ')
    : fenced(JSON.stringify(input, undefined, 2), 'json');
  return [`### ${name.replaceAll('_', ' ')}: ${status}`, told, fenced(output)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function editWords({ path, from, before, after }: FileEdit): string {
  if (from !== undefined) return `Moved ${code(from)} to ${code(path)}.`;
  if (after === undefined) return `Deleted ${code(path)}.`;
  return `${before === undefined ? 'Created' : 'Changed'} ${code(path)}.`;
}

/** A fence that the text cannot end. */
function fenced(text: string, language = ''): string {
  const kept =
    text.length > MOST_OUTPUT
      ? `${text.slice(0, MOST_OUTPUT)}\n[${text.length - MOST_OUTPUT} more characters]`
      : text;
  if (kept.trim() === '') return '';
  const longest = Math.max(2, ...[...kept.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${kept.trimEnd()}\n${fence}`;
}

function code(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'")}\``;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
