/**
 * What stands above the agent: version control, the editor's settings, specs, approvals, hooks, steering. No tool
 * writes there, and a command that names one of them is asked for, whatever the rules say.
 */

/** At any depth: a nested folder may be opened as a workspace, too. */
const PROTECTED = new Set(['.git', '.kiro', '.vscode', '.earshot']);
const PROTECTED_FILES = new Set(['.gitmodules', '.gitattributes', '.kiroignore']);
const TOKEN =
  /(?<![\p{L}\p{N}_.-])(\.(?:git|kiro|vscode|earshot)|\.gitmodules|\.gitattributes|\.kiroignore)(?![\p{L}\p{N}_-])/u;

/** The protected folder or file that a relative path goes through or names. */
export function protectedPart(relative: string): string | undefined {
  const segments = relative.split(/[\\/]/).map(plainName);
  const last = segments.at(-1) ?? '';
  return segments.find((segment) => PROTECTED.has(segment)) ?? (PROTECTED_FILES.has(last) ? last : undefined);
}

/** One that is named anywhere in a text: a program in quotes, an address, a list. */
export function protectedName(text: string): string | undefined {
  return TOKEN.exec(fold(text))?.[1];
}

/**
 * What the most lenient disk takes a name for: letter case and invisible characters do not count (macOS), nor
 * do trailing dots and spaces, nor what follows a colon (a stream of the same file on Windows).
 */
export function plainName(segment: string): string {
  return fold(segment)
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '');
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toUpperCase()
    .toLowerCase();
}
