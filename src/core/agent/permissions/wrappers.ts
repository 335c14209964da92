/**
 * Programs that run what they are given: no pattern over their words can say what that is. And arguments that make
 * an ordinary program do so.
 */
import type { ShellWord } from './shellWords';

/** Shells, what the shell itself runs or redefines, and programs whose arguments are a command or a program. */
const RUNS = new Set(
  (
    'sh bash dash zsh ksh mksh ash fish csh tcsh rbash busybox toybox pwsh powershell cmd wsl ' +
    'eval exec source . command builtin trap alias unalias hash enable bind complete export declare typeset local ' +
    'readonly unset set shopt read mapfile readarray let getopts pushd popd fc ' +
    'xargs parallel sudo doas su runuser pkexec env nice ionice nohup timeout time setsid stdbuf unbuffer chroot ' +
    'unshare nsenter setarch taskset chrt flock strace ltrace gdb lldb perf script expect watch entr at ' +
    'batch crontab systemd-run ssh rsh tmux screen osascript xdg-open mshta cscript wscript ' +
    'awk gawk mawk nawk ed ex vi vim nvim emacs less more man'
  ).split(' '),
);

const SCRIPTS =
  /^(?:node|nodejs|deno|bun|tsx|ts-node|python[\d.]*|pypy[\d.]*|perl[\d.]*|ruby[\d.]*|php[\d.]*|lua[\d.]*|luajit|Rscript|R|tclsh|wish|julia|groovy|scala|jshell|ghci|guile|racket|sbcl|elixir|iex|erl|ipython)$/;

/** Options that make a program run another one, follow links, or write where its name does not say so. */
const OPTIONS: readonly (readonly [names: RegExp, option: RegExp])[] = [
  [/^find$/, /^-(?:exec|execdir|ok|okdir|delete|fls|fprint.*|f)$|^-[HL]|^-follow$/],
  [/^(?:e|f)?grep$/, /^-[a-zA-Z]*R|^--d/],
  [/^printf$/, /^-v/],
  [/^rg$/, /^--(?:pre|hostname-bin|fol|search-z)|^-[a-zA-Z]*[LzR]/],
  [/^diff$/, /^-[a-zA-Z]*[rl]|^--(?:rec|pag)/],
  [/^(?:ls|du|tree|stat)$/, /^-[a-zA-Z]*[LHDo]|^--deref/],
  [/^git$/, /^-[cCOx]|^--(?:exe|conf|git-d|work|bare|upl|rec|ext|textc|ope|out)|^ext::/],
  [/^(?:sort|uniq)$/, /^-[a-zA-Z]*[oT]|^--(?:o|comp|t|files)/],
  [/^(?:g|bsd)?tar$/, /^--(?:check|to-c|use-c|rsh|rmt|info|new-v)|^-?[a-zA-Z]*[IF]/],
  [/^npm$/, /^--?(?:scri|she|node-o|prefi|user|glob|cal)|^-[cC]$/],
  [
    /^(?:pnpm|yarn|yarnpkg|bun|corepack)$/,
    /^--?(?:script-shell|shell|prefix|cwd|dir|use-node-version|C)(?:=|$)/,
  ],
  [/^go$/, /^--?(?:exec|toolexec|vettool|C|modfile|overlay)(?:=|$)/],
  [/^cargo$/, /^--(?:conf|manifest|runner)|^-[ZC]|^\+/],
  [/^(?:g|re)?make$|^(?:mingw32-make|nmake|ninja)$/, /^--(?:ev|f|inc|dir)|^-[a-zA-Z]*[fCEI]|=/],
  [/^(?:curl|wget)$/, /^-[a-zA-Z]*[KoOP]|^--(?:conf|out|rem|use-askpass|exec)/],
  [/^(?:zip|unzip|7z)$/, /^-(?:TT|T)|^--unzip-command/],
  [/^(?:rsync|scp|sftp)$/, /^-[a-zA-Z]*[eSo]|^--rsh|^--rsync-path/],
];

/** What a program is told to do that is running, or changes what it runs from then on. */
const ACTS: readonly (readonly [names: RegExp, words: RegExp])[] = [
  [
    /^git$/,
    /^(?:config|bisect|filter-branch|difftool|mergetool|hook|daemon|send-email|credential\S*)(?: |$)|^submodule foreach/,
  ],
  [/^(?:npm|pnpm|yarn|yarnpkg|bun)$/, /^(?:exec|x|dlx|explore|config|c|set|set-script|pkg|edit)(?: |$)/],
  [/^go$/, /^(?:tool|env)(?: |$)/],
];

/** Why a rule cannot allow this command, in words; undefined for an ordinary one. */
export function wrapperReason(words: readonly ShellWord[]): string | undefined {
  const [first, ...rest] = words.map(({ value }) => value);
  const name = programName(first ?? '');
  if (name === 'earshot' || (/^(?:npx|bunx|pnpx)$/.test(name) && rest.includes('earshot')))
    return 'With earshot, decisions are made that only you make.';
  if (RUNS.has(name)) return `${name} runs or changes what it is given, and no rule can tell what that is.`;
  if (SCRIPTS.test(name) && !runsFile(rest)) return `${name} runs code that is given to it.`;
  if (/^g?sed$/.test(name) && !isPlainSed(rest)) return `${name} can run commands and write files by itself.`;
  const act = rest
    .filter((value) => !value.startsWith('-'))
    .slice(0, 2)
    .join(' ');
  if (hits(ACTS, name, act)) return `With ${act}, ${name} runs or changes something else.`;
  const option =
    npmOption(name, rest) ?? ownArguments(name, rest).find((value) => hits(OPTIONS, name, value));
  return option === undefined ? undefined : `With ${option}, ${name} may do much more than its name says.`;
}

function hits(table: typeof OPTIONS, name: string, value: string): boolean {
  return table.some(([names, pattern]) => names.test(name) && pattern.test(value));
}

/** Without those of the tool that npx runs. */
function ownArguments(name: string, args: readonly string[]): readonly string[] {
  if (!/^(?:npx|pnpx|bunx)$/.test(name)) return args;
  const tool = args.findIndex((arg) => !arg.startsWith('-'));
  return tool < 0 ? args : args.slice(0, tool);
}

/** Without its folder and, on a lenient disk, its letter case. */
export function programName(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? name).toLowerCase().replace(/\.(?:exe|cmd|bat)$/, '');
}

const TELLS = /^(?:-v|-V|-h|--version|--help|--test|--check)$/;
const CODE = /^-[a-zA-Z]*[ecpEr]|^--(?:e|p)/;

/** Does an interpreter run a file or module, and no code among its arguments? */
function runsFile(args: readonly string[]): boolean {
  let tells = false;
  for (const arg of args) {
    if (arg === '-m') return true;
    if (!arg.startsWith('-')) return !/^(?:eval|repl|exec|x)$/.test(arg);
    if (CODE.test(arg)) return false;
    if (TELLS.test(arg)) tells = true;
    else if (!tells) return false;
  }
  return tells;
}

const SAFE_NPM =
  /^(?:-s|-w|-ws|--silent|--workspaces?(?:=.*)?|--if-present|--include-workspace-root|--version)$/;

/**
 * npm takes options of its own anywhere before `--`, shortened at will, and some name a shell or a file to run: with
 * a script only those are taken that are known. npx has two such.
 */
function npmOption(name: string, args: readonly string[]): string | undefined {
  if (/^(?:npx|pnpx|bunx)$/.test(name))
    return ownArguments(name, args).find((arg) => /^-[a-zA-Z]*c|^--(?:c|s|node-o)/.test(arg));
  const word = args.find((arg) => !arg.startsWith('-')) ?? '';
  if (name !== 'npm' || !/^(?:run|run-script|rum|urn|test|tst|t|start|stop|restart)$/.test(word))
    return undefined;
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  return own.find((arg) => arg.startsWith('-') && !SAFE_NPM.test(arg));
}

const SED_LINES = /^(?:\d+|\$)?(?:,(?:\d+|\$))?[pdq=]$/;
const SED_SUBSTITUTION = /^s([/|#,:])(?:\\.|(?!\1)[^\\\n])*\1(?:\\.|(?!\1)[^\\\n])*\1[gpI\d]*$/;

/** Only prints, deletes or substitutes lines: other commands of sed run programs and write files. */
function isPlainSed(args: readonly string[]): boolean {
  const [program = ''] = args.filter((arg) => !arg.startsWith('-'));
  const options = args.filter((arg) => arg.startsWith('-'));
  return (
    options.every((option) => /^-[nEr]+$/.test(option)) &&
    (SED_LINES.test(program) || SED_SUBSTITUTION.test(program))
  );
}
