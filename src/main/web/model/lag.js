// @ts-check
/** Times from the exchange to the receipt of the last events, for percentiles. */
export class Lag {
  #values = new Float64Array(1_000);
  #count = 0;

  /** @param {number} millis */
  add(millis) {
    this.#values[this.#count++ % this.#values.length] = millis;
  }

  clear() {
    this.#count = 0;
  }

  /**
   * @param {number} share 0.5 for the median
   * @returns {number|null} milliseconds
   */
  percentile(share) {
    const size = Math.min(this.#count, this.#values.length);
    if (size === 0) {
      return null;
    }
    const sorted = this.#values.slice(0, size).sort();
    return sorted[Math.min(size - 1, Math.ceil(share * size) - 1)];
  }
}
