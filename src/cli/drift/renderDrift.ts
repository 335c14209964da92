import type { Drift } from '../../core/trace/drift';
import type { DRIFT_FORMATS } from '../commands/drift';
import type { Paint } from '../output';
import { printable } from '../printable';

export function renderDrift(
  found: readonly Drift[],
  format: (typeof DRIFT_FORMATS)[number],
  paint: Paint,
): string {
  if (format === 'json')
    return `${JSON.stringify(
      found.map(({ path: _, ...drift }) => drift),
      undefined,
      2,
    )}\n`;
  const open = found.filter(({ places }) => places.length > 0);
  return format === 'markdown' ? markdown(open) : text(open, paint);
}

function sum(open: readonly Drift[]): string {
  if (open.length === 0) return 'No code has drifted from its criterion.';
  return open.length === 1
    ? 'The code of one criterion changed, and the criterion did not.'
    : `The code of ${open.length} criteria changed, and the criteria did not.`;
}

function text(open: readonly Drift[], paint: Paint): string {
  const blocks = open.map(({ spec, id, text: words, places }) =>
    [
      `${paint('bold', `${printable(spec)}#${printable(id)}`)}  ${printable(words.replace(/\s+/g, ' '))}`,
      ...places.map(({ path, line }) => `  ${paint('yellow', '?')} ${printable(path)}:${line}`),
    ].join('\n'),
  );
  const mark = open.length === 0 ? paint('green', '✔') : paint('yellow', '✖');
  return `${[...blocks, `${mark} ${sum(open)}`].join('\n\n')}\n`;
}

function markdown(open: readonly Drift[]): string {
  const rows = open.map(({ spec, id, text: words, places }) => {
    const where = places.map(({ path, line }) => `\`${path.replaceAll('`', '')}:${line}\``).join('<br>');
    return `| ${cell(`${spec}#${id}`)} | ${cell(words)} | ${where.replaceAll('|', '\\|')} |`;
  });
  const table =
    open.length === 0 ? [] : ['', '| criterion | text | code that changed |', '|---|---|---|', ...rows];
  return `${[sum(open), ...table].join('\n')}\n`;
}

/** Words of a document in a cell of a table: none of them ends it or is markup. */
function cell(words: string): string {
  return words.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, (sign) => `\\${sign}`);
}
