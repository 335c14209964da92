/** The colours of the theme, as plain as the program that draws diagrams wants them. */
import type { Palette } from './diagrams';

const NAMES = ['fill', 'border', 'line', 'text', 'back', 'group'] as const;

export function palette(): Palette {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (name: string): string => {
    // However the theme writes a colour, a mixed one is computed to its parts of red, green and blue.
    probe.style.color = `color-mix(in srgb, var(--diagram-${name}) 100%, transparent)`;
    return plain(getComputedStyle(probe).color);
  };
  const [fill = '', border = '', line = '', text = '', back = '', group = ''] = NAMES.map(colour);
  probe.remove();
  return { fill, border, line, text, back, group };
}

/** Of `color(srgb 0.1 0.2 0.3)`. */
function plain(colour: string): string {
  const [, parts] = /^color\(srgb ([\d.e\s-]+)/.exec(colour) ?? [];
  if (parts === undefined) return colour;
  const [red = 0, green = 0, blue = 0] = parts
    .trim()
    .split(/\s+/)
    .map((part) => Math.round(Math.min(1, Math.max(0, Number(part))) * 255));
  return `rgb(${red}, ${green}, ${blue})`;
}
