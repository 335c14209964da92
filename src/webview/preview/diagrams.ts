/**
 * Draws Mermaid diagrams: a program of its own, loaded with the first diagram, since it is larger than all the rest.
 * It needs inline styles to measure by, which is why only the preview has them.
 */
import mermaid, { type MermaidConfig } from 'mermaid';

export interface Palette {
  readonly fill: string;
  readonly border: string;
  readonly line: string;
  readonly text: string;
  readonly back: string;
  readonly group: string;
}

export interface DiagramLook {
  readonly dark: boolean;
  readonly palette: Palette;
}

export interface Diagrams {
  /** As a picture: nothing in it can run or load anything. Rejects with what is wrong with the source. */
  draw(source: string, look: DiagramLook): Promise<{ readonly svg: string; readonly width: number }>;
}

declare global {
  var earshotDiagrams: Diagrams | undefined;
}

let drawn = 0;

/** Boxes and lines: drawn in the editor's colours. Others tell their parts apart by the colours of Mermaid's own theme. */
const BOXES =
  /^\s*(?:---[\s\S]*?---\s*)?(?:%%[^\n]*\n\s*)*(?:flowchart|graph|sequenceDiagram|classDiagram|stateDiagram|erDiagram)\b/;

function themeOf(source: string, { dark, palette }: DiagramLook): MermaidConfig {
  if (!BOXES.test(source)) return { theme: dark ? 'dark' : 'default' };
  const { fill, border, line, text, back, group } = palette;
  return {
    theme: 'base',
    themeVariables: {
      darkMode: dark,
      background: back,
      primaryColor: fill,
      primaryBorderColor: border,
      primaryTextColor: text,
      secondaryColor: group,
      secondaryBorderColor: border,
      secondaryTextColor: text,
      tertiaryColor: group,
      tertiaryBorderColor: border,
      tertiaryTextColor: text,
      noteBkgColor: group,
      noteBorderColor: border,
      noteTextColor: text,
      lineColor: line,
      textColor: text,
      edgeLabelBackground: back,
      attributeBackgroundColorOdd: back,
      attributeBackgroundColorEven: group,
      dropShadow: 'none',
    },
  };
}

globalThis.earshotDiagrams = {
  async draw(source, look) {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      layout: 'dagre',
      fontFamily: 'sans-serif',
      ...themeOf(source, look),
    });
    drawn++;
    const { svg } = await mermaid.render(`diagram${drawn}`, source);
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    const [, , width = '0'] = (root.getAttribute('viewBox') ?? '').split(/[\s,]+/);
    return { svg, width: Math.ceil(Number(width)) };
  },
};
