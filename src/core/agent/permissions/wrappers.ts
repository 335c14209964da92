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

const OF_ARGUMENTS: readonly (readonly [names: RegExp, argument: RegExp])[] = [
  [/^find$/, /^-(?:exec|execdir|ok|okdir|delete|fls|fprint.*|f)$|^-[HL]|^-follow$/],
  [/^(?:e|f)?grep$/, /^-[a-zA-Z]*R|^--d/],
  [/^printf$/, /^-v/],
  [/^rg$/, /^--(?:pre|hostname-bin|fol|search-z)|^-[a-zA-Z]*[LzR]/],
  [/^diff$/, /^-[a-zA-Z]*[rl]|^--(?:rec|pag)/],
  [/^(?:ls|du|tree|stat)$/, /^-[a-zA-Z]*[LHDo]|^--deref/],
  [
    /^git$/,
    /^-[cCOx]|^--(?:exe|conf|git-d|work|bare|upl|rec|ext|textc|ope|out)|^ext::|^(?:config|bisect|foreach|filter-branch|difftool|mergetool|hook|daemon|send-email)$|^credential/,
  ],
  [/^(?:sort|uniq)$/, /^-[a-zA-Z]*[oT]|^--(?:o|comp|t|files)/],
  [/^(?:g|bsd)?tar$/, /^--(?:check|to-c|use-c|rsh|rmt|info|new-v|I|f)|^-?[a-zA-Z]*[IF]/],
  [
    /^(?:npm|npx|pnpm|pnpx|yarn|yarnpkg|bun|bunx|corepack)$/,
    /^--?(?:call|c|shell|script-?shell|node-?options?|prefix|userconfig|globalconfig|cwd|git|C|dir|use-node-version)(?:=|$)|^-C|^(?:exec|x|dlx|explore|config|set-script|pkg|edit|link)$/,
  ],
  [/^go$/, /^--?(?:exec|toolexec|vettool|C|modfile|overlay)(?:=|$)|^(?:run|generate|tool|env|install|get)$/],
  [/^cargo$/, /^--(?:conf|manifest|runner)|^-[ZC]|^\+|^(?:run|install|config|login|publish)$/],
  [/^(?:g|re)?make$|^(?:mingw32-make|nmake|ninja)$/, /^--(?:ev|f|inc|dir)|^-[a-zA-Z]*[fCEI]|=/],
  [/^(?:curl|wget)$/, /^-[a-zA-Z]*[KoOP]|^--(?:conf|out|rem|use-askpass|exec)/],
  [/^(?:zip|unzip|7z)$/, /^-(?:TT|T)|^--unzip-command/],
  [/^(?:rsync|scp|sftp)$/, /^-[a-zA-Z]*[eSo]|^--rsh|^--rsync-path/],
  [/^(?:vitest|jest|mocha|pytest|py\.test|tsc|eslint|biome|prettier)$/, /^--?(?:globalSetup|rootdir|init)/],
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
  const argument = rest.find((value) =>
    OF_ARGUMENTS.some(([names, pattern]) => names.test(name) && pattern.test(value)),
  );
  return argument === undefined
    ? undefined
    : `With ${argument}, ${name} may do much more than its name says.`;
}

/** Without its folder and, on a lenient disk, its letter case. */
export function programName(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? name).toLowerCase().replace(/\.(?:exe|cmd|bat)$/, '');
}

const TELLS = /^(?:-v|-V|-h|--version|--help|--test|--check)$/;

/** Does an interpreter run a file or module, and no code among its arguments? */
function runsFile(args: readonly string[]): boolean {
  for (const arg of args) {
    if (arg === '-m') return true;
    if (TELLS.test(arg)) return true;
    if (!arg.startsWith('-')) return !/^(?:eval|repl|exec|x|-)$/.test(arg);
    return false;
  }
  return false;
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
