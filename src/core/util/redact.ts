const MARK = '[redacted]';

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/sk-[a-zA-Z]+-[\w-]{6,}/g, MARK],
  [/\b(bearer)\s+[\w.~+/=-]{12,}/gi, `$1 ${MARK}`],
  [/(\bx-api-key["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, `$1${MARK}`],
  [
    /(\b(?:api[_-]?key|auth[_-]?token|access[_-]?token|secret|password)["']?\s*[:=]\s*["']?)[^\s"',}]{6,}/gi,
    `$1${MARK}`,
  ],
  [/(\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g, `$1${MARK}`],
];

/** The text without anything that looks like a key, and without the given secrets. */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let result = text;
  for (const secret of secrets) {
    if (secret) result = result.replaceAll(secret, MARK);
  }
  for (const [pattern, replacement] of PATTERNS) result = result.replace(pattern, replacement);
  return result;
}
