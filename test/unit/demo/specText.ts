/** What spec documents say, read with plain patterns: the product's own reader is tested elsewhere. */

export interface TaskItem {
  readonly id: string;
  readonly title: string;
  readonly optional: boolean;
  readonly isLeaf: boolean;
  readonly requirements: readonly string[];
  readonly verify: string | undefined;
}

/** Criterion id → sentence. */
export function criteriaOf(requirements: string): Map<string, string> {
  const criteria = new Map<string, string>();
  let requirement = '';
  for (const line of requirements.split('\n')) {
    requirement = /^### Requirement (\d+): \S/.exec(line)?.[1] ?? requirement;
    const item = /^(\d+)\. (.+)$/.exec(line);
    if (item) criteria.set(`${requirement}.${item[1]}`, item[2] ?? '');
  }
  return criteria;
}

export function idsIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, ids = '']) => ids.split(', '));
}

export function validatedBy(text: string): string[] {
  return idsIn(text, /\*\*Validates: Requirements ([^*]+)\*\*/g);
}

export function tasksOf(text: string): TaskItem[] {
  const heads = [...text.matchAll(/^ *- \[ \](\*?) (\d+(?:\.\d+)?)\.? (.+)$/gm)];
  return heads.map(([head, star, id = '', title = ''], index) => {
    const start = text.indexOf(head) + head.length;
    const next = heads[index + 1];
    const details = text.slice(start, next ? text.indexOf(next[0]) : text.indexOf('\n## ', start));
    return {
      id,
      title,
      optional: star === '*',
      isLeaf: !next?.[2]?.startsWith(`${id}.`),
      requirements: idsIn(details, /_Requirements: ([^_]+)_/g),
      verify: /_Verify: ([^_]+)_/.exec(details)?.[1],
    };
  });
}

export function headings(text: string, level: number): string[] {
  return [...text.matchAll(new RegExp(`^#{${level}} (.+)$`, 'gm'))].map(([, title = '']) => title);
}
