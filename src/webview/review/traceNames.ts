/** What carries on with a criterion, as people call it. Pure. */

/** `## Error Handling` is `Error Handling`. */
export function sectionName(section: string): string {
  return section.replace(/^#+ /, '');
}

/** A task without an id goes by its words. */
export function taskName(task: string): string {
  return task.replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, '');
}

/** Ids are short and say where they are: they stand before words. */
export function idsFirst(tasks: readonly string[]): readonly string[] {
  const isId = (task: string): boolean => /^\d+(?:\.\d+)*$/.test(task);
  return [...tasks.filter(isId), ...tasks.filter((task) => !isId(task))];
}

/** `1` is `P1`; an id that is named already stays as it is. */
export function propertyName(id: string): string {
  return /^\d/.test(id) ? `P${id}` : id;
}
