/**
 * A shell command line → the simple commands in it. Read by a real parser; what it says is taken only where every
 * common shell would say the same, and all else makes the whole line unclear, which no rule allows.
 */
import {
  type Command,
  type CommandExpansionPart,
  forEachChild,
  parse,
  type Redirect,
  type Script,
  type SyntaxNode,
  type Word,
} from 'unbash';
import { errorMessage } from '../../util/errorMessage';
import { readsVariable, type ShellWord, shellWord } from './shellWords';

export interface SimpleCommand {
  /** The name first. */
  readonly words: readonly ShellWord[];
}

export interface RedirectTarget {
  readonly word: ShellWord;
  readonly writes: boolean;
}

export interface ParsedCommand {
  /** As far as it could be read: also those of an unclear line, for rules that deny. */
  readonly commands: readonly SimpleCommand[];
  readonly redirects: readonly RedirectTarget[];
  /** The first thing that nobody can tell, in words. */
  readonly unclear: string | undefined;
  readonly loops: boolean;
}

const MAX_LENGTH = 20_000;
/** Controls, what cannot be seen, and blanks that a shell takes for letters. */
const HIDDEN = /[^\P{C}\n\t]|[^\P{Z} ]/u;

/** Constructs that are only walked through. */
const PLAIN = new Set<SyntaxNode['type']>([
  'Script',
  'Statement',
  'CompoundList',
  'AndOr',
  'Pipeline',
  'Negation',
  'Time',
  'Command',
  'Redirected',
  'Subshell',
  'BraceGroup',
  'If',
  'Elif',
  'While',
  'Word',
  'Literal',
  'SingleQuoted',
  'DoubleQuoted',
  'Redirect',
  'FileDescriptor',
  'HereDoc',
  'HereDocDelimiter',
  'HereDocBody',
  'CommandExpansion',
  'SimpleExpansion',
]);

const WORDS: Partial<Record<SyntaxNode['type'], string>> = {
  Assignment: 'It sets a variable for what it runs.',
  AnsiCQuoted: "Shells differ in what they read in $'…'.",
  LocaleString: 'Shells differ in what they read in $"…".',
  BraceExpansion: 'It has words in braces, which stand for several.',
  ProcessSubstitution: 'It puts a command in the place of a file.',
  Function: 'It defines a function, which may take the place of a command.',
  HereString: 'Shells differ in what they read after <<<.',
};

export function parseCommand(text: string): ParsedCommand {
  const reader = new Reader();
  if (text.length > MAX_LENGTH) reader.doubt('It is too long to be checked.');
  else if (HIDDEN.test(text)) reader.doubt('It has characters that cannot be seen.');
  if (text.length <= MAX_LENGTH) reader.read(text);
  return reader;
}

class Reader implements ParsedCommand {
  readonly commands: SimpleCommand[] = [];
  readonly redirects: RedirectTarget[] = [];
  unclear: string | undefined;
  loops = false;

  read(text: string): void {
    try {
      this.#visit(parse(text));
    } catch (error) {
      this.doubt(`It cannot be read as a shell command: ${errorMessage(error)}.`);
    }
    if (this.commands.length === 0 && this.redirects.length === 0) this.doubt('There is no command in it.');
  }

  doubt(why: string): void {
    this.unclear ??= why;
  }

  #visit = (node: SyntaxNode): void => {
    if (!PLAIN.has(node.type) && !this.#isPlainPart(node))
      this.doubt(WORDS[node.type] ?? `It has a construct that is not checked here (${node.type}).`);
    if (node.type === 'Script') this.#script(node);
    if (node.type === 'Command') this.#command(node);
    if (node.type === 'Redirect') this.#redirect(node);
    if (node.type === 'CommandExpansion') this.#substitution(node);
    if (node.type === 'Word') this.#word(node);
    if (node.type === 'While') this.loops = true;
    if (node.type === 'HereDoc' && !node.closing) this.doubt('A text in it (<<) has no end.');
    if (node.type === 'Pipeline' && node.operators.includes('|&'))
      this.doubt('Shells differ in what |& does.');
    forEachChild(node, this.#visit);
    // Its parts have said more exactly what is wrong, if anything is.
    if (node.type === 'Command') this.#given(node);
  };

  #isPlainPart(node: SyntaxNode): boolean {
    if (node.type === 'Glob') return node.kind !== 'bracket' || !/[\\'"$`]/.test(node.text);
    return node.type === 'ParameterExpansion' && !node.prefix && !node.index && !node.operation;
  }

  #script(node: Script & { readonly errors?: readonly { readonly message: string }[] | undefined }): void {
    const [error] = node.errors ?? [];
    if (error) this.doubt(`It cannot be read as a shell command: ${error.message}.`);
  }

  #command({ name, args }: Command): void {
    if (!name) return;
    const words = [name, ...args].map(shellWord);
    const [first] = words;
    if (!first?.known || first.glob || first.home || first.value === '')
      this.doubt('The name of a command is not written out.');
    this.commands.push({ words });
  }

  /** Printing takes no files: what another command says may be said again. */
  #given({ name, args }: Command): void {
    const prints = name?.value === 'echo' || name?.value === 'printf';
    if (!prints && args.some((word) => !shellWord(word).known))
      this.doubt('What it is given is known only when it runs.');
  }

  /** A variable may hold what must not be shown, and what is in no pattern. */
  #word(word: Word): void {
    if (readsVariable(word)) this.doubt(`It uses a variable, ${word.text}, whose value is not known here.`);
    // A brace that this parser does not expand and another one might.
    if (!word.parts && /^[^'"\\]*\{[^'"\\]*(,|\.\.)[^'"\\]*\}/.test(word.text))
      this.doubt('It has words in braces, which stand for several.');
  }

  #substitution({ script }: CommandExpansionPart): void {
    if (!script) this.doubt('A command in it cannot be read.');
  }

  #redirect({ operator, target, descriptor }: Redirect): void {
    if (operator === '&>' || operator === '&>>') this.doubt(`Shells differ in what ${operator} does.`);
    if (descriptor?.type === 'FileDescriptorVariable') this.doubt('It keeps a file open in a variable.');
    if (!target) {
      this.doubt('A redirection has no target.');
      return;
    }
    const word = shellWord(target);
    if (operator === '>&' || operator === '<&') {
      if (/^\d+-?$|^-$/.test(word.value)) return;
      this.doubt(`Shells differ in what ${operator} does with a file.`);
    }
    if (!word.known || word.glob) this.doubt('Where it writes to or reads from is not written out.');
    this.redirects.push({ word, writes: operator !== '<' });
  }
}
