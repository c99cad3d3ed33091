// @ts-check
import { dayLines } from "../model/day.js";
/** @typedef {import("../model/day.js").DayLines} DayLines */
/** @typedef {import("../model/state.js").State} State */
/** @typedef {import("../lib/lightweight-charts.js").UTCTimestamp} Timestamp */

/** VWAP and cumulative delta of the day. Only what is new is drawn, unless something older has changed. */
export class DayLinesView {
  #key = "";
  #last = 0;

  /**
   * @param {any} vwap a line series of the chart library
   * @param {any} cvd another one
   */
  constructor(vwap, cvd) {
    this.vwap = vwap;
    this.cvd = cvd;
  }

  /**
   * @param {State} state
   * @returns {DayLines}
   */
  draw(state) {
    const { candles, minutes, dayStart } = state;
    const lines = dayLines(candles.bars, candles.length, minutes.bars, dayStart);
    const revisions = [candles.revision, minutes.revision, lines.vwapFrom, lines.cvdFrom];
    const key = [state.selected?.key, candles.timeframe, dayStart, ...revisions].join(" ");
    const again = key !== this.#key;
    const points = again ? lines.points : lines.points.filter((one) => one.start >= this.#last);
    this.#key = key;
    this.#last = lines.points.at(-1)?.start ?? 0;
    put(this.vwap, again, points, (one) => one.vwap);
    put(this.cvd, again, points, (one) => one.cvd);
    return lines;
  }
}

/**
 * @param {any} series
 * @param {boolean} again whether to set all points
 * @param {import("../model/day.js").Point[]} points
 * @param {(point: import("../model/day.js").Point) => number} value
 */
function put(series, again, points, value) {
  const known = points
    .filter((one) => !Number.isNaN(value(one)))
    .map((one) => ({ time: /** @type {Timestamp} */ (one.start / 1000), value: value(one) }));
  if (again) {
    series.setData(known);
  } else {
    known.forEach((one) => series.update(one));
  }
}
