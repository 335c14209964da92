/** Short codes: whole numbers written in base 62. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;

/** The first id whose code has four characters: `1000`. */
export const FIRST_ID = BASE ** 3;

/**
 * Writes an id as a code.
 * @param {number} id a whole number, 0 or more
 * @returns {string}
 */
export function encode(id) {
  if (!Number.isSafeInteger(id) || id < 0) throw new RangeError(`Not an id: ${id}`);
  let code = '';
  let rest = id;
  do {
    code = DIGITS[rest % BASE] + code;
    rest = Math.floor(rest / BASE);
  } while (rest > 0);
  return code;
}

/**
 * Reads the id back from a code.
 * @param {string} code
 * @returns {number | undefined} undefined for every text that `encode` would not write
 */
export function decode(code) {
  if (!/^[0-9A-Za-z]{1,9}$/.test(code)) return undefined;
  let id = 0;
  for (const digit of code) id = id * BASE + DIGITS.indexOf(digit);
  return Number.isSafeInteger(id) && encode(id) === code ? id : undefined;
}
