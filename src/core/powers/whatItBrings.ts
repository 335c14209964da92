/** All that a power brings, and what of it would run, in words. Pure. */
import { shortWhen } from '../hooks/hookWords';
import type { Hook } from '../hooks/model';
import { withPlaceIn } from './powerPlaces';
import type { Power } from './readPower';

const IN_A_LINE = 6;

/** The rest of its files by what they are: the first that fits. */
const KINDS: readonly (readonly [title: string, is: RegExp])[] = [
  ['Files of hooks', /^hooks\//i],
  ['Agents, which Earshot does not use', /^agents\//i],
  ['Commands, which Earshot does not use', /^commands\//i],
  ['Beside its skills', /^skills\//i],
  [
    'Programs and scripts',
    /(?:^|\/)(?:[^./]+|[^/]*\.(?:[cm]?[jt]sx?|py|rb|pl|php|lua|go|rs|java|jar|kts?|swift|r|(?:ba|z|fi|k)?sh|ps[dm]?1|psm1|bat|cmd|exe|com|dll|so|dylib|node|wasm|app|vbs|applescript))$/i,
  ],
  ['Other files', /(?:)/],
];

/** @param folder Where it will lie: what runs names it whole */
export function whatItBrings(power: Power, hooks: readonly Hook[], folder: string): string {
  const { description, keywords, steering, skills, servers, media, unread } = power;
  const runs = [
    ...Object.entries(servers).map(
      ([name, config]) => `• Server “${name}”: ${serverWords(withPlaceIn(config, folder))}`,
    ),
    ...hooks.map((hook) => `• Hook “${hook.name}”, ${shortWhen(hook)}: ${actionOf(hook)}`),
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
    [
      ...restOf(power).flatMap(([title, paths]) => list(title, paths)),
      ...(media.length === 0 ? [] : [`And ${media.length} of pictures, fonts or sounds.`]),
      ...list('Its plugin.json says more that Earshot does not read', unread),
    ],
  ]
    .map((lines) => lines.filter(Boolean).join('\n'))
    .filter(Boolean)
    .join('\n\n');
}

/** In a line, or one below the other where they are many. */
function list(title: string, all: readonly string[]): readonly string[] {
  if (all.length === 0) return [];
  return all.length <= IN_A_LINE
    ? [`${title}: ${all.join(', ')}`]
    : [`${title}:`, ...all.map((each) => `  ${each}`)];
}

/** Every file that is not named above, but for those that neither run nor instruct anybody. */
function restOf({ files, steering, skills, media }: Power) {
  const named = new Set([...steering, ...skills, ...media]);
  const kinds = new Map<string, string[]>(KINDS.map(([title]) => [title, []]));
  for (const path of files) {
    if (named.has(path)) continue;
    const kind = KINDS.find(([, is]) => is.test(path));
    if (kind) kinds.get(kind[0])?.push(path);
  }
  return [...kinds];
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
