/** `#file:src/a.ts` and `#folder:src`: text of a file, names in a folder. As the agent's own tools would see them. */
import { ActError } from '../../actError';
import { later } from '../../later';
import type { AbortSignal } from '../../util/abort';
import { joinPath } from '../../util/path';
import { confine } from '../places/confine';
import { bestMatches } from './match';
import type { MentionChoice, MentionContext, MentionKind } from './mention';

/** Files that are looked at for a completion. */
const MOST_FILES = 20_000;
const MOST_NAMES = 400;
/** Larger files are read in parts, by the agent's tool. */
const LARGEST = 2_000_000;

async function paths({ root, files }: MentionContext, signal: AbortSignal): Promise<readonly string[]> {
  const { visibleFiles } = await later.looking();
  const found: string[] = [];
  for await (const path of visibleFiles(files, root, '', signal)) {
    if (found.push(path) === MOST_FILES) break;
  }
  return found;
}

const asChoice = (argument: string): MentionChoice => ({ argument });

export const file: MentionKind = {
  name: 'file',
  description: 'A file of the workspace',
  takes: true,
  async choices(query, context, signal) {
    return bestMatches(await paths(context, signal), query).map(asChoice);
  },
  async resolve(argument, { root, files }) {
    const path = await confine(files, root, argument);
    const stat = await files.stat(path);
    if (!stat) return undefined;
    if (stat.kind !== 'file') throw new ActError('invalid', 'It is no file. Mention a folder with #folder.');
    const { requireVisible } = await later.looking();
    await requireVisible(files, root, path, argument).catch(() => {
      throw new ActError('refused', 'The file .kiroignore keeps it from the agent.');
    });
    if (stat.size > LARGEST) return `[${argument} has ${stat.size} bytes: read what you need of it]`;
    const text = await files.readText(path);
    return text?.includes('\0') ? `[${argument} is not a text]` : text;
  },
};

export const folder: MentionKind = {
  name: 'folder',
  description: 'Names of the files in a folder',
  takes: true,
  async choices(query, context, signal) {
    const folders = new Set<string>();
    for (const path of await paths(context, signal)) {
      for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) folders.add(path.slice(0, at));
    }
    return bestMatches([...folders], query).map(asChoice);
  },
  async resolve(argument, { root, files }, signal) {
    await confine(files, root, argument);
    if ((await files.stat(joinPath(root, argument)))?.kind !== 'folder') return undefined;
    const { visibleFiles } = await later.looking();
    const names: string[] = [];
    for await (const path of visibleFiles(files, root, argument.replace(/\/+$/, ''), signal)) {
      if (names.push(path) === MOST_NAMES) {
        names.push('[more; list what you need]');
        break;
      }
    }
    return names.length === 0 ? '[no files]' : names.join('\n');
  },
};
