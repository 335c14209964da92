/** All that a power brings, and what of it would run, in words. Pure. */
import { shortWhen } from '../hooks/hookWords';
import type { Hook } from '../hooks/model';
import type { Power } from './readPower';

const SHOWN_FILES = 40;

export function whatItBrings(power: Power, hooks: readonly Hook[]): string {
  const { description, keywords, steering, skills, servers, files } = power;
  const list = (title: string, all: readonly string[]) =>
    all.length === 0 ? '' : `${title}: ${all.join(', ')}`;
  const more = files.length - SHOWN_FILES;
  const shown = more > 0 ? [...files.slice(0, SHOWN_FILES), `and ${more} more`] : files;
  return [
    description,
    list('Brought in by these words', keywords),
    list('Steering', steering),
    list('Skills', skills),
    ...Object.entries(servers).map(([name, config]) => `Server of tools ${name}: ${JSON.stringify(config)}`),
    ...hooks.map((hook) => `Hook “${hook.name}”, ${shortWhen(hook)}: ${actionOf(hook)}`),
    // What cannot be read as hooks never runs, but is there.
    hooks.length === 0 ? list('Hooks', power.hooks) : '',
    list(`${files.length} ${files.length === 1 ? 'file' : 'files'}`, shown),
    'Nothing of it runs by being installed: each server and hook asks before it runs for the first time.',
  ]
    .filter(Boolean)
    .join('\n');
}

function actionOf({ action }: Hook): string {
  return action.type === 'command' ? action.command : `asks an agent: ${action.prompt}`;
}
