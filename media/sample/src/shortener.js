import { decode, encode } from './codes.js';
import { Refusal } from './refusal.js';
import { Store } from './store.js';

/** @import { Link } from './store.js' */

/**
 * What became of following a code.
 * @typedef {{ status: 'found', link: Link } | { status: 'unknown' }} Outcome
 */

/** The longest URL that is taken, in characters. */
export const MAX_URL_LENGTH = 2048;

/** Makes short links and follows them. */
export class Shortener {
  #store;
  #now;

  /**
   * @param {object} [options]
   * @param {Store} [options.store] where links are kept
   * @param {() => number} [options.now] the clock, in milliseconds since 1970
   */
  constructor({ store = new Store(), now = Date.now } = {}) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * Makes a new link, also for a URL that has one already.
   * @param {string} url
   * @returns {Link}
   * @throws {Refusal} when the URL is not acceptable
   */
  shorten(url) {
    const target = acceptable(url);
    const id = this.#store.nextId();
    return this.#store.put({ id, code: encode(id), url: target, createdAt: this.#now(), visits: 0 });
  }

  /**
   * Looks up where a code leads, and counts the visit.
   * @param {string} code
   * @returns {Outcome}
   */
  follow(code) {
    const link = this.details(code);
    if (!link) return { status: 'unknown' };
    return { status: 'found', link: this.#store.put({ ...link, visits: link.visits + 1 }) };
  }

  /**
   * The link behind a code; looking is not a visit.
   * @param {string} code
   * @returns {Link | undefined}
   */
  details(code) {
    const id = decode(code);
    return id === undefined ? undefined : this.#store.get(id);
  }
}

/**
 * @param {string} url
 * @returns {string} the URL in its normal form
 */
function acceptable(url) {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') {
    throw new Refusal('invalid-url', 'Send a complete URL that begins with http:// or https://.');
  }
  if (parsed.href.length > MAX_URL_LENGTH) {
    throw new Refusal('invalid-url', `Send a URL of at most ${MAX_URL_LENGTH} characters.`);
  }
  return parsed.href;
}
