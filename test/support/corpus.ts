import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const REPOSITORY = resolve(__dirname, '../..');

/** The folder of real `.kiro` folders to test against; undefined where it is not. */
export function corpusRoot(): string | undefined {
  const root = process.env.EARSHOT_CORPUS ?? resolve(REPOSITORY, '../shared/corpus');
  return existsSync(root) ? root : undefined;
}

export interface CorpusFile {
  /** Below the corpus folder, for messages. */
  readonly name: string;
  readonly text: string;
}

/** The corpus' spec documents with a file name, sorted; empty where there is no corpus. */
export function corpusFiles(fileName: string): readonly CorpusFile[] {
  return specFiles(corpusRoot(), fileName);
}

/** The spec documents with a file name below a folder, sorted; empty where there is none. */
export function specFiles(root: string | undefined, fileName: string): readonly CorpusFile[] {
  if (root === undefined) return [];
  const entries = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name));
  return entries
    .filter(
      (path) =>
        path.replaceAll('\\', '/').endsWith(`/${fileName}`) &&
        /[\\/]specs[\\/][^\\/]+[\\/][^\\/]+$/.test(path),
    )
    .sort()
    .map((path) => ({ name: relative(root, path), text: readFileSync(path, 'utf8') }));
}
