/** Rewrites what names ids that moved: the common heart of every edit that numbers anew. */
import type { TextRange } from '../../util/textRange';
import { type EntityKind, type Mention, mentionsOf } from '../mentions';
import type { DocumentEdit, DocumentKind, Reference, SpecDocuments } from '../model';
import { flattenTasks } from '../taskTree';

/** What each old id is called now; several where one became many, none where it is gone. */
export type Moved = ReadonlyMap<string, readonly string[]>;

/** Ids that moved, by what they name. Requirements and their criteria share one map: `2`, `2.1`. */
export interface MovedIds {
  readonly criteria?: Moved;
  readonly properties?: Moved;
  readonly tasks?: Moved;
}

/** The edits that make every reference name what it named before. Definitions are left to the caller. */
export function rewriteReferences(documents: SpecDocuments, moved: MovedIds): readonly DocumentEdit[] {
  const structured = structuredReferences(documents);
  const done = new Set(
    structured.flatMap(({ document, reference }) =>
      reference.tokens.map(({ range }) => placeOf(document, range)),
    ),
  );
  const lists = structured.flatMap(({ document, kind, reference }): readonly DocumentEdit[] => {
    const ids = movedFor(moved, kind);
    const now = reference.ids.flatMap((id) => ids?.get(id) ?? [id]);
    return isSame(now, reference.ids)
      ? []
      : [{ document, range: reference.range, newText: written(now, reference) }];
  });
  const prose = mentionsOf(documents).flatMap(
    ({ kind, id, role, document, range }): readonly DocumentEdit[] => {
      const now = movedFor(moved, kind)?.get(id) ?? [];
      const open =
        role === 'reference' && now.length > 0 && !isSame(now, [id]) && !done.has(placeOf(document, range));
      return open ? [{ document, range, newText: now.join(', ') }] : [];
    },
  );
  return [...lists, ...prose];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

function movedFor({ criteria, properties, tasks }: MovedIds, kind: EntityKind): Moved | undefined {
  if (kind === 'property') return properties;
  return kind === 'task' ? tasks : criteria;
}

function placeOf(document: DocumentKind, { start }: TextRange): string {
  return `${document} ${start}`;
}

interface Placed {
  readonly document: DocumentKind;
  readonly kind: Mention['kind'];
  readonly reference: Reference;
}

function structuredReferences({ design, tasks }: SpecDocuments): readonly Placed[] {
  const placed = (document: DocumentKind, kind: Mention['kind']) => (reference: Reference) => ({
    document,
    kind,
    reference,
  });
  return [
    ...(design?.properties ?? []).flatMap(({ references }) => references.map(placed('design', 'criterion'))),
    ...flattenTasks(tasks?.tasks ?? []).flatMap(({ references, properties, depends }) => [
      ...references.map(placed('tasks', 'criterion')),
      ...properties.map(placed('tasks', 'property')),
      ...depends.map(placed('tasks', 'task')),
    ]),
    ...(tasks?.waves ?? []).flatMap((wave) => wave.tasks.map(placed('tasks', 'task'))),
  ];
}

/** A range stays one where its ids still follow each other; else it becomes a list. */
function written(ids: readonly string[], { tokens }: Reference): string {
  const [first = '', last = ''] = [ids[0], ids.at(-1)];
  const follows = ids.every((id, index) => index === 0 || isNext(ids[index - 1] ?? '', id));
  return tokens.length === 2 && ids.length > 1 && follows ? `${first}-${last}` : ids.join(', ');
}

function isNext(before: string, id: string): boolean {
  return id === nextId(before);
}

/** `1.2` → `1.3`; by `count` places. */
export function nextId(id: string, count = 1): string {
  const digits = /\d+$/.exec(id)?.[0] ?? '';
  return digits === '' ? id : id.slice(0, -digits.length) + String(Number(digits) + count);
}
