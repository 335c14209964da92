import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DocumentKind } from '../../core/spec/model';
import { basename } from '../../core/util/path';
import { fromNativePath } from '../../node/nativePath';
import { type Command, CWD, EXIT, UsageError } from '../command';
import { printable } from '../printable';

const KINDS: Readonly<Record<string, DocumentKind>> = {
  'requirements.md': 'requirements',
  'bugfix.md': 'bugfix',
  'design.md': 'design',
  'tasks.md': 'tasks',
};

export const merge: Command = {
  name: 'merge',
  operands: '<ours> <base> <theirs>',
  arity: [3, 3],
  summary: 'Merge two versions of a spec document, criterion by criterion.',
  details: `Writes into <ours> what both made of <base>. A criterion, section, property or task that only one touched
is taken, however close others lie; one that both changed is a conflict, with both sides between git's marks.

As git's merge driver, once for each clone:
  git config merge.earshot.driver 'earshot merge %A %O %B --path %P'
and in .gitattributes:
  .kiro/specs/**/*.md merge=earshot

Exit codes: 0 merged, 1 conflicts are left, 2 the command line is wrong.`,
  options: {
    path: { value: 'PATH', help: 'What the document is called, where <ours> is a temporary file.' },
    ...CWD,
  },
  async run(args, terminal) {
    const cwd = resolve(terminal.cwd, args.value('cwd') ?? '.');
    const [ours = '', base = '', theirs = ''] = args.operands.map((path) => resolve(cwd, path));
    const name = basename(fromNativePath(args.value('path') ?? ours));
    const kind = KINDS[name];
    if (kind === undefined)
      throw new UsageError(
        `“${name}” is no document of a spec: requirements.md, bugfix.md, design.md or tasks.md. --path names it.`,
      );
    const [own, before, other] = await Promise.all([ours, base, theirs].map(read));
    const versions = { ours: own ?? '', base: before ?? '', theirs: other ?? '' };
    // Every other command starts without it.
    const { mergeDocuments } = await import('../../core/spec/merge/mergeDocuments');
    const { text, conflicts } = mergeDocuments(kind, versions, { ours: 'ours', theirs: 'theirs' });
    writeFileSync(ours, text);
    if (conflicts.length === 0) return EXIT.done;
    const ids = conflicts.map(({ id }) => id).join(', ');
    terminal.out.say(
      `${printable(name)}: ${printable(ids)} changed on both sides. Choose between the marks.`,
    );
    return EXIT.failed;
  },
};

async function read(path: string): Promise<string> {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read.`);
  }
}
