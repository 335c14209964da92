/** All that a power brings, and what of it would run, in words. Pure. */
import { shortWhen } from '../hooks/hookWords';
import type { Hook } from '../hooks/model';
import { withPlaceIn } from './powerPlaces';
import type { Power } from './readPower';

const SHOWN_FILES = 40;

/** @param folder Where it will lie: what runs names it whole */
export function whatItBrings(power: Power, hooks: readonly Hook[], folder: string): string {
  const { description, keywords, steering, skills, servers, files } = power;
  const list = (title: string, all: readonly string[]) =>
    all.length === 0 ? [] : [`${title}: ${all.join(', ')}`];
  const more = files.length - SHOWN_FILES;
  const shown = more > 0 ? [...files.slice(0, SHOWN_FILES), `and ${more} more`] : files;
  const runs = [
    ...Object.entries(servers).map(
      ([name, config]) => `• Server “${name}”: ${serverWords(withPlaceIn(config, folder))}`,
    ),
    ...hooks.map((hook) => `• Hook “${hook.name}”, ${shortWhen(hook)}: ${actionOf(hook)}`),
    // What cannot be read as hooks never runs, but is there.
    ...(hooks.length === 0 ? list('• Hooks', power.hooks) : []),
  ];
  return [
    [description],
    [...list('Comes along when you say', keywords), ...list('Steering', steering), ...list('Skills', skills)],
    runs.length === 0
      ? ['Nothing of it runs.']
      : [
          'Nothing of it runs by being installed. These ask you, each before it runs for the first time:',
          ...runs,
        ],
    list(`${files.length} ${files.length === 1 ? 'file' : 'files'}`, shown),
  ]
    .map((lines) => lines.filter(Boolean).join('\n'))
    .filter(Boolean)
    .join('\n\n');
}

/** Its command line or address, and all else as it stands. */
function serverWords(config: unknown): string {
  if (typeof config !== 'object' || config === null) return JSON.stringify(config);
  const { command, args, url, ...rest } = { ...config } as Readonly<Record<string, unknown>>;
  const isLine = typeof command === 'string' && (args === undefined || Array.isArray(args));
  if (!isLine && typeof url !== 'string') return JSON.stringify(config);
  const words = isLine ? [command, ...(args ?? [])].map(wordOf).join(' ') : String(url);
  const others = { ...rest, ...(isLine && url !== undefined ? { url } : {}) };
  const also = Object.keys(others).length === 0 ? '' : ` with ${JSON.stringify(others)}`;
  return `${words}${also}`;
}

/** One word of a command line is seen to be one. */
function wordOf(value: unknown): string {
  return typeof value === 'string' && /^[^\s"\\]+$/.test(value) ? value : JSON.stringify(value);
}

function actionOf({ action }: Hook): string {
  return action.type === 'command' ? action.command : `asks an agent: ${action.prompt}`;
}
