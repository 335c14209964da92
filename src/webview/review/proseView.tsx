/** Design and tasks: the document part by part, or as it streams in. */
import type { JSX } from 'preact';
import type { DocumentKind } from '../../core/spec/model';
import type { ReviewPart } from '../../protocol/review';
import { Diagrams } from '../shared/diagrams';
import { Markdown } from '../shared/markdown';
import { DiagramSource, OpenPreview } from './diagramSource';
import { itemState } from './itemSigns';
import type { ListActs } from './listActs';
import { PartRow } from './partRow';
import { writtenHere } from './threads';
import type { Writing } from './writing';

export interface ProseViewProps {
  readonly kind: DocumentKind;
  readonly markdown: string;
  readonly parts: readonly ReviewPart[];
  readonly streaming: boolean;
  readonly active: string | undefined;
  /** The approval says for each part whether it still holds. */
  readonly byPart: boolean;
  readonly writing: Writing | undefined;
  readonly acts: ListActs;
}

export function ProseView(props: ProseViewProps): JSX.Element {
  const { kind, markdown, parts, streaming, active, byPart, writing, acts } = props;
  // What is being written changes its parts with every word.
  if (streaming)
    return (
      <div class={`prose prose-${kind}`}>
        <Markdown text={markdown} streaming />
      </div>
    );
  return (
    <Diagrams.Provider value={DiagramSource}>
      <OpenPreview.Provider value={acts.preview}>
        <PartList {...{ kind, parts, active, byPart, writing, acts }} />
      </OpenPreview.Provider>
    </Diagrams.Provider>
  );
}

export interface PartListProps
  extends Pick<ProseViewProps, 'kind' | 'parts' | 'active' | 'byPart' | 'writing' | 'acts'> {
  /** Which are shown by their first lines; none where undefined. */
  readonly cutOf?: (part: ReviewPart) => boolean | undefined;
}

export function PartList(props: PartListProps): JSX.Element {
  const { kind, parts, active, byPart, writing, cutOf, acts } = props;
  return (
    <ul class={`prose parts prose-${kind}`} aria-label="Parts of the document">
      {parts.map((part) => (
        <PartRow
          key={part.key}
          part={part}
          active={active === part.key}
          state={itemState(part, byPart)}
          writing={writtenHere(writing, part.key, part.threads)}
          cut={cutOf?.(part)}
          acts={acts}
        />
      ))}
    </ul>
  );
}
