/**
 * Draws Mermaid diagrams: a program of its own, loaded with the first diagram, since it is larger than all the rest.
 * It needs inline styles to measure by, which is why only the preview has them.
 */
import mermaid from 'mermaid';

export interface Diagrams {
  /** As a picture: nothing in it can run or load anything. Rejects with what is wrong with the source. */
  draw(source: string, dark: boolean): Promise<{ readonly svg: string; readonly width: number }>;
}

declare global {
  var earshotDiagrams: Diagrams | undefined;
}

let drawn = 0;

globalThis.earshotDiagrams = {
  async draw(source, dark) {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      layout: 'dagre',
      theme: dark ? 'dark' : 'default',
      fontFamily: 'sans-serif',
    });
    drawn++;
    const { svg } = await mermaid.render(`diagram${drawn}`, source);
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    const [, , width = '0'] = (root.getAttribute('viewBox') ?? '').split(/[\s,]+/);
    return { svg, width: Math.ceil(Number(width)) };
  },
};
