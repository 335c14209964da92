/** What all tools that change a file share: the change is shown before it is made, and made only if nothing moved. */
import { relativePath } from '../../util/path';
import { confineWrite } from '../places/confine';
import type { SeenFile } from '../requireText';
import type { FileEdit } from '../session/events';
import { type PreparedCall, type ToolContext, ToolRefusal } from '../tool';

export interface FileChange {
  /** Canonical: the file that the person is asked about. */
  readonly path: string;
  /** All files that take part. */
  readonly seen: readonly SeenFile[];
  readonly edit: FileEdit | undefined;
  /** The file that is moved to `path`; relative to the workspace folder. */
  readonly from?: string;
  /** Nothing is left at `path`. */
  readonly deletes?: true;
  readonly why: string;
  readonly done: string;
  readonly act: () => Promise<void>;
}

export function changing(
  context: ToolContext,
  { path, seen, edit, from, deletes, why, done, act }: FileChange,
): PreparedCall {
  const shown = edit ? { edit } : {};
  return {
    question: {
      subject: nameOf(context, path),
      capability: 'write',
      where: 'the workspace folder',
      why,
      ...(from === undefined ? {} : { from }),
    },
    ...shown,
    touch: {
      path: nameOf(context, path),
      file: seen[0]?.path ?? path,
      ...(from === undefined ? {} : { from }),
      ...(deletes ? { deletes } : {}),
      ...(edit?.also
        ? { also: seen.slice(1).map((each) => ({ path: nameOf(context, each.path), file: each.path })) }
        : {}),
    },
    async perform(signal) {
      // The person may have thought for long: what was shown must still be so.
      for (const file of seen) await requireSame(context, file);
      signal.throwIfAborted();
      await act();
      return { ok: true, output: done, ...shown };
    },
  };
}

/** A text that takes another's place. */
export interface TextChange {
  /** Canonical. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Several files in one act: asked about once, and none is written where one is not as it was shown. */
export function writingAll(
  context: ToolContext,
  changes: readonly TextChange[],
  words: Pick<FileChange, 'why' | 'done'>,
): PreparedCall {
  const edits = changes.map(({ path, before, after }) => ({ path: nameOf(context, path), before, after }));
  const [first, ...also] = edits;
  return changing(context, {
    path: changes[0]?.path ?? context.root,
    seen: changes.map(({ path, before }) => ({ path, text: before, isText: true })),
    edit: first && (also.length === 0 ? first : { ...first, also }),
    ...words,
    async act() {
      for (const { path, after } of changes) {
        context.onWrite(path, after);
        await context.files.writeText(path, after);
      }
    },
  });
}

async function requireSame(context: ToolContext, { path, text, isText }: SeenFile): Promise<void> {
  const { root, files } = context;
  const name = nameOf(context, path);
  if ((await confineWrite(files, root, path)) !== path) throw new ToolRefusal(`${name} now leads elsewhere.`);
  if (isText && (await files.readText(path)) !== text)
    throw new ToolRefusal(`${name} was changed by somebody else meanwhile. Read it again.`);
}

/** As people call it: relative to the workspace folder. */
export function nameOf({ root }: ToolContext, path: string): string {
  return relativePath(root, path) ?? path;
}

export function writing(
  context: ToolContext,
  path: string,
  before: string | undefined,
  after: string,
): PreparedCall {
  const name = nameOf(context, path);
  const isNew = before === undefined;
  return changing(context, {
    path,
    seen: [{ path, text: before, isText: true }],
    edit: { path: name, before, after },
    why: isNew ? 'Creates this file' : 'Changes this file',
    done: isNew ? `Created ${name}.` : `Changed ${name}.`,
    async act() {
      // Told first: a watcher may see the write before the promise resolves.
      context.onWrite(path, after);
      await context.files.writeText(path, after);
    },
  });
}
