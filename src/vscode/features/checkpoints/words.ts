/** What rows, titles and notices say of checkpoints. Pure. */
import type {
  Cause,
  Checkpoint,
  PathChange,
  RestorePlan,
  RestoreStep,
} from '../../../core/checkpoints/model';
import { basename } from '../../../core/util/path';
import type { Group, Moment, Owner } from './timeline';
import { changedIn, endOf } from './timeline';

/** Names that stand elsewhere: in logs of sessions and in documents of specs. */
export interface Names {
  titleOfSession(session: string): string | undefined;
  /** The person's words that a turn begins with. */
  wordsOfTurn(session: string, turn: number): string | undefined;
  /** `Run 3`, counted for each spec. */
  numberOfRun(run: string): number | undefined;
  /** `2.1 Write the parser` */
  titleOfTask(spec: string, task: string): string | undefined;
  /** The checkpoint that a restore went back to, while it is kept: files may be the same again later, under the same name. */
  restored(root: string, id: string, before: number): Checkpoint | undefined;
  /** `14:41`, with the day where it was another. */
  time(at: number): string;
}

/** Characters of a person's words in a row. */
const WORDS = 48;

export function momentLabel({ cause, root, at }: Checkpoint, names: Names): string {
  switch (cause.kind) {
    case 'turn': {
      const words = names.wordsOfTurn(cause.session, cause.turn);
      return words === undefined ? 'Before a turn of the agent' : `Before “${firstWords(words)}”`;
    }
    case 'task':
      return `${beforeOrAfter(cause)} ${firstWords(names.titleOfTask(cause.spec, cause.task) ?? `task ${cause.task}`)}`;
    case 'hook':
      return `${beforeOrAfter(cause)} the hook “${cause.hook}”`;
    case 'restore':
      return restoreLabel(names.restored(root, cause.of, at), names);
    case 'person':
      return firstWords(cause.label) || 'By hand';
  }
}

/** Not the whole chain: a restore of a restore is an undo. */
function restoreLabel(target: Checkpoint | undefined, names: Names): string {
  if (!target) return 'Before a restore';
  if (target.cause.kind === 'restore') return 'Before a restore was undone';
  return `Before the restore to ${names.time(target.at)}`;
}

/** Where files are as they were: `before “Let links expire”`, `at “Works”`. */
export function asOf(checkpoint: Checkpoint, names: Names): string {
  const label = momentLabel(checkpoint, names);
  return checkpoint.cause.kind === 'person'
    ? `at “${label}”`
    : `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

function beforeOrAfter(cause: { readonly when: 'before' | 'after' }): string {
  return cause.when === 'before' ? 'Before' : 'After';
}

export function firstWords(text: string, most = WORDS): string {
  const [line = ''] = text.trim().split('\n');
  const cut = line.length > most ? line.slice(0, most).trimEnd() : line;
  return cut === text.trim() ? cut : `${cut} …`;
}

/** `14:41 · 3 files` */
export function momentDescription(moment: Moment, time: string): string {
  const changed = changedIn(moment);
  if (changed === undefined) return endOf(moment) === undefined ? `${time} · until now` : time;
  return `${time} · ${changed === 0 ? 'nothing changed' : files(changed)}`;
}

export function groupLabel(owner: Owner, names: Names): string {
  switch (owner.kind) {
    case 'session':
      return names.titleOfSession(owner.session) ?? 'A session that was deleted';
    case 'run': {
      const number = names.numberOfRun(owner.run);
      return `Run ${number === undefined ? '' : `${number} `}of ${basename(owner.spec)}`;
    }
    case 'spec':
      return `Tasks of ${basename(owner.spec)}`;
    case 'hook':
      return `Hook “${owner.hook}”`;
  }
}

export function groupDescription({ moments }: Group, time: string): string {
  return `${count(moments.length, 'checkpoint')} · ${time}`;
}

const ICONS: Readonly<Record<Cause['kind'] | Owner['kind'], string>> = {
  turn: 'comment',
  task: 'tasklist',
  hook: 'zap',
  restore: 'discard',
  person: 'bookmark',
  session: 'comment-discussion',
  run: 'run-all',
  spec: 'checklist',
};

export function iconOf(kind: Cause['kind'] | Owner['kind']): string {
  return ICONS[kind];
}

const CHANGES: Readonly<
  Record<PathChange['change'], { readonly word: string; readonly icon: string; readonly color: string }>
> = {
  added: { word: 'added', icon: 'diff-added', color: 'gitDecoration.addedResourceForeground' },
  changed: { word: 'changed', icon: 'diff-modified', color: 'gitDecoration.modifiedResourceForeground' },
  deleted: { word: 'deleted', icon: 'diff-removed', color: 'gitDecoration.deletedResourceForeground' },
  mode: { word: 'may be run or not', icon: 'gear', color: 'gitDecoration.modifiedResourceForeground' },
};

export function changeLook(change: PathChange['change']): (typeof CHANGES)[PathChange['change']] {
  return CHANGES[change];
}

/** What becomes of a path when it is restored. */
const STEPS: Readonly<Record<PathChange['change'], string>> = {
  added: 'comes back',
  changed: 'as it was',
  deleted: 'is deleted',
  mode: 'may be run as before',
};

export function stepWords({ change, byPerson, partly }: RestoreStep): string {
  const what = partly ? 'taken back, and what came after stays' : STEPS[change];
  return byPerson ? `${what} · you changed it since` : what;
}

/** A person's own edits first: they are what somebody would miss. */
export function stepsInOrder(steps: readonly RestoreStep[]): readonly RestoreStep[] {
  return [...steps].sort(
    (a, b) => Number(b.byPerson) - Number(a.byPerson) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
}

/** `Restore 3 files as they were before “…”: you changed 1 of them since`, and what else to know before. */
export function planTitle(plan: Pick<RestorePlan, 'steps' | 'notes' | 'refused'>, when: string): string {
  const { steps, notes } = plan;
  const what = `Restore ${files(steps.length)} as ${were(steps.length)} ${when}${ownWords(steps)}`;
  const more = [...partlyWords(steps), ...notes, ...[refusedWords(plan) ?? []].flat()];
  return more.length === 0 ? what : `${what}. ${more.join(' ')}`;
}

export function were(many: number): string {
  return many === 1 ? 'it was' : 'they were';
}

function ownWords(steps: readonly RestoreStep[]): string {
  const own = steps.filter(({ byPerson }) => byPerson).length;
  if (own === 0) return '';
  if (steps.length === 1) return ': you changed it since';
  return `: you changed ${own === steps.length ? 'all' : own} of them since`;
}

function partlyWords(steps: readonly RestoreStep[]): readonly string[] {
  const partly = steps.filter((step) => step.partly).length;
  if (partly === 0) return [];
  const where = steps.length === 1 ? 'What' : `In ${partly === steps.length ? 'each' : partly} of them, what`;
  return [`${where} came after stays.`];
}

/** Why some paths cannot be restored; undefined where all can. */
export function refusedWords({ refused }: Pick<RestorePlan, 'refused'>): string | undefined {
  const [first, ...more] = refused;
  if (!first) return undefined;
  const rest = more.length === 0 ? '' : ` Nor can ${more.length} more.`;
  return `${first.path} cannot be restored. ${first.why}${rest}`;
}

export function files(many: number): string {
  return count(many, 'file');
}

function count(many: number, one: string): string {
  return `${many.toLocaleString('en-GB')} ${many === 1 ? one : `${one}s`}`;
}
