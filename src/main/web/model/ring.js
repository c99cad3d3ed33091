// @ts-check
/**
 * The last values, at most as many as there is room for.
 * @template T
 */
export class Ring {
  /** @type {T[]} */
  #values = [];
  #next = 0;

  /** @param {number} limit */
  constructor(limit) {
    this.limit = limit;
  }

  /** @param {T} value */
  add(value) {
    if (this.#values.length < this.limit) {
      this.#values.push(value);
    } else {
      this.#values[this.#next] = value;
      this.#next = (this.#next + 1) % this.limit;
    }
  }

  get length() {
    return this.#values.length;
  }

  /**
   * @param {number} index 0 for the oldest
   * @returns {T}
   */
  at(index) {
    return this.#values[(this.#next + index) % this.#values.length];
  }

  /**
   * @param {number} back 0 for the newest
   * @returns {T}
   */
  last(back = 0) {
    return this.at(this.length - 1 - back);
  }

  clear() {
    this.#values = [];
    this.#next = 0;
  }

  /** @returns {T[]} oldest first */
  all() {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }
}
