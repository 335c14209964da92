/** Nothing was done, in the wrong place, or the checks were not run. */
import { isCheckpointTask } from '../../../spec/tasks/checkpointTask';
import { type ChangedFile, isWork } from '../changes';
import { languageOf } from './languages';
import { mask } from './mask';
import { type Detector, listed, type Suspected } from './suspicion';

export const emptyDiff: Detector = ({ changes, nothingToChange, asked }) => {
  if (nothingToChange !== undefined || (changes.length === 0 && isCheckpointTask(asked))) return [];
  const work = changes.filter(isWork);
  if (work.some((change) => !isComment(change)) || (work.length > 0 && ASKS_COMMENTS.test(asked))) return [];
  const paths = (all: readonly ChangedFile[]) => listed(all.map(({ path }) => path));
  const detail =
    changes.length === 0
      ? 'Nothing was changed, and it was not said why nothing had to be.'
      : work.length === 0
        ? `Nothing but blanks was changed, in ${paths(changes)}.`
        : `Nothing but comments was changed, in ${paths(work)}.`;
  return [{ kind: 'emptyDiff', detail }];
};

/** A task may ask for them: anywhere by their name, or by what its title is about. */
const ASKS_COMMENTS =
  /\b(?:comments?|docstrings?|(?:[jt]s|java|go|rust)doc)\b|^[^\n]*\b(?:document(?!s\b)\w*|docs|explain|annotate|licen[cs]e)\b/i;
/** Where what looks like a comment is one. */
const TOLD_APART = /\.(?:[cm]?[jt]s|pyi?|go|rs|java|kts?|cs|dart|swift|cc?|cpp|cxx|h|hpp)$/i;
/** Some of them do something: to a compiler, a checker or the trace. */
const DOES =
  /@\w|\b(?:Verifies|Validates|Feature|eslint|biome|prettier|noqa|pylint|istanbul|c8|v8)\b|^\s*#!|go:|\+build|type:|pragma/gim;

/** Its program is what it was. */
function isComment({ path, before = '', after = '', binary }: ChangedFile): boolean {
  const language = TOLD_APART.test(path) ? languageOf(path) : undefined;
  if (language === undefined || binary) return false;
  const program = (text: string) => mask(text, language.style).bare;
  const marks = (text: string) => (text.match(DOES) ?? []).join(' ');
  const isSame = !isWork({ path, before: program(before), after: program(after) });
  return isSame && marks(before) === marks(after);
}

export const outsideBoundary: Detector = ({ files, boundary }) => {
  const outside = files.filter((file) => file.outside).map(({ path }) => path);
  if (outside.length === 0) return [];
  return [
    {
      kind: 'outsideBoundary',
      detail: `Changed outside of its boundary (${listed(boundary)}): ${listed(outside)}.`,
    },
  ];
};

export const checkNotRun: Detector = ({ checks, compared }) => {
  const missing = checks.filter(({ command }) => compared.every((each) => each.command !== command));
  const silent = compared.flatMap(({ command, before, after }): Suspected[] => {
    const was = before?.tests?.passed ?? 0;
    const is = after.tests ? after.tests.passed + after.tests.failed + after.tests.skipped : 0;
    return after.outcome === 'passed' && was > 0 && is === 0
      ? [{ kind: 'checkNotRun', detail: `“${command}” passed, but ran no test; before it ran ${was}.` }]
      : [];
  });
  return [
    ...missing.map(
      ({ command }): Suspected => ({
        kind: 'checkNotRun',
        detail: `The check “${command}” was not run.`,
      }),
    ),
    ...silent,
  ];
};
