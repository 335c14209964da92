/**
 * The checkboxes of tasks.md: next to `[ ]` and `[x]` also `[-]` (in progress), `[~]` (queued) and a star
 * behind the bracket (optional), which Markdown itself does not know.
 */
import type { ListItem, Paragraph, RootContent } from 'mdast';

const BOX = /^\[([ xX~-])\](\*)?[ \t]+/;

/** The node with its task items marked by class names; the same node when it holds no list. */
export function markTasks(node: RootContent): RootContent {
  if (node.type !== 'list') return node;
  return { ...node, children: node.children.map(markItem) };
}

function markItem(item: ListItem): ListItem {
  const children = item.children.map((child) => markTasks(child)) as ListItem['children'];
  if (typeof item.checked === 'boolean')
    return withNames({ ...item, children }, item.checked ? ['task-done'] : []);
  const [first, ...rest] = children;
  const text = first?.type === 'paragraph' ? first.children[0] : undefined;
  const box = text?.type === 'text' ? BOX.exec(text.value) : null;
  if (first?.type !== 'paragraph' || text?.type !== 'text' || !box) return { ...item, children };
  const cut = { ...text, value: text.value.slice(box[0].length) };
  const paragraph = { ...first, children: [cut, ...first.children.slice(1), ...(box[2] ? OPTIONAL : [])] };
  const names = [...(STATES[box[1] ?? ''] ?? []), ...(box[2] ? ['task-optional'] : [])];
  return withNames({ ...item, checked: false, children: [paragraph, ...rest] }, names);
}

/** The star as a word. */
const OPTIONAL: Paragraph['children'] = [
  { type: 'text', value: ' ' },
  { type: 'emphasis', children: [{ type: 'text', value: 'optional' }] },
];

const STATES: Readonly<Record<string, readonly string[]>> = {
  x: ['task-done'],
  X: ['task-done'],
  '-': ['task-inProgress'],
  '~': ['task-queued'],
};

function withNames(item: ListItem, names: readonly string[]): ListItem {
  return { ...item, data: { ...item.data, hProperties: { className: ['task-list-item', ...names] } } };
}
