// @ts-check
/** @typedef {import("./model/state.js").Part} Part */

/**
 * Something that is drawn from the state.
 * @typedef {object} View
 * @property {Part[]} parts what it shows; it is drawn again when one of them has changed
 * @property {number} interval least time between two drawings in milliseconds; 0 for every frame
 * @property {(now: number) => void} draw
 * @property {boolean} [clock] whether it shows ages, so that it is drawn again without any change
 */

/** Draws views in animation frames: each only when it has to be, and no more often than it wants. */
export class Frames {
  /** @type {{view: View, dirty: boolean, drawnAt: number}[]} */
  #views = [];
  #requested = false;

  /** @param {import("./model/state.js").State} state */
  constructor(state) {
    this.state = state;
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
    let waiting = false;
    for (const one of this.#views) {
      one.dirty ||= one.view.parts.some((part) => changed.has(part));
      if (one.dirty && now - one.drawnAt >= one.view.interval) {
        one.dirty = false;
        one.drawnAt = now;
        try {
          one.view.draw(now);
        } catch (failure) {
          console.error(failure); // the other views are drawn all the same
        }
      }
      waiting ||= one.dirty;
    }
    if (waiting) {
      this.request();
    }
  }
}
