import { FIRST_ID } from './codes.js';

/**
 * A short link. Times are milliseconds since 1970.
 * @typedef {object} Link
 * @property {number} id
 * @property {string} code the id, written in base 62
 * @property {string} url where the link leads
 * @property {number} createdAt
 * @property {number} visits how often the link was followed
 */

/** Keeps links in memory. Links are values: to change one, put a new one in its place. */
export class Store {
  #nextId = FIRST_ID;
  /** @type {Map<number, Link>} */
  #links = new Map();

  /** How many links there are. */
  get size() {
    return this.#links.size;
  }

  /**
   * A new id. No id is given out twice.
   * @returns {number}
   */
  nextId() {
    return this.#nextId++;
  }

  /**
   * @param {number} id
   * @returns {Link | undefined}
   */
  get(id) {
    return this.#links.get(id);
  }

  /**
   * Adds a link, or replaces the one with the same id.
   * @param {Link} link
   * @returns {Link} the same link
   */
  put(link) {
    this.#links.set(link.id, link);
    return link;
  }
}
