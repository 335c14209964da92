import type { Abilities } from './abilities';

/** `1M context, 128k answers · pictures · tools`, short enough for a row of a list; empty where nothing is known. */
export function abilitiesInWords(abilities: Abilities): string {
  const { context, answer, images, thinking, efforts = [], tools, caching, retires } = abilities;
  return [
    context === undefined
      ? ''
      : `${short(context)} context${answer === undefined ? '' : `, ${short(answer)} answers`}`,
    images === undefined ? '' : images ? 'pictures' : 'no pictures',
    // Without tools it can draft documents, but work on nothing.
    tools === undefined ? '' : tools ? 'tools' : 'no tools: it can only draft',
    thinking ? 'thinking' : '',
    efforts.length === 0 ? '' : `effort ${range(efforts)}`,
    caching ? 'caching' : '',
    retires === undefined ? '' : `retires ${retires}`,
  ]
    .filter((words) => words !== '')
    .join(' · ');
}

function range(efforts: readonly string[]): string {
  const [first, last] = [efforts[0], efforts.at(-1)];
  return first === last ? `${first}` : `${first}–${last}`;
}

/** As people say it: `200k`, `1M`, and `128k` also for 131,072. */
function short(tokens: number): string {
  const step = tokens % 1000 !== 0 && tokens % 1024 === 0 ? 1024 : 1000;
  if (tokens < step) return `${tokens}`;
  const thousands = tokens / step;
  return thousands < step ? `${Math.round(thousands)}k` : `${Number((thousands / step).toFixed(1))}M`;
}
