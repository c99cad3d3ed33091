// @ts-check
import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  LineSeries,
  LineStyle,
  createChart,
  createSeriesMarkers,
} from "../lib/lightweight-charts.js";
import { grouped, millis, places } from "../exact.js";
import { element, html, render } from "../html.js";
import { dayLines } from "../model/candles.js";
import { colour } from "../theme.js";
import { ProfileOverlay } from "./profile.js";
/** @typedef {import("../model/state.js").State} State */
/** @typedef {import("../lib/lightweight-charts.js").UTCTimestamp} Timestamp */
/** @typedef {import("../lib/lightweight-charts.js").SeriesMarker<Timestamp>} Marker */

const MARKERS = 200;

/**
 * Candles with VWAP, value area, opening range and volume profile, own orders, fills and signals; below it the
 * cumulative delta of the day.
 * @param {State} state
 */
export function chartViews(state) {
  const place = element("chart");
  const chart = createChart(place, {
    autoSize: true,
    layout: { attributionLogo: false, panes: { enableResize: true } },
    crosshair: { mode: CrosshairMode.Normal },
    timeScale: { timeVisible: true, secondsVisible: false, rightOffset: 6 },
  });
  const candles = chart.addSeries(CandlestickSeries, { borderVisible: false });
  const vwap = chart.addSeries(LineSeries, {
    lineWidth: 2,
    priceLineVisible: false,
    lastValueVisible: false,
    crosshairMarkerVisible: false,
  });
  const cvd = chart.addSeries(LineSeries, { lineWidth: 1, priceLineVisible: false, title: "CVD" }, 1);
  chart.panes()[0].setStretchFactor(5);
  chart.panes()[1].setStretchFactor(1);
  const markers = createSeriesMarkers(candles, []);
  const overlay = new ProfileOverlay(state);
  candles.attachPrimitive(overlay);
  /** @type {any[]} */
  let lines = [];
  let linesKey = "";
  let shown = { instrument: "", timeframe: "", revision: -1, length: 0 };
  let digits = -1;

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
    linesKey = "";
    overlay.colours();
    state.touch("candles", "context", "profile", "paper");
  }

  /** @param {import("../model/candles.js").Bar} bar */
  const point = (bar) => ({
    time: /** @type {Timestamp} */ (bar.start / 1000),
    open: bar.open,
    high: bar.high,
    low: bar.low,
    close: bar.close,
  });

  function drawCandles() {
    precision();
    const model = state.candles;
    const instrument = state.selected?.key ?? "";
    const other = shown.instrument !== instrument || shown.timeframe !== model.timeframe;
    if (other || shown.revision !== model.revision || model.bars.length < shown.length) {
      candles.setData(model.bars.map(point));
      if (other) {
        chart.timeScale().applyOptions({ secondsVisible: model.length < 60_000 });
        chart.timeScale().resetTimeScale();
        candles.priceScale().applyOptions({ autoScale: true });
      }
    } else {
      model.bars.slice(Math.max(0, shown.length - 1)).forEach((bar) => candles.update(point(bar)));
    }
    shown = { instrument, timeframe: model.timeframe, revision: model.revision, length: model.bars.length };
  }

  /** The digits of the prices decide those of the axis. */
  function precision() {
    const last = state.trades.length > 0 ? state.trades.last().price : state.selected?.price;
    const wanted = places(last);
    if (last !== undefined && wanted !== digits) {
      digits = wanted;
      const format = { type: /** @type {const} */ ("price"), precision: digits, minMove: 10 ** -digits };
      candles.applyOptions({ priceFormat: format });
      vwap.applyOptions({ priceFormat: format });
    }
  }

  function drawDay() {
    const context = state.context;
    const points = context
      ? dayLines(state.candles.bars, {
          dayStart: Date.parse(`${context.session.day}T00:00:00Z`),
          volume: Number(context.stats.volume),
          quote: Number(context.stats.quote_volume),
          cvd: Number(context.stats.cvd),
        })
      : [];
    const time = (/** @type {number} */ start) => /** @type {Timestamp} */ (start / 1000);
    vwap.setData(points.map((one) => ({ time: time(one.start), value: one.vwap })));
    cvd.setData(points.map((one) => ({ time: time(one.start), value: one.cvd })));
    drawLines();
    drawMarkers();
    drawLegend();
  }

  /** Levels of the day, own orders and position as lines; made again only if one has changed. */
  function drawLines() {
    const levels = state.context?.levels ?? {};
    const wanted = [
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
    const key = JSON.stringify(wanted);
    if (key === linesKey) {
      return;
    }
    linesKey = key;
    lines.forEach((line) => candles.removePriceLine(line));
    lines = wanted.map((one) =>
      candles.createPriceLine({
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

  function drawMarkers() {
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
    markers.setMarkers([...fills, ...signals].sort((a, b) => Number(a.time) - Number(b.time)));
  }

  const legend = element("levels");
  function drawLegend() {
    const levels = state.context?.levels;
    const session = state.context?.session.name;
    const next = state.strategies?.sessions;
    render(
      levels &&
        html`<span><i class="key vwap"></i>VWAP <b>${shortened(levels.VWAP, digits + 1)}</b></span>
          <span><i class="key poc"></i>POC <b>${grouped(levels.POCd)}</b></span>
          <span><i class="key area"></i>Value <b>${grouped(levels.VALd)} – ${grouped(levels.VAHd)}</b></span>
          ${session && html`<span>Session <b>${session}</b>${next?.next ? `, next: ${next.next}` : ""}</span>`}`,
      legend,
    );
    overlay.update();
  }

  return {
    paint,
    views: [
      { parts: ["candles", "view"], interval: 100, draw: drawCandles },
      { parts: ["context", "profile", "candles", "paper", "view"], interval: 1_000, draw: drawDay },
    ],
  };
}

/**
 * A quotient with more digits than a price has, cut for the legend.
 * @param {any} text
 * @param {number} digits
 */
function shortened(text, digits) {
  const match = /^(-?\d+)(\.\d+)?$/.exec(String(text ?? ""));
  return match ? grouped(match[1] + (match[2] ?? "").slice(0, digits + 1)) : "–";
}
