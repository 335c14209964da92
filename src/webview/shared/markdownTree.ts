/**
 * Markdown to a tree that is safe to draw: no element runs anything, loads anything or leads anywhere but to
 * http, https and mailto. Raw HTML is shown as the text it is. Pure; drawn by `markdown.tsx`.
 */
import type { Element, ElementContent, Root as HastRoot } from 'hast';
import type { Html, Root as MdastRoot, RootContent } from 'mdast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { markTasks } from './markdownTasks';

/** A top-level piece of the text. */
export interface MarkdownBlock {
  readonly start: number;
  readonly end: number;
  readonly node: RootContent;
}

/** Parsed text; hand it to the next call and only the tail is parsed again. */
export interface MarkdownDocument {
  readonly source: string;
  readonly blocks: readonly MarkdownBlock[];
  /** Link and footnote definitions, wherever they stand. */
  readonly definitions: readonly RootContent[];
}

type Schema = typeof defaultSchema;

const schema: Schema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== 'picture' && name !== 'source'),
  protocols: { href: ['http', 'https', 'mailto'] },
  attributes: {
    ...defaultSchema.attributes,
    // Without a source there is nothing to fetch: the alternative text is all that is drawn.
    img: ['alt'],
    li: [['className', 'task-list-item', 'task-done', 'task-inProgress', 'task-queued', 'task-optional']],
    code: [['className', /^language-./]],
  },
};

const parser = unified().use(remarkParse).use(remarkGfm);
const transformer = unified()
  .use(remarkRehype, { handlers: { html: (_state: unknown, node: Html) => rawHtml(node) } })
  .use(rehypeSanitize, schema);

function rawHtml(node: Html): ElementContent | undefined {
  if (/^\s*<!--[\s\S]*-->\s*$/.test(node.value)) return undefined;
  const text: ElementContent = { type: 'text', value: node.value };
  return { type: 'element', tagName: 'code', properties: {}, children: [text] };
}

/** Splits a text into blocks, reusing those of `previous` that an appended tail cannot change. */
export function parseMarkdown(source: string, previous?: MarkdownDocument): MarkdownDocument {
  if (previous && previous.source === source) return previous;
  // A definition reaches into every block, so with one nothing can be parsed by itself.
  if (!previous || !source.startsWith(previous.source) || previous.definitions.length > 0)
    return parseFrom(source, 0, []);
  const start = previous.blocks.at(-1)?.start ?? 0;
  const grown = parseFrom(source, start, previous.blocks.slice(0, -1));
  return grown.definitions.length > 0 ? parseFrom(source, 0, []) : grown;
}

const NO_DEFINITIONS: readonly RootContent[] = [];

function parseFrom(source: string, start: number, kept: readonly MarkdownBlock[]): MarkdownDocument {
  const tree: MdastRoot = parser.parse(source.slice(start));
  const blocks = [...kept, ...tree.children.map((node) => blockOf(node, start))];
  const definitions = blocks.map((block) => block.node).filter(isDefinition);
  return { source, blocks, definitions: definitions.length > 0 ? definitions : NO_DEFINITIONS };
}

function blockOf(node: RootContent, offset: number): MarkdownBlock {
  const { start, end } = node.position ?? { start: { offset: 0 }, end: { offset: 0 } };
  return { start: offset + (start.offset ?? 0), end: offset + (end.offset ?? 0), node };
}

function isDefinition(node: RootContent): boolean {
  return node.type === 'definition' || node.type === 'footnoteDefinition';
}

/** One block as a safe tree. */
export function blockTree(node: RootContent, definitions: readonly RootContent[]): HastRoot {
  const own = isDefinition(node) ? [] : [markTasks(node)];
  const tree = transformer.runSync({ type: 'root', children: [...own, ...definitions] });
  confine(tree.children);
  return tree;
}

const ALLOWED_LINK = /^(https?:\/\/|mailto:)/i;

/** Links to anywhere else become plain text. */
function confine(nodes: HastRoot['children'] | ElementContent[]): void {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    if (node.tagName === 'a' && !ALLOWED_LINK.test(String(node.properties.href ?? ''))) unlink(node);
    confine(node.children);
  }
}

function unlink(node: Element): void {
  node.tagName = 'span';
  node.properties = {};
}

/** A whole text as one safe tree: for tests, and for texts that do not grow. */
export function markdownTree(source: string): HastRoot {
  const { blocks, definitions } = parseMarkdown(source);
  return { type: 'root', children: blocks.flatMap((block) => blockTree(block.node, definitions).children) };
}
