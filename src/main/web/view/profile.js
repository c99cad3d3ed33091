// @ts-check
import { colour } from "../theme.js";
/** @typedef {import("../model/state.js").State} State */

const SHARE = 0.2;
const ROW = 4;

/** The volume profile of the day as bars on the price axis of the candles. */
export class ProfileOverlay {
  /** @type {any} */
  #attached = null;
  #buy = "";
  #sell = "";

  /** @param {State} state */
  constructor(state) {
    this.state = state;
  }

  colours() {
    this.#buy = colour("buy-fill");
    this.#sell = colour("sell-fill");
    this.update();
  }

  update() {
    this.#attached?.requestUpdate();
  }

  /** @param {any} parameters of the chart library */
  attached(parameters) {
    this.#attached = parameters;
  }

  detached() {
    this.#attached = null;
  }

  paneViews() {
    return [
      {
        zOrder: () => /** @type {const} */ ("bottom"),
        renderer: () => ({ draw: (/** @type {any} */ target) => this.#draw(target) }),
      },
    ];
  }

  /** @param {any} target */
  #draw(target) {
    target.useBitmapCoordinateSpace((/** @type {any} */ scope) => this.#profile(scope));
  }

  /** @param {any} scope */
  #profile(scope) {
    const bins = this.state.profile?.bins ?? [];
    const { context: canvas, bitmapSize, verticalPixelRatio: v } = scope;
    const { series } = this.#attached;
    const step = ROW * v;
    /** Bins that share a row of pixels are one bar. @type {Map<number, {buy: number, sell: number}>} */
    const rows = new Map();
    let most = 0;
    for (const bin of bins) {
      const y = series.priceToCoordinate(Number(bin.price));
      if (y === null || y < 0 || y * v > bitmapSize.height) {
        continue;
      }
      const row = Math.floor((y * v) / step);
      const sum = rows.get(row) ?? { buy: 0, sell: 0 };
      sum.buy += Number(bin.buy);
      sum.sell += Number(bin.sell);
      rows.set(row, sum);
      most = Math.max(most, sum.buy + sum.sell);
    }
    if (most === 0) {
      return;
    }
    const scale = (bitmapSize.width * SHARE) / most;
    canvas.globalAlpha = 0.8;
    for (const [row, sum] of rows) {
      const buy = sum.buy * scale;
      canvas.fillStyle = this.#buy;
      canvas.fillRect(0, row * step, buy, step - v);
      canvas.fillStyle = this.#sell;
      canvas.fillRect(buy, row * step, sum.sell * scale, step - v);
    }
    canvas.globalAlpha = 1;
  }
}
