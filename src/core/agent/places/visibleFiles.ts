/** The files that the agent sees when it looks around: neither ignored by the project nor installed or built. */
import type { FileSystem } from '../../ports';
import type { AbortSignal } from '../../util/abort';
import { joinPath } from '../../util/path';
import { isHidden, layersAbove, layersIn } from './ignoreRules';
import { SKIPPED_FOLDERS } from './walkFiles';

/**
 * Paths relative to the workspace folder, below `start` level by level in order of name. `start` itself (relative,
 * '' for all) is looked into even when it is ignored. Links are not followed; an unreadable folder counts as empty.
 */
export async function* visibleFiles(
  files: FileSystem,
  root: string,
  start: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const folders = [{ folder: start, above: await layersAbove(files, root, start) }];
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    signal.throwIfAborted();
    const { folder, above } = next;
    const entries = await files.list(joinPath(root, folder)).catch(() => []);
    const layers = await layersIn(files, root, folder, above, entries);
    const base = folder === '' ? '' : `${folder}/`;
    for (const { name, kind } of entries) {
      const path = base + name;
      if (kind === 'file' && !isHidden(layers, path, false)) yield path;
      else if (kind === 'folder' && !SKIPPED_FOLDERS.has(name) && !isHidden(layers, path, true))
        folders.push({ folder: path, above: layers });
    }
  }
}

export interface Page {
  readonly items: readonly string[];
  readonly more: boolean;
}

/** A part of what is found, without looking for more than one item after it. */
export async function pageOf(found: AsyncIterable<string>, offset: number, limit: number): Promise<Page> {
  const items: string[] = [];
  let index = 0;
  for await (const item of found) {
    if (index++ < offset) continue;
    if (items.length === limit) return { items, more: true };
    items.push(item);
  }
  return { items, more: false };
}

/** A page as the model reads it. @param none What is said when nothing at all was found. */
export function showPage({ items, more }: Page, offset: number, none: string): string {
  if (items.length === 0) return offset === 0 ? none : `[nothing after ${offset}]`;
  const rest = more ? `\n[more; go on with offset ${offset + items.length}]` : '';
  return items.join('\n') + rest;
}
