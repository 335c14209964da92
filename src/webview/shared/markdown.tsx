/** Draws Markdown block by block: when text is appended, only the last block is drawn again. */

import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import type { RootContent } from 'mdast';
import { type ComponentChildren, Fragment, type JSX } from 'preact';
import { useContext, useMemo, useRef } from 'preact/hooks';
import { jsx, jsxs } from 'preact/jsx-runtime';
import { Diagrams } from './diagrams';
import { Icon } from './icon';
import type { IconName, Tone } from './iconNames';
import { blockTree, type MarkdownDocument, parseMarkdown } from './markdownTree';
import { memo } from './memo';

export interface MarkdownProps {
  readonly text: string;
  /** Text still comes: a caret stands at its end. */
  readonly streaming?: boolean;
}

export function Markdown({ text, streaming }: MarkdownProps): JSX.Element {
  const previous = useRef<MarkdownDocument>(undefined);
  const parsed = useMemo(() => parseMarkdown(text, previous.current), [text]);
  previous.current = parsed;
  const ends = streaming ? ' streaming' : '';
  return (
    <div class={`markdown${ends}`}>
      {parsed.blocks.map((block, index) => (
        <Block
          key={index}
          source={text.slice(block.start, block.end)}
          node={block.node}
          definitions={parsed.definitions}
        />
      ))}
    </div>
  );
}

interface BlockProps {
  /** What the block is drawn from: equal text, equal drawing. */
  readonly source: string;
  readonly node: RootContent;
  readonly definitions: readonly RootContent[];
}

const Block = memo(({ node, definitions }: BlockProps): JSX.Element => draw(node, definitions));

function draw(node: RootContent, definitions: readonly RootContent[]): JSX.Element {
  return toJsxRuntime(blockTree(node, definitions), {
    Fragment,
    jsx,
    jsxs,
    elementAttributeNameCase: 'html',
    tableCellAlignToStyle: false,
    components: { a: Link, img: Image, input: Box, li: Item, pre: Fence, table: Table },
  }) as JSX.Element;
}

interface Attributes {
  readonly class?: string;
  readonly children?: ComponentChildren;
}

function Link({ href, children }: Attributes & { readonly href?: string }): JSX.Element {
  if (!href) return <span>{children}</span>;
  return (
    <a href={href} title={href} rel="noreferrer">
      {children}
    </a>
  );
}

function Image({ alt }: { readonly alt?: string }): JSX.Element {
  return (
    <span class="markdown-image">
      <Icon name="file-media" small />
      {alt || 'image'}
    </span>
  );
}

/** The list item draws the sign. */
function Box(): null {
  return null;
}

function Item({ class: names = '', children }: Attributes): JSX.Element {
  if (!names.includes('task-list-item')) return <li>{children}</li>;
  const [icon, tone, word] = taskSign(names);
  return (
    <li class={names}>
      <Icon name={icon} tone={tone} />
      <span class="visually-hidden">{word}: </span>
      <div class="task-body">{children}</div>
    </li>
  );
}

function taskSign(names: string): readonly [IconName, Tone, string] {
  if (names.includes('task-done')) return ['pass-filled', 'ok', 'done'];
  if (names.includes('task-inProgress')) return ['play', 'info', 'in progress'];
  if (names.includes('task-queued')) return ['history', 'info', 'queued'];
  return ['circle-large-outline', 'dim', 'open'];
}

function Fence({ children }: Attributes): JSX.Element {
  const language = languageOf(children);
  const Diagram = useContext(Diagrams);
  if (language === 'mermaid' && Diagram) return <Diagram source={textOf(children)} />;
  const caption = language === 'mermaid' ? 'Diagram, as its Mermaid source' : language;
  return (
    <figure class="fence">
      {caption && <figcaption class="meta dim">{caption}</figcaption>}
      <pre class="scroller mono">{children}</pre>
    </figure>
  );
}

/** The words of what is drawn. */
function textOf(children: ComponentChildren): string {
  if (Array.isArray(children)) return children.map(textOf).join('');
  if (typeof children === 'string') return children;
  if (typeof children !== 'object' || children === null || !('props' in children)) return '';
  return textOf((children.props as Attributes).children);
}

function languageOf(children: ComponentChildren): string | undefined {
  const only = Array.isArray(children) ? children[0] : children;
  if (typeof only !== 'object' || only === null || !('props' in only)) return undefined;
  return /language-(\S+)/.exec((only.props as Attributes).class ?? '')?.[1];
}

function Table({ children }: Attributes): JSX.Element {
  return (
    <div class="table scroller">
      <table>{children}</table>
    </div>
  );
}
