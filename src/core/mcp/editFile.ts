/** Edits of an `mcp.json` that keep all else: comments, order, what we do not know. */
import { applyEdits, type JSONPath, modify, type ParseError, parse } from 'jsonc-parser';
import { ActError } from '../actError';
import type { FileSystem } from '../ports';

const EMPTY = '{\n  "mcpServers": {}\n}\n';

/** @param value undefined: the key goes */
export async function editFile(
  files: FileSystem,
  path: string,
  change: (now: unknown) => readonly (readonly [at: JSONPath, value: unknown])[],
): Promise<void> {
  const found = await files.readText(path);
  let text = found === undefined || found.trim() === '' ? EMPTY : found;
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  text = text.slice(mark.length);
  const errors: ParseError[] = [];
  const now: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0)
    throw new ActError('invalid', `${path} is not valid JSON, so it is not changed. Mend it first.`);
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)\S/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  for (const [at, value] of change(now))
    text = applyEdits(text, modify(text, at, value, { formattingOptions }));
  await files.writeText(path, mark + text);
}

/** A list of names with or without one; undefined: the list would be empty, and need not be there. */
export function withName(list: readonly string[], name: string, on: boolean): readonly string[] {
  const others = list.filter((each) => each !== name);
  return on ? [...others, name] : others;
}
