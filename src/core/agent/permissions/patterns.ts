/**
 * Patterns of rules. In paths `*` stays in one segment, `**` does not, and there are `?`, classes and braces; one
 * without a wildcard means what lies below, too. In commands only `*` is special. No regular expressions are made
 * of them: a pattern costs at most its length times the text's.
 */
import { expandBraces, isWild, matchSegments, matchWild, segmentsOf } from '../../util/glob';
import { plainName } from '../places/protectedPlaces';

/**
 * @param loose as the most lenient disk or shell takes it: letter case does not count. For rules that forbid.
 */
export function matchCommand(pattern: string, text: string, loose = false): boolean {
  const [p, t] = loose ? [pattern.toLowerCase(), text.toLowerCase()] : [pattern, text];
  // `npm test *` means `npm test` as well.
  return matchWild([...p], [...t]) || (p.endsWith(' *') && matchWild([...p.slice(0, -2)], [...t]));
}

/** @param path relative to the workspace folder, or absolute where the pattern is */
export function matchPath(pattern: string, path: string, loose = false): boolean {
  const segments = split(path, loose);
  const forms = expandBraces(pattern.replace(/^\.\//, ''));
  // Of too many forms nobody knows what they are: it may be what is forbidden.
  if (forms.length === 0) return loose;
  return forms.some((one) => {
    if (one.startsWith('/') !== path.startsWith('/')) return one === '**';
    const parts = split(one, loose);
    return isWild(one) ? matchSegments(parts, segments) : isPrefix(parts, segments);
  });
}

function split(path: string, loose: boolean): readonly string[] {
  const parts = segmentsOf(path);
  return loose ? parts.map(plainName) : parts;
}

function isPrefix(parts: readonly string[], segments: readonly string[]): boolean {
  return parts.length > 0 && parts.every((part, index) => part === segments[index]);
}
