/** A diagram in the review: its source, and the way to the preview that draws it. */
import { createContext, type JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { Button } from '../shared/button';
import type { DiagramProps } from '../shared/diagrams';

/** Opens the preview. */
export const OpenPreview = createContext<() => void>(() => {});

export function DiagramSource({ source }: DiagramProps): JSX.Element {
  const open = useContext(OpenPreview);
  return (
    <figure class="fence">
      <figcaption class="meta dim diagram-caption">
        Diagram, as its Mermaid source
        <Button
          act="preview"
          look="inline"
          icon="open-preview"
          label="Show it drawn"
          tabIndex={-1}
          onPress={open}
        />
      </figcaption>
      <pre class="scroller mono">
        <code>{source}</code>
      </pre>
    </figure>
  );
}
