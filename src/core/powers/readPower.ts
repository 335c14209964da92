/** A power in a folder: `POWER.md` with `steering/` and `mcp.json`, or a plugin (`plugin.json`) with `skills/`. */
import { parse } from 'yaml';
import { ActError } from '../actError';
import type { FileSystem } from '../ports';
import { basename, joinPath } from '../util/path';
import { MOST_BYTES, MOST_FILES, TOO_MUCH } from './archiveEntries';

export interface Power {
  readonly folder: string;
  /** Letters, digits and dashes: the folder that it is installed as. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Words of a person that bring its text into a conversation. */
  readonly keywords: readonly string[];
  /** The text of POWER.md; empty for a plugin. */
  readonly body: string;
  /** Everything in it, relative paths, sorted. */
  readonly files: readonly string[];
  readonly steering: readonly string[];
  readonly skills: readonly string[];
  /** Name → its configuration, as written. */
  readonly servers: Readonly<Record<string, unknown>>;
  readonly hooks: readonly string[];
  /** Pictures, fonts and sounds, by name and content: what neither runs nor is read by an agent. */
  readonly media: readonly string[];
  /** Keys of `plugin.json` that name further parts in other places, which are not looked for there. */
  readonly unread: readonly string[];
}

const MEDIA = /\.(?:png|jpe?g|gif|webp|ico|bmp|woff2?|ttf|otf|eot|mp[34]|m4a|webm|ogg|wav)$/i;
/** What plugins of other programs may say there. */
const PARTS = ['agents', 'commands', 'hooks', 'lspServers', 'mcpServers', 'outputStyles', 'skills'];

/** Rejects with an `ActError`: of a power that cannot be read whole, nothing is shown or installed. */
export async function readPower(files: FileSystem, folder: string): Promise<Power> {
  const all = await filesOf(files, folder);
  const text = async (path: string) =>
    all.includes(path) ? files.readText(joinPath(folder, path)) : undefined;
  const front = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(
    (await text('POWER.md')) ?? '',
  );
  const plugin = (await text('plugin.json')) ?? (await text('.claude-plugin/plugin.json'));
  if (!front && plugin === undefined)
    throw new ActError(
      'invalid',
      `${basename(folder)} is no power: it has neither POWER.md with front matter nor plugin.json.`,
    );
  const about = record(
    front
      ? parsed('POWER.md', () => parse(front[1] ?? ''))
      : parsed('plugin.json', () => JSON.parse(plugin ?? '')),
  );
  const config = (await text('mcp.json')) ?? (await text('.mcp.json'));
  const mcp = config === undefined ? {} : record(parsed('mcp.json', () => JSON.parse(config)));
  const name = word(about.name) || basename(folder);
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name))
    throw new ActError('invalid', `“${name}” is no name for a power: small letters, digits and dashes only.`);
  return {
    folder,
    name,
    displayName: word(about.displayName) || name,
    description: word(about.description),
    keywords: Array.isArray(about.keywords) ? about.keywords.map(word).filter(Boolean) : [],
    body: front?.[2]?.trim() ?? '',
    files: all,
    // In any case of letters: some systems make no difference when it is read.
    steering: all.filter((path) => /^steering\/.+\.md$/i.test(path)),
    skills: all.filter((path) => /^skills\/[^/]+\/SKILL\.md$/i.test(path)),
    servers: record(mcp.mcpServers),
    hooks: all.filter((path) => /^hooks\/.+\.(?:json|kiro\.hook)$/i.test(path)),
    media: await mediaOf(files, folder, all),
    unread: front ? [] : PARTS.filter((key) => about[key] !== undefined),
  };
}

async function mediaOf(files: FileSystem, folder: string, all: readonly string[]) {
  const looked = all.map(async (path) => {
    // A text that is called a picture can be run, and be read.
    const isIt = MEDIA.test(path) && (await files.readText(joinPath(folder, path)))?.includes('\0');
    return isIt ? [path] : [];
  });
  return (await Promise.all(looked)).flat();
}

/** Without git's own folder. Anything that leads elsewhere, or is too much, is refused. */
async function filesOf(files: FileSystem, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [''];
  let bytes = 0;
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    for (const { path, kind } of await entriesIn(files, folder, next)) {
      if (kind === 'folder') folders.push(path);
      else {
        found.push(path);
        bytes += (await files.stat(joinPath(folder, path)))?.size ?? 0;
      }
      if (found.length + folders.length > MOST_FILES || bytes > MOST_BYTES)
        throw new ActError('invalid', TOO_MUCH);
    }
  }
  return found.sort();
}

async function entriesIn(files: FileSystem, folder: string, inner: string) {
  const all = (await files.list(joinPath(folder, inner))).map(({ name, kind }) => ({
    path: inner === '' ? name : `${inner}/${name}`,
    kind,
  }));
  const odd = all.find(({ kind }) => kind !== 'file' && kind !== 'folder');
  if (odd)
    throw new ActError(
      'invalid',
      `${odd.path} is a link or no file at all. A power brings plain files only.`,
    );
  return all.filter(({ path }) => path !== '.git');
}

function parsed(file: string, read: () => unknown): unknown {
  try {
    return read();
  } catch {
    throw new ActError('invalid', `${file} of this power cannot be read. Its author has to mend it.`);
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function word(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
