/** The file that a draft grows in: found again when its spec was renamed, and never another person's text. */
import { ActError } from '../../actError';
import { DEEPEST, SPECS_FOLDER } from '../../order/places';
import { FileError, type FileSystem, type TextSink } from '../../ports';
import type { DocumentKind } from '../../spec/model';
import { parseConfig } from '../../spec/parseConfig';
import { CONFIG_NAME, FILE_NAMES } from '../../spec/readSpec';
import { errorMessage } from '../../util/errorMessage';
import { basename, joinPath } from '../../util/path';

export interface DraftFile {
  /** Keeps what went wrong until `settle`: the model's words are worth hearing to their end. */
  write(text: string): Promise<void>;
  /** What is written is on the disk. */
  close(): Promise<void>;
  readonly failure: Error | undefined;
  /** Was anything written? */
  readonly begun: boolean;
  /** Puts the final text in the place of what was written; false where somebody has touched that, be it by emptying it. */
  settle(text: string): Promise<boolean>;
  /** Where it lies now. */
  path(): Promise<string>;
  /** As it is saved: an editor may tidy white space. */
  text(): Promise<string>;
}

export interface DraftFileOptions {
  readonly spec: string;
  readonly specId: string | undefined;
  readonly kind: DocumentKind;
  /** The text that may be replaced. */
  readonly expected: string | undefined;
}

export function createDraftFile(files: FileSystem, options: DraftFileOptions): DraftFile {
  const { spec, specId, kind, expected } = options;
  let sink: TextSink | undefined;
  let written = '';
  let failure: Error | undefined;
  let opened = '';
  let isClosed = false;

  const path = async () => joinPath(await folderOf(files, spec, specId), FILE_NAMES[kind]);

  async function open(): Promise<TextSink> {
    const target = await path();
    if ((await files.readText(target)) !== expected)
      throw new ActError(
        'changed',
        `${basename(target)} was written by somebody else meanwhile, so the draft was dropped. Its words are in the agent view.`,
      );
    opened = target;
    return files.openSink(target);
  }

  async function attempt(act: () => Promise<void>): Promise<void> {
    if (failure) return;
    try {
      await act();
    } catch (error) {
      failure = plainly(error);
    }
  }

  return {
    write: (text) =>
      attempt(async () => {
        if (text === '') return;
        sink ??= await open();
        written += text;
        await sink.append(text);
      }),
    async close() {
      if (!sink || isClosed) return;
      isClosed = true;
      const moved = opened !== (await path().catch(() => undefined));
      await attempt(async () => (moved ? sink?.drop() : sink?.close()));
    },
    get failure() {
      return failure;
    },
    get begun() {
      return sink !== undefined;
    },
    async settle(text) {
      let isOurs = true;
      await attempt(async () => {
        const target = await path();
        const now = await files.readText(target);
        if (now === text) return;
        isOurs = now === undefined || tidy(now) === tidy(written);
        // Renamed while it was written: what came after that may have gone nowhere.
        if (!isOurs && now !== undefined && target !== opened) isOurs = written.startsWith(tidy(now));
        if (isOurs) await files.writeText(target, text);
      });
      return isOurs;
    },
    path,
    text: async () => (await files.readText(await path()).catch(() => undefined)) ?? '',
  };
}

/** A spec is known by its id, wherever its folder went. */
async function folderOf(files: FileSystem, spec: string, specId: string | undefined): Promise<string> {
  if (specId === undefined || (await idIn(files, spec)) === specId) return spec;
  let level = [spec.slice(0, spec.lastIndexOf(`${SPECS_FOLDER}/`) + SPECS_FOLDER.length)];
  for (let depth = 0; depth < DEEPEST; depth++) {
    level = (await Promise.all(level.map((folder) => foldersIn(files, folder)))).flat();
    for (const folder of level) if ((await idIn(files, folder)) === specId) return folder;
  }
  throw new ActError(
    'changed',
    `The spec ${basename(spec)} is no longer there, so its draft was not written. Its words are in the agent view.`,
  );
}

async function foldersIn(files: FileSystem, folder: string): Promise<readonly string[]> {
  const entries = await files.list(folder).catch(() => []);
  return entries.flatMap(({ name, kind }) =>
    kind === 'folder' && !name.startsWith('.') ? joinPath(folder, name) : [],
  );
}

async function idIn(files: FileSystem, spec: string): Promise<string | undefined> {
  const text = await files.readText(joinPath(spec, CONFIG_NAME)).catch(() => undefined);
  return text === undefined ? undefined : parseConfig(text).config.specId;
}

const WHY: Readonly<Record<FileError['reason'], string>> = {
  permission: 'it may not be written by you. Change its permissions',
  readOnly: 'it lies on a read-only file system. Open the folder where it can be written',
  full: 'the disk is full. Make room',
  notAFile: 'something else has its name. Move that',
  tooLarge: 'it is too large. Move it',
  other: 'the system refused',
};

/** What went wrong with a file, as a person should read it. */
export function plainly(error: unknown): Error {
  if (!(error instanceof FileError)) return error instanceof Error ? error : new Error(errorMessage(error));
  const message = `${error.path} could not be written: ${WHY[error.reason]}, then try again.`;
  return new ActError('invalid', message, error);
}

function tidy(text: string): string {
  return text.replace(/[ \t]+$/gm, '').trimEnd();
}
