import * as z from 'zod';
import { type NamedPlace, placeOf, showPlace } from '../codePlaces';
import type { CodePlace, CodeSymbol, EditorServices } from '../editorServices';
import { confine } from '../places/confine';
import { requireVisible } from '../places/ignoreRules';
import { pageOf, showPage } from '../places/visibleFiles';
import { defineTool, type PreparedCall, reading, type ToolContext, ToolRefusal } from '../tool';
import { search } from './search';

const LIMIT = 100;

export const code = defineTool({
  name: 'code',
  description:
    'Asks the language server: definition or references of a symbol that stands in a file (line: where, if not at its first place); symbols: the outline of path, or without path all of that name.',
  reads: true,
  input: z.object({
    action: z.enum(['definition', 'references', 'symbols']),
    symbol: z.string().min(1).max(500).optional(),
    path: z.string().min(1).optional(),
    line: z.int().min(1).optional(),
    offset: z.int().min(0).default(0),
  }),
  async prepare({ action, symbol, path, line, offset }, context) {
    const { editor } = context;
    if (!editor) return standIn(context, action, symbol, path, offset);
    if (action === 'symbols') return symbols(context, editor, symbol, path, offset);
    const place = await placeOf(context, named(symbol, path, line));
    return reading(async (signal) => {
      const found = await (action === 'definition'
        ? editor.definitions(place, signal)
        : editor.references(place, signal));
      const none = `The language server knows no ${action} of “${symbol}” there. Look for it with search.`;
      return showPage(await pageOf(lines(context, found), offset, LIMIT), offset, none);
    });
  },
});

function named(symbol: string | undefined, path: string | undefined, line: number | undefined): NamedPlace {
  if (symbol === undefined || path === undefined)
    throw new ToolRefusal('Give symbol, and path: a file in which it stands.');
  return { symbol, path, line };
}

async function symbols(
  context: ToolContext,
  editor: EditorServices,
  symbol: string | undefined,
  path: string | undefined,
  offset: number,
): Promise<PreparedCall> {
  const { files, root } = context;
  if (path === undefined) {
    if (symbol === undefined)
      throw new ToolRefusal('Give path for an outline, or symbol to find it by name.');
    return reading(async (signal) => {
      const found = lines(context, await editor.symbols(symbol, signal));
      const none = `The language servers know no symbol “${symbol}”. Look for it with search.`;
      return showPage(await pageOf(found, offset, LIMIT), offset, none);
    });
  }
  const real = await confine(files, root, path);
  await requireVisible(files, root, real, path);
  // A rule that keeps the file from being read keeps its outline, too.
  if ((await files.readText(real)) === undefined) throw new ToolRefusal(`There is no file ${path}.`);
  return reading(async (signal) => {
    const all = await editor.outline(real, signal);
    const wanted = symbol === undefined ? all : all.filter(({ name }) => name === symbol);
    const found = pageOf(outlineOf(wanted), offset, LIMIT);
    return showPage(
      await found,
      offset,
      `No language server knows symbols of ${path}. Read it with read_file.`,
    );
  });
}

async function* lines(context: ToolContext, places: readonly CodePlace[]): AsyncGenerator<string> {
  for (const place of places) yield await showPlace(context, place);
}

async function* outlineOf(symbols: readonly CodeSymbol[]): AsyncGenerator<string> {
  for (const { depth, kind, name, line } of symbols)
    yield `${'  '.repeat(depth)}${kind} ${name} :${line + 1}`;
}

/** Where there is no language server: the name as a word, anywhere. */
async function standIn(
  context: ToolContext,
  action: 'definition' | 'references' | 'symbols',
  symbol: string | undefined,
  path: string | undefined,
  offset: number,
): Promise<PreparedCall> {
  if (symbol === undefined)
    throw new ToolRefusal(
      'No language server is here, so there is no outline. Read the file with read_file.',
    );
  const pattern = `(?<![\\w$])${symbol.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w$])`;
  const place = action === 'symbols' && path !== undefined ? { path } : {};
  const found = await search.prepare({ pattern, regex: true, offset, ...place }, context);
  return {
    ...found,
    async perform(signal) {
      const { ok, output } = await found.perform(signal);
      return { ok, output: `[no language server here: found as a word in the text]\n${output}` };
    },
  };
}
