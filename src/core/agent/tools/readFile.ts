import * as z from 'zod';
import type { FileSystem, LinesWanted } from '../../ports';
import type { AbortSignal } from '../../util/abort';
import { confine } from '../places/confine';
import { MAX_SIZE, requireOrdinary, requireText } from '../requireText';
import { defineTool, reading, ToolRefusal } from '../tool';

const MAX_LINES = 2000;
const MAX_CHARACTERS = 60_000;
const MAX_LINE = 10_000;

export const readFile = defineTool({
  name: 'read_file',
  description: `Reads a text file with line numbers, up to ${MAX_LINES} lines. Use startLine to go on.`,
  reads: true,
  input: z.object({
    path: z.string().min(1),
    startLine: z.int().min(1).default(1),
    endLine: z.int().min(1).optional().describe('Included'),
  }),
  async prepare({ path, startLine, endLine }, { files, root }) {
    const real = await confine(files, root, path);
    const last = Math.min(endLine ?? Number.POSITIVE_INFINITY, startLine + MAX_LINES - 1);
    return reading(async (signal) => {
      const stat = await requireOrdinary(files, root, real, path);
      if (stat && stat.size > MAX_SIZE) {
        const wanted = { first: startLine, last, lineLength: MAX_LINE, characters: MAX_CHARACTERS };
        return partOf(files, real, path, wanted, signal);
      }
      const text = await requireText(files, root, real, path);
      if (text === undefined) throw new ToolRefusal(`There is no file ${path}.`);
      return numbered(text, startLine, last);
    });
  },
});

function numbered(text: string, first: number, last: number): string {
  const lines = text.split(/\r\n|\r|\n/);
  if (first > lines.length || last < first) return `[no such lines; the file has ${lines.length}]`;
  const shown: string[] = [];
  let room = MAX_CHARACTERS;
  for (const [index, line] of lines.slice(first - 1, last).entries()) {
    const next = `${first + index}\t${cut(line)}`;
    room -= next.length;
    if (room < 0) break;
    shown.push(next);
  }
  const rest = lines.length - (first - 1) - shown.length;
  const output = shown.join('\n');
  return rest > 0 ? `${output}\n[${rest} more lines; go on with startLine ${first + shown.length}]` : output;
}

function cut(line: string): string {
  const left = line.length - MAX_LINE;
  return left > 0
    ? `${line.slice(0, MAX_LINE)} [${left} more characters in this line; see them with run_command]`
    : line;
}

/** Of a file that is too large to be held whole. */
async function partOf(
  files: FileSystem,
  real: string,
  path: string,
  wanted: LinesWanted,
  signal: AbortSignal,
): Promise<string> {
  const part = wanted.last < wanted.first ? undefined : await files.readLines(real, wanted, signal);
  if (!part || part.lines.length === 0) return `[no such lines in ${path}]`;
  if (!part.isText) throw new ToolRefusal(`${path} is no UTF-8 text there. Use run_command for it.`);
  const lines = part.lines.map(({ text, cut: left }, index) => {
    const rest = left > 0 ? ` [${left} more bytes in this line; see them with run_command]` : '';
    return `${wanted.first + index}\t${text}${rest}`;
  });
  const next = wanted.first + lines.length;
  return lines.join('\n') + (part.more ? `\n[more lines; go on with startLine ${next}]` : '');
}
