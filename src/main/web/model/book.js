// @ts-check
/** @typedef {import("../exact.js").Decimal} Decimal */

/**
 * @typedef {object} Level
 * @property {number} price for sorting and pixels
 * @property {number} qty
 * @property {Decimal} priceText
 * @property {Decimal} qtyText
 */

/** More levels than any book of the feed has. */
const MOST = 20_000;

/**
 * The order book of the stream. It is right while each update continues the one before, and the best bid is below the
 * best ask. After a missing update it is wrong until the next snapshot.
 */
export class Book {
  /** @type {Map<number, Level>} */
  #bids = new Map();
  /** @type {Map<number, Level>} */
  #asks = new Map();
  synced = false;
  reason = "no snapshot has arrived yet";
  updates = 0;
  levels = 0;
  timestamp = 0;
  #last = -1;

  /**
   * Applies a message of the type depth.
   * @param {any} m
   * @returns {boolean} false if an update is missing, so that a snapshot must be requested
   */
  apply(m) {
    if (m.snapshot) {
      this.#bids.clear();
      this.#asks.clear();
      this.synced = true;
      this.reason = "";
      this.updates = 0;
    } else if (!this.synced) {
      return true;
    } else if (m.prev_update_id !== this.#last) {
      this.stale(`update ${m.prev_update_id} is missing; the last one is ${this.#last}`);
      return false;
    }
    change(this.#bids, m.bids);
    change(this.#asks, m.asks);
    this.#last = m.last_update_id;
    this.levels = m.levels ?? this.levels;
    this.timestamp = Number(m.timestamp);
    this.updates++;
    if (this.#bids.size + this.#asks.size > MOST) {
      this.stale(`it has more than ${MOST} levels`);
      return false;
    }
    return true;
  }

  /** @param {string} reason */
  stale(reason) {
    this.synced = false;
    this.reason = reason;
  }

  /** Why it must not be used; empty if it is right. */
  get fault() {
    if (!this.synced) {
      return this.reason;
    }
    const bid = Math.max(...this.#bids.keys());
    const ask = Math.min(...this.#asks.keys());
    return bid < ask ? "" : "its best bid is not below its best ask";
  }

  /**
   * The best levels of both sides, best first.
   * @param {number} count
   * @returns {{bids: Level[], asks: Level[]}}
   */
  top(count) {
    return {
      bids: [...this.#bids.values()].sort((a, b) => b.price - a.price).slice(0, count),
      asks: [...this.#asks.values()].sort((a, b) => a.price - b.price).slice(0, count),
    };
  }
}

/**
 * @param {Map<number, Level>} side
 * @param {[Decimal, Decimal][]} rows
 */
function change(side, rows) {
  for (const [priceText, qtyText] of rows) {
    const price = Number(priceText);
    const qty = Number(qtyText);
    if (qty === 0) {
      side.delete(price);
    } else {
      side.set(price, { price, qty, priceText, qtyText });
    }
  }
}

/**
 * (bids − asks) / (bids + asks) of the sizes of levels; null without any.
 * @param {Level[]} bids
 * @param {Level[]} asks
 */
export function imbalance(bids, asks) {
  const sum = (/** @type {Level[]} */ side) => side.reduce((total, level) => total + level.qty, 0);
  const total = sum(bids) + sum(asks);
  return total === 0 ? null : (sum(bids) - sum(asks)) / total;
}
