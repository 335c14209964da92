/** What carries on with a criterion, as people call it. Pure. */

/** `## Error Handling` is `Error Handling`. */
export function sectionName(section: string): string {
  return section.replace(/^#+ /, '');
}

/** `1` is `P1`; an id that is named already stays as it is. */
export function propertyName(id: string): string {
  return /^\d/.test(id) ? `P${id}` : id;
}
