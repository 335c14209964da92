/**
 * The files of the workspace as another agent may have them through us: what rules and `.kiroignore` keep from agents is not
 * there, nothing outside of the folder is, and nothing is written but remarks and reports beside a spec.
 */
import { confine } from '../agent/places/confine';
import { requireVisible } from '../agent/places/ignoreRules';
import { ToolRefusal } from '../agent/turn/toolRefusal';
import type { FileSystem } from '../ports';
import { isInside, relativePath } from '../util/path';

/** What may be added beside a spec. No document and no approval is among it. */
const WRITABLE = /^\.kiro\/specs\/.+\/\.earshot\/(?:comments\.jsonl|claims\.jsonl|\.gitattributes)$/;

/**
 * @param reading The same files, but for those that a rule keeps from being read: it rejects with a `ToolRefusal` then
 * @param own Files of ours that lie elsewhere and are read: this person's keys, an administrator's rules
 */
export function deskFiles(
  files: FileSystem,
  reading: FileSystem,
  root: string,
  own: (path: string) => boolean,
): FileSystem {
  async function isThere(path: string): Promise<boolean> {
    if (!isInside(root, path)) return own(path);
    try {
      await requireVisible(files, root, await confine(files, root, path), path);
      return true;
    } catch (error) {
      if (error instanceof ToolRefusal) return false;
      throw error;
    }
  }

  /** Also where a rule says no: nobody is told that there is something. */
  async function seen<T>(path: string, read: () => Promise<T>, none: T): Promise<T> {
    if (!(await isThere(path))) return none;
    return read().catch((error: unknown) => {
      if (error instanceof ToolRefusal) return none;
      throw error;
    });
  }

  async function write<T>(path: string, act: () => Promise<T>): Promise<T> {
    const name = relativePath(root, path);
    const real = name === undefined ? undefined : await confine(files, root, path);
    if (name === undefined || real !== path || !WRITABLE.test(name) || !(await isThere(path))) refuse(path);
    return act();
  }

  const never = async (path: string) => refuse(path);
  return {
    readText: (path, most) => seen(path, () => reading.readText(path, most), undefined),
    readLines: (path, ...rest) => seen(path, () => reading.readLines(path, ...rest), undefined),
    list: (path) => seen(path, () => files.list(path), []),
    stat: (path) => seen(path, () => files.stat(path), undefined),
    realPath: (path) => files.realPath(path),
    writeText: (path, text) => write(path, () => files.writeText(path, text)),
    appendLines: (path, text) => write(path, () => files.appendLines(path, text)),
    remove: never,
    move: never,
    copy: never,
    alone: (path, act) => write(path, () => files.alone(path, act)),
    openSink: never,
  };
}

function refuse(path: string): never {
  throw new ToolRefusal(`${path} is not written by other agents. Propose an edit instead.`);
}
