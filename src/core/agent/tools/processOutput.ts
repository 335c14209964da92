/** What the tools for background processes share. */

import type { CommandResult } from '../../ports';
import { type ToolContext, ToolRefusal } from '../tool';
import type { Background, BackgroundProcess } from '../turn/background';

/** Characters told at once. */
const LIMIT = 20_000;

export function backgroundOf({ background }: ToolContext): Background {
  if (!background) throw new ToolRefusal('No process can be started here. Use run_command.');
  return background;
}

/** Its output, with how it stands and how to go on in the last line. */
export function showOutput(process: BackgroundProcess, offset?: number): string {
  const { text, start, end, more } = process.read(LIMIT, offset);
  const lost = offset !== undefined && start > offset ? [`[output before ${start} is no longer kept]`] : [];
  const state = `${process.id} ${stateOf(process)}`;
  const rest = more > 0 ? `; ${more} more characters, read on from offset ${end}` : `; read up to ${end}`;
  return [...lost, ...(text === '' ? [] : [text.trimEnd()]), `[${state}${rest}]`].join('\n');
}

/** Of a long one its beginning and its end; the middle can be read on from where processes are kept. */
export function showEnded(result: CommandResult, background: Background | undefined): string {
  const { output } = result;
  if (output.length <= LIMIT) return output.trimEnd();
  const head = output.slice(0, LIMIT / 2).replace(HALF_AT_END, '');
  const tail = output.slice(-LIMIT / 2).replace(HALF_AT_START, '');
  const left = output.length - head.length - tail.length;
  const on = background
    ? `read_output of ${background.keep(result).id} from offset ${head.length} shows them`
    : 'print less, or into a file';
  return `${head}\n[${left} characters left out; ${on}]\n${tail.trimEnd()}`;
}

/** A character that was cut in two. */
const HALF_AT_END = /[\ud800-\udbff]$/;
const HALF_AT_START = /^[\udc00-\udfff]/;

function stateOf({ result }: BackgroundProcess): string {
  if (!result) return 'runs';
  if (result.outcome === 'notStarted') return 'could not be started';
  if (result.outcome === 'cancelled') return 'was stopped';
  return result.exitCode === undefined ? 'was ended by a signal' : `ended with exit code ${result.exitCode}`;
}
