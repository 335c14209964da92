/**
 * Glob patterns over relative paths: `*` and `?` stay in one segment, `**` does not, and there are classes and braces. No
 * regular expressions are made of them: a pattern costs at most its length times the path's.
 */

const MAX_BRACES = 200;

/** Undefined where it has more forms than anybody reads. A segment `.` counts for nothing. */
export function compileGlob(pattern: string): ((path: string) => boolean) | undefined {
  const forms = expandBraces(pattern).map(segmentsOf);
  if (forms.length === 0) return undefined;
  return (path) => {
    const segments = segmentsOf(path);
    return forms.some((form) => matchSegments(form, segments));
  };
}

export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

export function isWild(pattern: string): boolean {
  return /[*?[{]/.test(pattern);
}

/** One segment against `*`, `?` and classes. */
export function matchSegment(pattern: string, name: string): boolean {
  return matchWild(tokens(pattern), [...name]);
}

/** Row by row: which prefixes of the path the pattern so far can be. */
export function matchSegments(parts: readonly string[], segments: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const at of reached) {
      if (part === '**') for (let to = at; to <= segments.length; to++) next.add(to);
      else if (at < segments.length && matchSegment(part, segments[at] ?? '')) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(segments.length);
}

/** Greedy with one way back: the latest star takes a sign more. */
export function matchWild(pattern: readonly string[], text: readonly string[]): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    const token = pattern[p];
    if (token === '*') {
      star = p++;
      mark = t;
    } else if (token !== undefined && fits(token, text[t] ?? '')) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** A token longer than one sign is `??`, any sign, or a class, `[a-z`. */
function fits(token: string, sign: string): boolean {
  if (token === '??') return true;
  if (token.length === 1 || !token.startsWith('[')) return token === sign;
  const negated = /^\[[!^]/.test(token);
  const body = token.slice(negated ? 2 : 1);
  const hit = [...body.matchAll(/(.)-(.)|(.)/gsu)].some(([, from, to, one]) =>
    one === undefined ? (from ?? '') <= sign && sign <= (to ?? '') : one === sign,
  );
  return hit !== negated;
}

function tokens(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\[[!^]?[^\]]+(?=\])|./gsu)].flatMap(([token], index, all) => {
    // The bracket that ends the class before.
    if (token === ']' && (all[index - 1]?.[0].length ?? 0) > 1 && all[index - 1]?.[0].startsWith('['))
      return [];
    return [token === '?' ? '??' : token];
  });
}

/** `a{b,c}` → `ab`, `ac`; what has too many forms is none of them. */
export function expandBraces(pattern: string): readonly string[] {
  let open = [pattern];
  const done: string[] = [];
  while (open.length > 0 && open.length + done.length < MAX_BRACES) {
    const next: string[] = [];
    for (const one of open) {
      const inner = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (!inner) done.push(one);
      else
        for (const choice of (inner[1] ?? '').split(','))
          next.push(one.slice(0, inner.index) + choice + one.slice(inner.index + inner[0].length));
    }
    open = next;
  }
  return open.length > 0 ? [] : done;
}
