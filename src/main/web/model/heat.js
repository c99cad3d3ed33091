// @ts-check
import { Ring } from "./ring.js";
/** @typedef {import("./book.js").Level} Level */

/**
 * One moment of the book.
 * @typedef {object} Column
 * @property {number} at
 * @property {Float64Array} prices
 * @property {Float32Array} sizes
 * @property {number} bid
 * @property {number} ask
 */

export const COLUMNS = 360;
export const INTERVAL = 500;
const LEVELS = 60;

/** The sizes in the book of the last three minutes, twice a second. */
export class Heat {
  /** @type {Ring<Column|null>} */
  columns = new Ring(COLUMNS);
  #last = 0;

  /**
   * Adds the book if it is time, or if the clock has been set back.
   * @param {import("./book.js").Book} book
   * @param {number} now
   * @returns {boolean} whether it did
   */
  sample(book, now) {
    if (now >= this.#last && now - this.#last < INTERVAL) {
      return false;
    }
    // A pause is shown as one: the columns between are empty.
    const periods = this.#last === 0 ? 1 : Math.round((now - this.#last) / INTERVAL);
    const missed = Math.min(COLUMNS, Math.max(1, periods) - 1);
    for (let i = 0; i < missed; i++) {
      this.columns.add(null);
    }
    this.#last = now;
    this.columns.add(book.fault === "" ? column(book, now) : null);
    return true;
  }

  clear() {
    this.columns.clear();
    this.#last = 0;
  }
}

/**
 * @param {import("./book.js").Book} book
 * @param {number} at
 * @returns {Column|null}
 */
function column(book, at) {
  const { bids, asks } = book.top(LEVELS);
  if (bids.length === 0 || asks.length === 0) {
    return null;
  }
  const all = [...bids, ...asks];
  return {
    at,
    prices: Float64Array.from(all, (level) => level.price),
    sizes: Float32Array.from(all, (level) => level.qty),
    bid: bids[0].price,
    ask: asks[0].price,
  };
}
