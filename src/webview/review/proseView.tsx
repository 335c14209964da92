/** Design and tasks: the document as Markdown, in the frame of the others. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DocumentKind } from '../../core/spec/model';
import { Markdown } from '../shared/markdown';

export interface ProseViewProps {
  readonly kind: DocumentKind;
  readonly markdown: string;
  readonly streaming: boolean;
  /** The id to come to: a property in the design, a task in the tasks. */
  readonly target: string | undefined;
  readonly onArrived: () => void;
}

export function ProseView({ kind, markdown, streaming, target, onArrived }: ProseViewProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (target === undefined || !box.current) return;
    const place = findPlace(box.current, kind, target);
    place?.scrollIntoView({ block: 'center' });
    place?.classList.add('arrived');
    onArrived();
  }, [target, markdown, kind]);
  return (
    <div ref={box} class={`prose prose-${kind}`}>
      <Markdown text={markdown} streaming={streaming} />
    </div>
  );
}

function findPlace(box: HTMLElement, kind: DocumentKind, id: string): Element | undefined {
  const own = id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const selector = kind === 'tasks' ? 'li' : 'h1, h2, h3, h4, h5, p, li';
  const start = kind === 'tasks' ? `^${own}\\.?\\s` : `^Property\\s+${own.replace(/^P/, '')}\\b`;
  const pattern = new RegExp(start, 'i');
  return [...box.querySelectorAll(selector)].find((each) => pattern.test(wordsOf(each)));
}

/** The text of an element, without the hidden word that names a task's state. */
function wordsOf(element: Element): string {
  return (element.querySelector(':scope > .task-body') ?? element).textContent?.trim() ?? '';
}
