import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fromNativePath } from '../../src/node/nativePath';
import { onTestEnd } from './testStore';

export interface SpecFiles {
  readonly requirements?: string;
  readonly bugfix?: string;
  readonly design?: string;
  readonly tasks?: string;
}

/** A real folder for a test, removed when it ends. */
export interface Workspace {
  /** As the core writes paths. */
  readonly root: string;
  /** The same for Node's own functions. */
  readonly native: string;
  /** The core's path of a file in it. */
  path(relative: string): string;
  file(relative: string, text?: string): Workspace;
  files(texts: Readonly<Record<string, string>>): Workspace;
  folder(relative: string): Workspace;
  /** The target may be relative to the link and need not exist. */
  link(relative: string, target: string): Workspace;
  /** `.kiro/specs/<name>/` with these documents. */
  spec(name: string, documents: SpecFiles): Workspace;
}

/** Starts an empty workspace in the system's temporary folder. */
export function createWorkspace(): Workspace {
  // The temporary folder is itself a link on some systems; tests compare real paths.
  const native = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-test-')));
  onTestEnd(() => rmSync(native, { recursive: true, force: true }));
  const root = fromNativePath(native);

  function place(relative: string): string {
    const path = join(native, relative);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  const workspace: Workspace = {
    root,
    native,
    path: (relative) => `${root}/${relative}`,
    file(relative, text = '') {
      writeFileSync(place(relative), text);
      return workspace;
    },
    files(texts) {
      for (const [relative, text] of Object.entries(texts)) workspace.file(relative, text);
      return workspace;
    },
    folder(relative) {
      mkdirSync(join(native, relative), { recursive: true });
      return workspace;
    },
    link(relative, target) {
      symlinkSync(target, place(relative));
      return workspace;
    },
    spec(name, documents) {
      for (const [document, text] of Object.entries(documents)) {
        if (text !== undefined) workspace.file(`.kiro/specs/${name}/${document}.md`, text);
      }
      return workspace;
    },
  };
  return workspace;
}
