// @ts-check
import { clock, gain } from "../exact.js";
import { MINUTE } from "./timeframes.js";
/** @typedef {import("./candles.js").Bar} Bar */

const DAY = 86_400_000;

/**
 * The sums of the day at the end of a minute.
 * @typedef {object} Sums
 * @property {number} volume
 * @property {number} quote
 * @property {number} cvd NaN if it is not known who took
 *
 * @typedef {object} Point
 * @property {number} start
 * @property {number} vwap NaN if it is not known
 * @property {number} cvd NaN if it is not known
 *
 * @typedef {object} DayLines
 * @property {Point[]} points oldest first
 * @property {number} vwapFrom the minute from which VWAP counts; NaN if there is none
 * @property {boolean} vwapWhole whether the value traded is known of all minutes
 * @property {number} cvdFrom the minute from which the cumulative delta counts; NaN if there is none
 * @property {boolean} cvdWhole whether it is known of no minute before that it had trades of unknown takers
 * @property {number} unknown minutes after it of which it is not known who took
 */

/**
 * Midnight UTC of the day of a time.
 * @param {number} time
 */
export function dayOf(time) {
  return Math.floor(time / DAY) * DAY;
}

/**
 * VWAP and cumulative delta at the end of each candle of the day, from the minutes of the day.
 * @param {Bar[]} bars oldest first
 * @param {number} length of a candle in milliseconds
 * @param {Bar[]} minutes of the day, oldest first; others are left out
 * @param {number} dayStart
 * @returns {DayLines}
 */
export function dayLines(bars, length, minutes, dayStart) {
  const { sums, ...from } = sumsOf(minutes, dayStart);
  const first = firstOf(bars, dayStart);
  const points = length < MINUTE ? within(bars, first, sums) : ends(bars, first, length, sums);
  return { points, ...from };
}

/**
 * @param {Bar[]} minutes
 * @param {number} dayStart
 */
function sumsOf(minutes, dayStart) {
  /** @type {Map<number, Sums>} */
  const sums = new Map();
  let [volume, quote, cvd] = [0, 0, 0];
  let [vwapFrom, cvdFrom, unknown] = [NaN, NaN, 0];
  let [vwapWhole, cvdWhole] = [true, true];
  for (let i = firstOf(minutes, dayStart); i < minutes.length; i++) {
    const bar = minutes[i];
    if (Number.isNaN(bar.quote)) {
      [volume, quote, vwapFrom, vwapWhole] = [0, 0, NaN, false];
    } else {
      vwapFrom = Number.isNaN(vwapFrom) ? bar.start : vwapFrom;
      volume += bar.volume;
      quote += bar.quote;
    }
    if (!Number.isNaN(bar.delta)) {
      cvdFrom = Number.isNaN(cvdFrom) ? bar.start : cvdFrom;
      cvd += bar.delta;
    } else if (Number.isNaN(cvdFrom)) {
      cvdWhole = false;
    } else {
      unknown++;
    }
    sums.set(bar.start, { volume, quote, cvd: Number.isNaN(bar.delta) ? NaN : cvd });
  }
  return { sums, vwapFrom, vwapWhole, cvdFrom, cvdWhole, unknown };
}

/** @param {Bar[]} bars @param {number} start */
function firstOf(bars, start) {
  let first = bars.length;
  while (first > 0 && bars[first - 1].start >= start) {
    first--;
  }
  return first;
}

/**
 * Candles of whole minutes end with a minute.
 * @param {Bar[]} bars
 * @param {number} first
 * @param {number} length
 * @param {Map<number, Sums>} sums
 */
function ends(bars, first, length, sums) {
  const points = [];
  for (let i = first; i < bars.length; i++) {
    const { start } = bars[i];
    /** @type {Sums|undefined} */
    let sum;
    for (let minute = start + length - MINUTE; !sum && minute >= start; minute -= MINUTE) {
      sum = sums.get(minute);
    }
    if (sum) {
      points.push(point(start, sum.volume, sum.quote, sum.cvd));
    }
  }
  return points;
}

/**
 * Shorter candles lie within a minute: what came after them in it is taken from its sums.
 * @param {Bar[]} bars
 * @param {number} first
 * @param {Map<number, Sums>} sums
 */
function within(bars, first, sums) {
  const points = [];
  let minute = NaN;
  let [volume, quote, delta] = [0, 0, 0];
  for (let i = bars.length - 1; i >= first; i--) {
    const bar = bars[i];
    const its = Math.floor(bar.start / MINUTE) * MINUTE;
    if (its !== minute) {
      minute = its;
      [volume, quote, delta] = [0, 0, 0];
    }
    const sum = sums.get(minute);
    if (sum) {
      points.push(point(bar.start, sum.volume - volume, sum.quote - quote, sum.cvd - delta));
    }
    volume += bar.volume;
    quote += bar.quote;
    delta += bar.delta;
  }
  return points.reverse();
}

/** @param {number} start @param {number} volume @param {number} quote @param {number} cvd @returns {Point} */
function point(start, volume, quote, cvd) {
  return { start, vwap: volume > 0 ? quote / volume : NaN, cvd };
}

/**
 * What the program says about the minutes of the day.
 * @typedef {object} Coverage
 * @property {number} dayStart
 * @property {{from: number, to: number}[]} missing periods of which trades may be missing
 * @property {string} reason why they are missing, if the exchange was asked
 * @property {boolean} [due] whether it may have changed, so that it must be asked for again
 */

/**
 * From when the lines count and what they lack, in words; empty if they are those of the whole day.
 * @param {DayLines} lines
 * @param {Coverage|null} coverage null if it is not known yet
 * @param {number} dayStart
 * @returns {{vwap: string, cvd: string, reason: string}}
 */
export function lacks(lines, coverage, dayStart) {
  const missing = coverage?.missing ?? [];
  const beginning = missing.find((one) => one.from <= dayStart);
  const inner = missing.filter((one) => one !== beginning).reduce((sum, one) => sum + one.to - one.from, 0);
  const lost = Math.round(inner / MINUTE);
  const from = (/** @type {number} */ time, /** @type {boolean} */ whole) =>
    Number.isNaN(time) ? "not known" : whole || time === dayStart ? "" : `from ${clock(time).slice(0, 5)} UTC`;
  const whole = coverage !== null && !beginning;
  return {
    vwap: joined(from(lines.vwapFrom, whole && lines.vwapWhole), lost > 0 ? `${lost} min missing` : ""),
    cvd: joined(
      from(lines.cvdFrom, whole && lines.cvdWhole),
      lines.unknown > 0 ? `${lines.unknown} min without takers` : lost > 0 ? `${lost} min missing` : "",
    ),
    reason: coverage?.reason ?? "",
  };
}

/** @param {string[]} parts */
function joined(...parts) {
  return parts.filter(Boolean).join(", ");
}

/**
 * How far the price is from the first one of the day, in per cent; from the first one that is known, if the day is not.
 * @param {import("./state.js").State} state
 * @returns {{text: string, sign: number}}
 */
export function changeOf(state) {
  const { dayStart, coverage, selected } = state;
  const first = state.minutes.bars[firstOf(state.minutes.bars, dayStart)];
  const price = Number(selected?.price);
  if (!first || !(first.open > 0) || Number.isNaN(price)) {
    return { text: "", sign: 0 };
  }
  const known = coverage !== null && !coverage.missing.some((one) => one.from <= dayStart);
  const whole = known || first.start === dayStart;
  const change = gain((price / first.open - 1) * 100);
  const since = whole ? "today" : `since ${clock(first.start).slice(0, 5)} UTC`;
  return { text: `${change} % ${since}`, sign: change.startsWith("+") ? 1 : change.startsWith("−") ? -1 : 0 };
}
