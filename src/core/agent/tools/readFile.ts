import * as z from 'zod';
import { confine } from '../confine';
import { requireText } from '../requireText';
import { defineTool, reading, ToolRefusal } from '../tool';

const MAX_LINES = 2000;
const MAX_CHARACTERS = 60_000;

export const readFile = defineTool({
  name: 'read_file',
  description: `Reads a text file of the workspace with line numbers, up to ${MAX_LINES} lines. Use startLine to go on.`,
  input: z.object({
    path: z.string().describe('Relative to the workspace folder'),
    startLine: z.int().min(1).optional().describe('First line, from 1'),
    endLine: z.int().min(1).optional().describe('Last line, included'),
  }),
  async prepare({ path, startLine = 1, endLine }, { files, root }) {
    const real = await confine(files, root, path);
    return reading(async () => {
      const text = await requireText(files, real, path);
      if (text === undefined) throw new ToolRefusal(`There is no file ${path}.`);
      if (text.includes('\0')) throw new ToolRefusal(`${path} is not a text file.`);
      return numbered(
        text,
        startLine,
        Math.min(endLine ?? Number.POSITIVE_INFINITY, startLine + MAX_LINES - 1),
      );
    });
  },
});

function numbered(text: string, first: number, last: number): string {
  const lines = text.split(/\r\n|\r|\n/);
  if (first > lines.length || last < first) return `[no such lines; the file has ${lines.length}]`;
  const shown = lines.slice(first - 1, last).map((line, index) => `${first + index}\t${line}`);
  let output = shown.join('\n');
  if (output.length > MAX_CHARACTERS)
    output = `${output.slice(0, MAX_CHARACTERS)}\n[cut: read fewer lines at once]`;
  const rest = lines.length - (first - 1) - shown.length;
  return rest > 0 ? `${output}\n[${rest} more lines; go on with startLine ${first + shown.length}]` : output;
}
