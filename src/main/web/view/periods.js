// @ts-check
import { colour } from "../theme.js";
/** @typedef {import("../model/state.js").State} State */

const COLOURS = ["session-1", "session-2", "session-3", "session-4"];
const LABEL = 10;

/** Parts of the day behind the candles: the sessions over the whole height, the opening range up to its prices. */
export class PeriodsOverlay {
  /** @type {any} */
  #attached = null;
  /** @type {string[]} */
  #shades = [];
  #range = "";
  #text = "";
  #font = "";

  /**
   * @param {State} state
   * @param {{first: number, length: number}} axis the first place of the time scale, and what each stands for
   */
  constructor(state, axis) {
    this.state = state;
    this.axis = axis;
  }

  colours() {
    this.#shades = COLOURS.map(colour);
    this.#range = colour("range");
    this.#text = colour("soft");
    this.#font = getComputedStyle(document.body).fontFamily;
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
    target.useBitmapCoordinateSpace((/** @type {any} */ scope) => {
      const x = this.#scale();
      if (x) {
        this.#sessions(scope, x);
        this.#openingRange(scope, x);
      }
    });
  }

  /**
   * Where times are: a candle of N minutes reaches from half a place before its middle to half a place after it.
   * @returns {((time: string) => number)|null} null before there is any candle
   */
  #scale() {
    const scale = this.#attached.chart.timeScale();
    const [zero, one] = [scale.logicalToCoordinate(0), scale.logicalToCoordinate(1)]; // it takes whole places only
    const { first, length } = this.axis;
    return zero === null || one === null
      ? null
      : (time) => zero + ((Date.parse(time) - first) / length - 0.5) * (one - zero);
  }

  /** @param {any} scope @param {(time: string) => number} x */
  #sessions(scope, x) {
    const { context: canvas, bitmapSize, horizontalPixelRatio: h, verticalPixelRatio: v } = scope;
    const names = /** @type {string[]} */ ([]);
    for (const period of this.state.strategies?.sessions.periods ?? []) {
      if (!names.includes(period.session)) {
        names.push(period.session);
      }
      const [from, to] = [x(period.start), x(period.end)];
      if (to <= 0 || from * h >= bitmapSize.width) {
        continue;
      }
      const row = names.indexOf(period.session);
      const left = Math.max(0, from * h);
      const width = Math.min(bitmapSize.width, to * h) - left;
      canvas.fillStyle = this.#shades[row % this.#shades.length];
      canvas.fillRect(left, 0, width, bitmapSize.height);
      canvas.fillStyle = this.#text;
      canvas.font = `${LABEL * v}px ${this.#font}`;
      canvas.textBaseline = "top";
      const label = canvas.measureText(period.session).width;
      if (label + 8 * h < width) {
        canvas.fillText(period.session, left + 4 * h, (4 + row * (LABEL + 3)) * v);
      }
    }
  }

  /** @param {any} scope @param {(time: string) => number} x */
  #openingRange(scope, x) {
    const range = this.state.context?.levels.OR;
    if (!range?.hi || !range?.lo) {
      return;
    }
    const { context: canvas, horizontalPixelRatio: h, verticalPixelRatio: v } = scope;
    const { series } = this.#attached;
    const [from, to] = [x(range.startTs), x(range.endTs)];
    const top = series.priceToCoordinate(Number(range.hi));
    const bottom = series.priceToCoordinate(Number(range.lo));
    if (top === null || bottom === null) {
      return;
    }
    canvas.fillStyle = this.#range;
    canvas.fillRect(from * h, top * v, Math.max(1, (to - from) * h), Math.max(1, (bottom - top) * v));
  }
}
