// @ts-check
import { element, setText } from "../html.js";
import { COLUMNS, INTERVAL } from "../model/heat.js";
import { colour } from "../theme.js";
import { fixed, places } from "../exact.js";
/** @typedef {import("../model/state.js").State} State */

const ROWS = 96;

/**
 * Where size has rested in the book: time from left to right, price from bottom to top, brighter for larger sizes;
 * trades are dots.
 * @param {State} state
 * @returns {import("../frames.js").View & {paint: () => void}}
 */
export function heatView(state) {
  const canvas = /** @type {HTMLCanvasElement} */ (element("heat"));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = new ImageData(COLUMNS, ROWS);
  const small = document.createElement("canvas");
  small.width = COLUMNS;
  small.height = ROWS;
  const smallContext = /** @type {CanvasRenderingContext2D} */ (small.getContext("2d"));
  let palette = new Uint8ClampedArray(0);
  let range = { low: 0, high: 0 };

  /** @param {number} width @param {number} height */
  function resize(width, height) {
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  function pixels() {
    image.data.fill(0);
    let largest = 0;
    const sums = new Float32Array(COLUMNS * ROWS);
    const columns = state.heat.columns;
    const scale = ROWS / (range.high - range.low);
    for (let i = 0; i < columns.length; i++) {
      const column = columns.at(i);
      if (!column) {
        continue;
      }
      const x = COLUMNS - columns.length + i;
      for (let k = 0; k < column.prices.length; k++) {
        const y = Math.floor((range.high - column.prices[k]) * scale);
        if (y >= 0 && y < ROWS) {
          const sum = (sums[y * COLUMNS + x] += column.sizes[k]);
          largest = Math.max(largest, sum);
        }
      }
    }
    const top = Math.log1p(largest * 4);
    for (let at = 0; at < sums.length; at++) {
      if (sums[at] > 0) {
        const shade = Math.min(255, Math.round((Math.log1p(sums[at] * 4) / top) * 255)) * 3;
        image.data[at * 4] = palette[shade];
        image.data[at * 4 + 1] = palette[shade + 1];
        image.data[at * 4 + 2] = palette[shade + 2];
        image.data[at * 4 + 3] = 255;
      }
    }
    smallContext.putImageData(image, 0, 0);
  }

  /** Keeps the range while the middle of the book is well inside, so that the picture does not jump. */
  function follow() {
    const column = newest(state);
    if (!column) {
      return false;
    }
    const middle = (column.bid + column.ask) / 2;
    const near = [...column.prices].map((price) => Math.abs(price - middle)).sort((a, b) => a - b);
    const half = near[Math.floor(near.length * 0.7)] * 1.3 || middle / 1_000;
    const size = range.high - range.low;
    const inside = middle > range.low + size * 0.22 && middle < range.high - size * 0.22;
    if (!inside || size > half * 5 || size < half * 1.2) {
      range = { low: middle - half, high: middle + half };
    }
    return true;
  }

  function trades(/** @type {number} */ width, /** @type {number} */ height) {
    const end = newest(state)?.at ?? 0;
    for (const trade of state.trades.all()) {
      const x = width * (1 - (end - trade.at) / (COLUMNS * INTERVAL));
      const y = (height * (range.high - Number(trade.price))) / (range.high - range.low);
      if (x >= 0 && x <= width && y >= 0 && y <= height) {
        context.fillStyle = colours[trade.side];
        context.beginPath();
        context.arc(x, y, Math.min(4, 0.8 + Math.sqrt(Number(trade.qty))), 0, 7);
        context.fill();
      }
    }
  }

  // Asking the canvas would lay out the whole page.
  const size = { width: 0, height: 0 };
  new ResizeObserver(([entry]) => {
    size.width = entry.contentRect.width;
    size.height = entry.contentRect.height;
    state.touch("book");
  }).observe(canvas);
  const colours = { buy: "", sell: "", panel: "", text: "" };
  return {
    parts: ["book", "view"],
    interval: INTERVAL,
    paint() {
      colours.buy = colour("buy");
      colours.sell = colour("sell");
      colours.panel = colour("panel");
      colours.text = colour("soft");
      palette = shades(document.documentElement.dataset.theme === "light");
      state.touch("book");
    },
    draw() {
      const { width, height } = size;
      if (width === 0) {
        return;
      }
      resize(width, height);
      context.fillStyle = colours.panel;
      context.fillRect(0, 0, width, height);
      if (!follow()) {
        return;
      }
      pixels();
      context.imageSmoothingEnabled = false;
      context.drawImage(small, 0, 0, width, height);
      trades(width, height);
      const digits = places(state.book.top(1).bids[0]?.priceText);
      setText(element("heat-legend"), `${fixed(range.low, digits)} to ${fixed(range.high, digits)}`);
    },
  };
}

/** @param {State} state */
function newest(state) {
  const columns = state.heat.columns;
  for (let back = 0; back < columns.length; back++) {
    const column = columns.last(back);
    if (column) {
      return column;
    }
  }
  return null;
}

const DARK = [
  [17, 21, 28],
  [26, 47, 84],
  [36, 96, 138],
  [96, 178, 168],
  [246, 222, 140],
];
const LIGHT = [
  [255, 255, 255],
  [205, 224, 242],
  [132, 178, 222],
  [52, 110, 184],
  [24, 44, 104],
];

/** 256 colours between the stops. @param {boolean} light */
function shades(light) {
  const stops = light ? LIGHT : DARK;
  const all = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * (stops.length - 1);
    const at = Math.min(stops.length - 2, Math.floor(place));
    for (let c = 0; c < 3; c++) {
      all[i * 3 + c] = stops[at][c] + (stops[at + 1][c] - stops[at][c]) * (place - at);
    }
  }
  return all;
}
