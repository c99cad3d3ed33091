// @ts-check
/** @typedef {import("./model/state.js").Part} Part */

/**
 * Something that is drawn from the state.
 * @typedef {object} View
 * @property {Part[]} parts what it shows; it is drawn again when one of them has changed
 * @property {number} interval least time between two drawings in milliseconds; 0 for every frame
 * @property {(now: number) => void} draw
 * @property {boolean} [clock] whether it shows ages, so that it is drawn again without any change
 *
 * @typedef {object} Drawn
 * @property {View} view
 * @property {boolean} dirty
 * @property {number} drawnAt
 */

/** Scripts may take so many milliseconds of a frame of 16; the rest is for layout and painting. */
const BUDGET = 4;

/**
 * Draws views in animation frames: each only when it has to be, no more often than it wants, and no more of them in a
 * frame than it has time for. Those that have waited longest come first.
 */
export class Frames {
  /** @type {Drawn[]} */
  #views = [];
  #requested = false;
  #clock;

  /**
   * @param {import("./model/state.js").State} state
   * @param {() => number} clock monotonic milliseconds
   */
  constructor(state, clock = () => performance.now()) {
    this.state = state;
    this.#clock = clock;
  }

  /** @param {View} view */
  add(view) {
    this.#views.push({ view, dirty: true, drawnAt: -Infinity });
  }

  /** To be called after each change of the state. */
  request() {
    if (!this.#requested) {
      this.#requested = true;
      requestAnimationFrame((now) => this.#frame(now));
    }
  }

  /** To be called from time to time, for ages. */
  tick() {
    this.#views.forEach((one) => (one.dirty ||= one.view.clock === true));
    this.request();
  }

  /** @param {number} now */
  #frame(now) {
    this.#requested = false;
    const changed = this.state.changed;
    this.state.changed = new Set();
    for (const one of this.#views) {
      one.dirty ||= one.view.parts.some((part) => changed.has(part));
    }
    const due = (/** @type {Drawn} */ one) => one.drawnAt + one.view.interval;
    const begun = this.#clock();
    this.#views
      .filter((one) => one.dirty && due(one) <= now)
      .sort((a, b) => due(a) - due(b))
      .every((one) => {
        draw(one, now);
        return this.#clock() - begun < BUDGET;
      });
    if (this.#views.some((one) => one.dirty)) {
      this.request();
    }
  }
}

/** @param {Drawn} one @param {number} now */
function draw(one, now) {
  one.dirty = false;
  one.drawnAt = now;
  try {
    one.view.draw(now);
  } catch (failure) {
    console.error(failure); // the other views are drawn all the same
  }
}
