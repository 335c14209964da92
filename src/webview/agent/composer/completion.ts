/** What is being written at the cursor, and what it may become. Pure. */
import type { KindSummary } from '../../../core/agent/mentions/mentions';
import type { OfferedCommand, OfferedMention } from '../../../protocol/agent';
import type { IconName } from '../../shared/iconNames';
import { SLASH_COMMANDS } from './slashCommands';

/** A part of the text that can be completed; it ends at the cursor. */
export type Token =
  | { readonly type: 'command'; readonly start: number; readonly query: string }
  | { readonly type: 'kind'; readonly start: number; readonly query: string }
  | { readonly type: 'argument'; readonly start: number; readonly kind: string; readonly query: string };

export interface CompletionItem {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly detail: string;
  /** Takes the token's place. */
  readonly insert: string;
  /** A command that needs no more words is done at once. */
  readonly command?: string;
}

export function tokenAt(text: string, cursor: number, kinds: readonly KindSummary[]): Token | undefined {
  const before = text.slice(0, cursor);
  const command = /^\/([\w.-]*)$/.exec(before);
  if (command) return { type: 'command', start: 0, query: command[1] ?? '' };
  const mention = /(?:^|[\s(])#([a-z]*)(?:(:)(?:"([^"\n]*)|([^\s"]*)))?$/.exec(before);
  if (!mention) return undefined;
  const [whole, kind = '', colon, quoted, bare] = mention;
  const start = before.length - whole.length + whole.indexOf('#');
  if (colon === undefined) return { type: 'kind', start, query: kind };
  if (!kinds.some(({ name, takes }) => name === kind && takes)) return undefined;
  return { type: 'argument', start, kind, query: quoted ?? bare ?? '' };
}

const KIND_ICONS: Readonly<Record<string, IconName>> = {
  file: 'file',
  folder: 'folder',
  spec: 'checklist',
  steering: 'book',
  problems: 'warning',
  terminal: 'terminal',
  git: 'git-commit',
  mcp: 'plug',
};

export function mentionIcon(mention: string): IconName {
  return KIND_ICONS[/^#([a-z]+)/.exec(mention)?.[1] ?? ''] ?? 'symbol-keyword';
}

/**
 * @param choices What the host offered for the argument.
 * @param commands Those that the host knows.
 */
export function itemsFor(
  token: Token,
  kinds: readonly KindSummary[],
  choices: readonly OfferedMention[],
  commands: readonly OfferedCommand[] = [],
): readonly CompletionItem[] {
  if (token.type === 'command')
    return matching(commandsOf(commands), token.query).map(({ name, description, takes, said }) => ({
      key: name,
      icon: said ? 'book' : 'symbol-keyword',
      label: `/${name}`,
      detail: description,
      ...(takes === undefined && !said ? { insert: '', command: name } : { insert: `/${name} ` }),
    }));
  if (token.type === 'kind')
    return kinds
      .filter(({ name }) => name.startsWith(token.query))
      .map(({ name, description, takes }) => ({
        key: name,
        icon: mentionIcon(`#${name}`),
        label: `#${name}`,
        detail: description,
        insert: takes ? `#${name}:` : `#${name} `,
      }));
  return choices.map(({ argument, mention, detail = '' }) => {
    const name = argument.slice(argument.lastIndexOf('/') + 1);
    return {
      key: argument,
      icon: mentionIcon(`#${token.kind}`),
      label: name,
      detail: detail || (name === argument ? '' : argument.slice(0, -name.length - 1)),
      insert: `${mention} `,
    };
  });
}

/** A name of ours is ours. */
function commandsOf(offered: readonly OfferedCommand[]): readonly OfferedCommand[] {
  return [
    ...SLASH_COMMANDS,
    ...offered.filter(({ name }) => !SLASH_COMMANDS.some((own) => own.name === name)),
  ];
}

/** What begins so; a prompt also by its own name, behind that of its server. */
function matching<T extends { readonly name: string }>(all: readonly T[], query: string): readonly T[] {
  const wanted = query.toLowerCase();
  return all.filter(({ name }) =>
    [name, name.slice(name.indexOf('.') + 1)].some((each) => each.toLowerCase().startsWith(wanted)),
  );
}

/** The text with the token replaced, and where the cursor is then. */
export function complete(
  text: string,
  token: Token,
  cursor: number,
  insert: string,
): { readonly text: string; readonly cursor: number } {
  const rest = text.slice(cursor);
  // A space is there already.
  const added = insert.endsWith(' ') && /^\s/.test(rest) ? insert.slice(0, -1) : insert;
  return { text: text.slice(0, token.start) + added + rest, cursor: token.start + insert.length };
}
