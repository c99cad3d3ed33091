// @ts-check
import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  LineSeries,
  createChart,
  createSeriesMarkers,
} from "../lib/lightweight-charts.js";
import { places } from "../exact.js";
import { element } from "../html.js";
import { spaced } from "../model/aggregated.js";
import { MOST } from "../model/candles.js";
import { ofSeconds } from "../model/timeframes.js";
import { colour } from "../theme.js";
import { DayLinesView } from "./daylines.js";
import { legendView } from "./legend.js";
import { PriceLines, markersOf } from "./marks.js";
import { PeriodsOverlay } from "./periods.js";
import { ProfileOverlay } from "./profile.js";
/** @typedef {import("../model/state.js").State} State */
/** @typedef {import("../lib/lightweight-charts.js").UTCTimestamp} Timestamp */

/** So many places more than are kept, and all are set again. */
const SPARE = 400;

/**
 * Candles with VWAP, value area, opening range, sessions and volume profile, own orders, fills and signals; below it
 * the cumulative delta of the day.
 * @param {State} state
 */
export function chartViews(state) {
  const chart = createChart(element("chart"), {
    autoSize: true,
    layout: { attributionLogo: false, panes: { enableResize: true } },
    crosshair: { mode: CrosshairMode.Normal },
    timeScale: { timeVisible: true, secondsVisible: false, rightOffset: 6 },
  });
  const candles = chart.addSeries(CandlestickSeries, { borderVisible: false });
  const quiet = { priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false };
  // Far from the price, it would press the candles flat.
  const vwap = chart.addSeries(LineSeries, { lineWidth: 2, ...quiet, autoscaleInfoProvider: () => null });
  const cvd = chart.addSeries(LineSeries, { lineWidth: 1, priceLineVisible: false, title: "CVD" }, 1);
  chart.panes()[0].setStretchFactor(5);
  chart.panes()[1].setStretchFactor(1);
  const markers = createSeriesMarkers(candles, []);
  /** Where a period of the candles is on the time scale: each has a place, with or without a candle. */
  const axis = { first: 0, length: 1 };
  const profile = new ProfileOverlay(state);
  const periods = new PeriodsOverlay(state, axis);
  candles.attachPrimitive(periods);
  candles.attachPrimitive(profile);
  const day = new DayLinesView(vwap, cvd);
  const lines = new PriceLines(state, candles);
  const legend = legendView(state);
  let shown = { instrument: "", timeframe: "", revision: -1, last: 0, places: 0 };
  let digits = -1;
  let sizeDigits = -1;
  let marked = "";

  function paint() {
    const line = colour("line");
    chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: colour("panel") },
        textColor: colour("soft"),
        fontFamily: getComputedStyle(document.body).fontFamily,
        fontSize: 11,
        panes: { separatorColor: line, separatorHoverColor: line },
      },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
      rightPriceScale: { borderColor: line },
      timeScale: { borderColor: line },
    });
    candles.applyOptions({
      upColor: colour("buy"),
      downColor: colour("sell"),
      wickUpColor: colour("buy"),
      wickDownColor: colour("sell"),
    });
    vwap.applyOptions({ color: colour("vwap") });
    cvd.applyOptions({ color: colour("accent") });
    marked = "";
    lines.repaint();
    profile.colours();
    periods.colours();
    state.touch("candles", "context", "profile", "paper");
  }

  /** @param {import("../model/candles.js").Bar|{start: number}} bar */
  const point = (bar) => {
    const time = /** @type {Timestamp} */ (bar.start / 1000);
    return "open" in bar ? { time, open: bar.open, high: bar.high, low: bar.low, close: bar.close } : { time };
  };

  function drawCandles() {
    precision();
    const model = state.candles;
    model.update();
    const instrument = state.selected?.key ?? "";
    const other = shown.instrument !== instrument || shown.timeframe !== model.timeframe;
    const newest = model.bars.at(-1)?.start ?? 0;
    const added = (newest - shown.last) / model.length;
    if (other || shown.revision !== model.revision || shown.places + added > MOST + SPARE) {
      const all = spaced(model.bars, model.length, MOST);
      candles.setData(all.map(point));
      axis.first = all[0]?.start ?? 0;
      axis.length = model.length;
      shown.places = all.length;
      if (other) {
        chart.timeScale().applyOptions({ secondsVisible: ofSeconds(model.timeframe) });
        chart.timeScale().resetTimeScale();
        candles.priceScale().applyOptions({ autoScale: true });
      }
    } else {
      grow(model.bars, model.length);
      shown.places += added;
    }
    const { timeframe, revision } = model;
    shown = { instrument, timeframe, revision, last: newest, places: shown.places };
    if (other) {
      drawDay(); // lines and marks are of other candles, perhaps of none, which the library cannot draw
    }
  }

  /**
   * Draws the newest candle again, and those after it in their places.
   * @param {import("../model/candles.js").Bar[]} bars
   * @param {number} length
   */
  function grow(bars, length) {
    let from = bars.length;
    while (from > 0 && bars[from - 1].start >= shown.last) {
      from--;
    }
    let next = shown.last;
    for (const bar of bars.slice(from)) {
      for (; next < bar.start; next += length) {
        candles.update(point({ start: next }));
      }
      candles.update(point(bar));
      next = bar.start + length;
    }
  }

  /** The digits of prices and sizes decide those of the axes. */
  function precision() {
    const last = state.trades.length > 0 ? state.trades.last().price : state.selected?.price;
    const wanted = places(last);
    if (last !== undefined && wanted !== digits) {
      digits = wanted;
      const format = { type: /** @type {const} */ ("price"), precision: digits, minMove: 10 ** -digits };
      candles.applyOptions({ priceFormat: format });
      vwap.applyOptions({ priceFormat: format });
    }
    const sizes = state.trades.length > 0 ? places(state.trades.last().qty) : sizeDigits;
    if (sizes !== sizeDigits) {
      sizeDigits = sizes;
      cvd.applyOptions({ priceFormat: { type: "price", precision: sizes, minMove: 10 ** -sizes } });
    }
  }

  function drawDay() {
    state.candles.update();
    const drawn = day.draw(state);
    lines.draw();
    const marks = markersOf(state);
    const key = JSON.stringify(marks);
    if (key !== marked) {
      marked = key;
      markers.setMarkers(marks);
    }
    legend(drawn, digits);
    profile.update();
  }

  return {
    paint,
    views: [
      { parts: ["candles", "view"], interval: 200, draw: drawCandles },
      { parts: ["context", "profile", "candles", "paper", "view"], interval: 1_000, draw: drawDay },
    ],
  };
}
