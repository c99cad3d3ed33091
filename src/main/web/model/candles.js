// @ts-check
/** @typedef {import("../exact.js").Decimal} Decimal */

/**
 * @typedef {object} Bar
 * @property {number} start milliseconds
 * @property {number} open
 * @property {number} high
 * @property {number} low
 * @property {number} close
 * @property {number} volume
 * @property {number} quote
 * @property {number} delta
 */

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const MOST = 2_000;

/**
 * The length of a timeframe such as 5m in milliseconds.
 * @param {string} timeframe
 */
export function lengthOf(timeframe) {
  const unit = /** @type {keyof typeof UNITS} */ (timeframe.at(-1));
  return Number(timeframe.slice(0, -1)) * UNITS[unit];
}

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
    const start = typeof m.start === "number" ? m.start : Date.parse(m.start);
    const bar = {
      start,
      open: Number(m.open),
      high: Number(m.high),
      low: Number(m.low),
      close: Number(m.close),
      volume: Number(m.volume),
      quote: Number(m.quote_volume),
      delta: Number(m.delta),
    };
    const last = this.bars.at(-1);
    if (!last || start > last.start) {
      this.bars.push(bar);
      this.#trim();
      return;
    }
    const at = this.bars.findLastIndex((one) => one.start <= start);
    if (at >= 0 && this.bars[at].start === start) {
      this.bars[at] = bar;
    } else {
      this.bars.splice(at + 1, 0, bar);
    }
    this.revision++;
  }

  /**
   * A trade in the candle that it belongs to, if that is the newest or a later one. A late trade is left to the feed,
   * which sends the closed candle.
   * @param {number} time
   * @param {number} price
   * @param {number} qty
   * @param {boolean} buy
   */
  trade(time, price, qty, buy) {
    const start = Math.floor(time / this.length) * this.length;
    const last = this.bars.at(-1);
    const delta = buy ? qty : -qty;
    if (last && start < last.start) {
      return;
    }
    if (last && start === last.start) {
      last.high = Math.max(last.high, price);
      last.low = Math.min(last.low, price);
      last.close = price;
      last.volume += qty;
      last.quote += price * qty;
      last.delta += delta;
    } else {
      this.bars.push({
        start,
        open: price,
        high: price,
        low: price,
        close: price,
        volume: qty,
        quote: price * qty,
        delta,
      });
      this.#trim();
    }
  }

  #trim() {
    if (this.bars.length > MOST) {
      this.bars.splice(0, this.bars.length - MOST);
      this.revision++;
    }
  }
}

/**
 * VWAP and cumulative delta at the end of each candle of the day, computed backwards from the day's totals. So they are
 * right even if the candles do not go back to the start of the day.
 * @param {Bar[]} bars oldest first
 * @param {{dayStart: number, volume: number, quote: number, cvd: number}} day
 * @returns {{start: number, vwap: number, cvd: number}[]} oldest first
 */
export function dayLines(bars, day) {
  const points = [];
  let { volume, quote, cvd } = day;
  for (let i = bars.length - 1; i >= 0 && bars[i].start >= day.dayStart; i--) {
    if (volume <= 0) {
      break;
    }
    points.push({ start: bars[i].start, vwap: quote / volume, cvd });
    volume -= bars[i].volume;
    quote -= bars[i].quote;
    cvd -= bars[i].delta;
  }
  return points.reverse();
}
