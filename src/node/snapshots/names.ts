/** Raw names, as `git.ts` has them. */

/** The place of one, which need not be UTF-8. */
export function placeOf(workTree: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${workTree}/`), Buffer.from(name, 'latin1')]);
}

/** Empty at the top. */
export function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}
