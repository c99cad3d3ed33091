// @ts-check
import { lengthOf } from "./timeframes.js";
/** @typedef {import("./candles.js").Bar} Bar */
/** @typedef {import("./candles.js").Candles} Candles */

/** So many candles begin where the memory of the program does, not with the first trade. */
const REMEMBERED = 400;
/** Candles of the past day begin at any minute. */
const DAY = 1_430;

/**
 * Candles of one timeframe made of shorter ones. A period without any candle has none: what is missing stays missing.
 */
export class Aggregated {
  /** @type {Bar[]} */
  bars = [];
  /** Counts whenever older candles than the newest have changed. */
  revision = 0;
  #seen = -1;

  /**
   * @param {Candles} base
   * @param {string} timeframe a multiple of that of the base
   */
  constructor(base, timeframe) {
    this.base = base;
    this.timeframe = timeframe;
    this.length = lengthOf(timeframe);
  }

  /** Takes what has changed in the base: all of it if that is old, else the newest candle and those after it. */
  update() {
    const base = this.base.bars;
    if (this.base.revision !== this.#seen || this.bars.length === 0) {
      this.#seen = this.base.revision;
      this.bars = [];
      this.revision++;
      this.#group(base, this.#whole(base));
      return;
    }
    const newest = this.bars[this.bars.length - 1].start;
    let from = base.length;
    while (from > 0 && base[from - 1].start >= newest) {
      from--;
    }
    this.bars.pop();
    this.#group(base, from);
  }

  /**
   * Where the first candle begins that is whole.
   * @param {Bar[]} base
   */
  #whole(base) {
    const first = base[0];
    const last = base.at(-1);
    if (!first || !last) {
      return 0;
    }
    const cut = base.length >= REMEMBERED || last.start - first.start >= DAY * this.base.length;
    const begun = this.#start(first) < first.start;
    return cut && begun ? base.findIndex((bar) => this.#start(bar) >= first.start) : 0;
  }

  /** @param {Bar} bar */
  #start(bar) {
    return Math.floor(bar.start / this.length) * this.length;
  }

  /**
   * @param {Bar[]} base
   * @param {number} from
   */
  #group(base, from) {
    /** @type {Bar|undefined} */
    let sum;
    for (let i = Math.max(0, from); i < base.length; i++) {
      const bar = base[i];
      const start = this.#start(bar);
      if (sum?.start === start) {
        sum.high = Math.max(sum.high, bar.high);
        sum.low = Math.min(sum.low, bar.low);
        sum.close = bar.close;
        sum.volume += bar.volume;
        sum.quote += bar.quote;
        sum.delta += bar.delta;
      } else {
        sum = { ...bar, start };
        this.bars.push(sum);
      }
    }
  }
}

/**
 * The candles with a place for each period between them, so that a gap is as wide as it was long.
 * @param {Bar[]} bars oldest first
 * @param {number} length of a period in milliseconds
 * @param {number} most places, the last ones
 * @returns {(Bar|{start: number})[]}
 */
export function spaced(bars, length, most) {
  const last = bars.at(-1);
  if (!last) {
    return [];
  }
  const places = [];
  let start = Math.max(bars[0].start, last.start - (most - 1) * length);
  for (const bar of bars) {
    for (; start < bar.start; start += length) {
      places.push({ start });
    }
    if (bar.start === start) {
      places.push(bar);
      start += length;
    }
  }
  return places;
}
