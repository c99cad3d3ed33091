// @ts-check
import { lengthOf } from "./timeframes.js";

/**
 * @typedef {object} Bar
 * @property {number} start milliseconds
 * @property {number} open
 * @property {number} high
 * @property {number} low
 * @property {number} close
 * @property {number} volume
 * @property {number} quote NaN if the exchange does not tell it
 * @property {number} delta NaN if the exchange does not tell who took
 */

export const MOST = 2_000;
/** So many more are kept before the oldest are left out together. */
const SPARE = 200;
/** A trade that is older by more is the first of a replay that has gone back, in milliseconds. */
const BACK = 60_000;
/** Sums of trades in doubles differ from exact ones by less. */
const ROUNDING = 1e-9;

/** The candles of one instrument and timeframe; the newest one grows with each trade. */
export class Candles {
  /** @type {Bar[]} */
  bars = [];
  /** Counts whenever older candles than the newest have changed. */
  revision = 0;

  /** @param {string} timeframe */
  constructor(timeframe) {
    this.timeframe = timeframe;
    this.length = lengthOf(timeframe);
  }

  /** @param {any} m a candle of the stream or of the API */
  add(m) {
    const bar = {
      start: typeof m.start === "number" ? m.start : Date.parse(m.start),
      open: Number(m.open),
      high: Number(m.high),
      low: Number(m.low),
      close: Number(m.close),
      volume: Number(m.volume),
      quote: known(m.quote_volume),
      delta: known(m.delta),
    };
    const last = this.bars.at(-1);
    if (!last || bar.start > last.start) {
      this.#append(bar);
      return;
    }
    const at = this.bars.findLastIndex((one) => one.start <= bar.start);
    if (at < 0 || this.bars[at].start !== bar.start) {
      this.bars.splice(at + 1, 0, bar);
      this.revision++;
      return;
    }
    if (at < this.bars.length - 1 && !same(this.bars[at], bar)) {
      this.revision++;
    }
    this.bars[at] = bar;
  }

  /**
   * A trade in the newest candle or in a later one. If it is much older, time has gone back: later candles are given
   * up.
   * @param {number} time
   * @param {number} price
   * @param {number} qty
   * @param {boolean} buy
   */
  trade(time, price, qty, buy) {
    const start = Math.floor(time / this.length) * this.length;
    if (start < (this.bars.at(-1)?.start ?? 0) - BACK) {
      this.bars = this.bars.filter((one) => one.start < start);
      this.revision++;
    }
    const last = this.bars.at(-1);
    if (last && start < last.start) {
      return;
    }
    if (last && start === last.start) {
      count(last, price, qty, buy);
      last.close = price;
    } else {
      this.#append(begun(start, price, qty, buy));
    }
  }

  /**
   * A trade that is older than another one: it counts in its own candle, but opens and closes none that is there.
   * @param {number} time
   * @param {number} price
   * @param {number} qty
   * @param {boolean} buy
   */
  late(time, price, qty, buy) {
    const start = Math.floor(time / this.length) * this.length;
    const at = this.bars.findLastIndex((one) => one.start <= start);
    if (at < 0) {
      return; // before all that is known
    }
    if (this.bars[at].start === start) {
      count(this.bars[at], price, qty, buy);
    } else {
      this.bars.splice(at + 1, 0, begun(start, price, qty, buy));
    }
    this.revision++;
  }

  /** @param {Bar} bar */
  #append(bar) {
    this.bars.push(bar);
    if (this.bars.length > MOST + SPARE) {
      this.bars.splice(0, this.bars.length - MOST);
      this.revision++;
    }
  }
}

/** @param {any} value */
function known(value) {
  return value === null || value === undefined ? NaN : Number(value);
}

/** @param {number} start @param {number} price @param {number} qty @param {boolean} buy @returns {Bar} */
function begun(start, price, qty, buy) {
  return {
    start,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: qty,
    quote: price * qty,
    delta: buy ? qty : -qty,
  };
}

/** @param {Bar} bar @param {number} price @param {number} qty @param {boolean} buy */
function count(bar, price, qty, buy) {
  bar.high = Math.max(bar.high, price);
  bar.low = Math.min(bar.low, price);
  bar.volume += qty;
  bar.quote += price * qty;
  bar.delta += buy ? qty : -qty;
}

/** @param {Bar} a @param {Bar} b */
function same(a, b) {
  const close = (/** @type {number} */ one, /** @type {number} */ two) =>
    Object.is(one, two) || Math.abs(one - two) <= ROUNDING * Math.max(1, Math.abs(one));
  return (
    a.open === b.open &&
    a.high === b.high &&
    a.low === b.low &&
    a.close === b.close &&
    close(a.volume, b.volume) &&
    close(a.quote, b.quote) &&
    close(a.delta, b.delta)
  );
}
