/**
 * Takes back what a person refused, and only that. What somebody else changed meanwhile stays: in between where lines
 * can be told apart, else the whole file is left as it is, and it is said why.
 */
import type { FileCopies, FileSystem, Hasher } from '../../ports';
import { errorMessage } from '../../util/errorMessage';
import { joinPath } from '../../util/path';
import { confineWrite } from '../places/confine';
import { hunksOf, mergeTexts, withHunks } from './hunks';
import {
  type ChangedFile,
  type Choices,
  type Content,
  type LeftFile,
  type Refused,
  sameContent,
} from './model';

export interface TakeBackPorts {
  readonly files: FileSystem;
  readonly copies: FileCopies;
  readonly hasher: Hasher;
}

/** What could not be taken back. Doing it twice is doing it once. */
export async function takeBack(
  ports: TakeBackPorts,
  root: string,
  files: readonly ChangedFile[],
  refused: Choices,
): Promise<readonly LeftFile[]> {
  const left: LeftFile[] = [];
  // Made last, taken back first: a file's place is free again when what was there returns.
  for (const file of [...files].reverse().sort(createdFirst)) {
    const choice = refused[file.path];
    if (choice === undefined) continue;
    try {
      const why = file.mixed ? MIXED : await restore(ports, root, file, choice);
      if (why !== undefined) left.push({ path: file.path, why });
    } catch (error) {
      left.push({ path: file.path, why: `It could not be written: ${errorMessage(error)}.` });
    }
  }
  return left;
}

function createdFirst(a: ChangedFile, b: ChangedFile): number {
  return Number(b.before === undefined) - Number(a.before === undefined);
}

const MIXED =
  'You and the agent changed it in turns, so whose line is whose cannot be told. Take back by hand what you do not want.';
const EDITED = 'You changed the same lines meanwhile. Take back by hand what you do not want.';
const GONE = 'You deleted it meanwhile, and it stays so.';

async function restore(
  ports: TakeBackPorts,
  root: string,
  file: ChangedFile,
  choice: Refused,
): Promise<string | undefined> {
  if (choice === 'all') return restoreWhole(ports, root, file);
  const { before, after, path } = file;
  if (typeof before !== 'string' || typeof after !== 'string') return restoreWhole(ports, root, file);
  const wanted = withHunks(before, hunksOf(before, after), (index) => !choice.includes(index));
  const place = await confineWrite(ports.files, root, joinPath(root, path));
  return writeOver(ports, place, after, wanted);
}

async function restoreWhole(
  ports: TakeBackPorts,
  root: string,
  file: ChangedFile,
): Promise<string | undefined> {
  const { files } = ports;
  const { path, from, before, after } = file;
  const place = await confineWrite(files, root, joinPath(root, path));
  if (from !== undefined) {
    const source = await confineWrite(files, root, joinPath(root, from));
    return moveBack(ports, place, source, file);
  }
  const there = await contentAt(ports, place, after ?? before);
  if (sameContent(there, before)) return undefined;
  if (after === undefined)
    return there === undefined ? putBack(ports, place, file) : `There is another file ${path} now.`;
  if (there === undefined) return GONE;
  if (before === undefined) {
    if (!sameContent(there, after)) return 'You changed this new file meanwhile, so it stays.';
    await files.remove(place);
    return undefined;
  }
  if (sameContent(there, after)) return putBack(ports, place, file);
  if (typeof after !== 'string' || typeof before !== 'string') return EDITED;
  return writeOver(ports, place, after, before);
}

async function moveBack(
  ports: TakeBackPorts,
  place: string,
  source: string,
  file: ChangedFile,
): Promise<string | undefined> {
  const { files } = ports;
  const { before, after, path, from } = file;
  const there = await contentAt(ports, place, after);
  const atSource = await contentAt(ports, source, before);
  if (there === undefined && sameContent(atSource, before)) return undefined;
  if (atSource !== undefined) return `There is another file ${from} now.`;
  if (there === undefined) return GONE;
  const changed = !sameContent(before, after);
  let wanted: Content = before;
  if (!sameContent(there, after)) {
    const texts = [there, after, before].every((each) => typeof each === 'string');
    wanted = texts ? mergeTexts(String(after), String(there), String(before)) : undefined;
    if (wanted === undefined) return `${EDITED} It is still at ${path}.`;
  }
  await files.move(place, source);
  if (!changed) return undefined;
  return sameContent(wanted, before) ? putBack(ports, source, file) : writeText(ports, source, wanted);
}

/** Text on the disk is `after`, or what the person made of it. */
async function writeOver(
  { files }: TakeBackPorts,
  place: string,
  after: string,
  wanted: string,
): Promise<string | undefined> {
  const there = (await files.stat(place))?.kind === 'file' ? await files.readText(place) : undefined;
  if (there === undefined) return GONE;
  const merged = mergeTexts(after, there, wanted);
  if (merged === undefined) return EDITED;
  if (merged !== there) await files.writeText(place, merged);
  return undefined;
}

async function writeText({ files }: TakeBackPorts, place: string, text: Content): Promise<undefined> {
  if (typeof text === 'string') await files.writeText(place, text);
}

/** The very bytes where there is a copy of them; what was not saved yet is only known as text. */
async function putBack(
  { files, copies, hasher }: TakeBackPorts,
  place: string,
  { before, kept }: ChangedFile,
): Promise<string | undefined> {
  const isExact =
    kept && (typeof before !== 'string' || kept.text === hasher.sha256(before.replace(/^\uFEFF/, '')));
  if (isExact) await copies.putBack(place, kept);
  else if (typeof before === 'string') await files.writeText(place, before);
  else return 'There is no copy of it.';
  return undefined;
}

/** As text where it is expected to be text. */
async function contentAt({ files, copies }: TakeBackPorts, place: string, like: Content): Promise<Content> {
  const stat = await files.stat(place);
  if (!stat) return undefined;
  // A folder or a pipe is no version of a file.
  if (stat.kind !== 'file') return { bytes: stat.kind };
  if (typeof like === 'string') return files.readText(place);
  return { bytes: (await copies.keep(place))?.id ?? '' };
}
