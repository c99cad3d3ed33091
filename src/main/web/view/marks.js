// @ts-check
import { LineStyle } from "../lib/lightweight-charts.js";
import { millis } from "../exact.js";
import { colour } from "../theme.js";
/** @typedef {import("../model/state.js").State} State */
/** @typedef {import("../lib/lightweight-charts.js").UTCTimestamp} Timestamp */
/** @typedef {import("../lib/lightweight-charts.js").SeriesMarker<Timestamp>} Marker */

const MARKERS = 200;

/** Levels of the day, own orders and position as lines; made again only if one has changed. */
export class PriceLines {
  /** @type {any[]} */
  #lines = [];
  #key = "";

  /**
   * @param {State} state
   * @param {any} series of the chart library
   */
  constructor(state, series) {
    this.state = state;
    this.series = series;
  }

  /** The colours have changed. */
  repaint() {
    this.#key = "";
  }

  draw() {
    const wanted = this.#wanted();
    const key = JSON.stringify(wanted);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    this.#lines.forEach((line) => this.series.removePriceLine(line));
    this.#lines = wanted.map((one) =>
      this.series.createPriceLine({
        price: Number(one.price),
        title: one.title,
        color: one.color,
        lineStyle: one.style,
        lineWidth: 1,
        axisLabelVisible: true,
        axisLabelColor: colour("raised"),
        axisLabelTextColor: colour("text"),
      }),
    );
  }

  #wanted() {
    const { state } = this;
    const levels = state.context?.levels ?? {};
    return [
      { price: levels.POCd, title: "POC", color: colour("poc"), style: LineStyle.Solid },
      { price: levels.VAHd, title: "VAH", color: colour("accent"), style: LineStyle.Dashed },
      { price: levels.VALd, title: "VAL", color: colour("accent"), style: LineStyle.Dashed },
      { price: levels.OR?.hi, title: "OR high", color: colour("soft"), style: LineStyle.Dotted },
      { price: levels.OR?.lo, title: "OR low", color: colour("soft"), style: LineStyle.Dotted },
      ...state.openOrders().map((order) => ({
        price: order.price ?? order.stop_price,
        title: `${order.side} ${order.qty}`,
        color: colour(order.side === "buy" ? "buy" : "sell"),
        style: LineStyle.LargeDashed,
      })),
      ...(state.positions?.positions ?? [])
        .filter((/** @type {any} */ one) => state.isSelected(one) && Number(one.qty) !== 0)
        .map((/** @type {any} */ one) => ({
          price: one.average_price,
          title: `position ${one.qty}`,
          color: colour("text"),
          style: LineStyle.Solid,
        })),
    ].filter((one) => one.price !== null && one.price !== undefined);
  }
}

/**
 * Own fills and the signals of strategies, at the candles of their time.
 * @param {State} state
 * @returns {Marker[]}
 */
export function markersOf(state) {
  const length = state.candles.length;
  const first = state.candles.bars[0]?.start ?? Infinity;
  const at = (/** @type {any} */ time) =>
    /** @type {Timestamp} */ ((Math.floor(millis(time) / length) * length) / 1000);
  /** @type {Marker[]} */
  const fills = state.fills
    .filter((one) => state.isSelected(one) && millis(one.ts) >= first)
    .slice(0, MARKERS)
    .map((one) => ({
      time: at(one.ts),
      position: one.side === "buy" ? "belowBar" : "aboveBar",
      shape: one.side === "buy" ? "arrowUp" : "arrowDown",
      color: colour(one.side === "buy" ? "buy" : "sell"),
      text: `${one.qty}`,
    }));
  /** @type {Marker[]} */
  const signals = state.signals
    .filter((one) => state.isSelected(one) && millis(one.timestamp) >= first)
    .slice(0, MARKERS)
    .map((one) => ({
      time: at(one.timestamp),
      position: one.signal_type === "buy" ? "belowBar" : "aboveBar",
      shape: "circle",
      color: colour("accent"),
      text: one.strategy,
    }));
  return [...fills, ...signals].sort((a, b) => Number(a.time) - Number(b.time));
}
