/**
 * Why a request was refused, in one word that programs can compare.
 * @typedef {'invalid-url' | 'invalid-json' | 'too-large'} Reason
 */

/** A request that was understood and turned down; its message is for the person who sent it. */
export class Refusal extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(message);
    this.name = 'Refusal';
    this.reason = reason;
  }
}
