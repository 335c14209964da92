/** How a diagram in a text is drawn: as its source, unless the view can do better. */
import { createContext, type FunctionComponent } from 'preact';

export interface DiagramProps {
  readonly source: string;
}

export const Diagrams = createContext<FunctionComponent<DiagramProps> | undefined>(undefined);
