// @ts-check
/** @typedef {{strategies: any}} Configured */

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
export const MINUTE = UNITS.m;

/** The timeframes that can always be chosen, shortest first. */
export const TIMEFRAMES = ["1s", "5s", "15s", "1m", "3m", "5m", "15m", "30m", "1h"];

/**
 * The length of a timeframe such as 5m in milliseconds.
 * @param {string} timeframe
 */
export function lengthOf(timeframe) {
  const unit = /** @type {keyof typeof UNITS} */ (timeframe.at(-1));
  return Number(timeframe.slice(0, -1)) * UNITS[unit];
}

/**
 * Whether candles of this timeframe can be made: of whole seconds or whole minutes, and a part of a day.
 * @param {string} timeframe
 */
export function isTimeframe(timeframe) {
  const length = lengthOf(timeframe);
  return length > 0 && UNITS.d % length === 0 && (length < MINUTE || length % MINUTE === 0);
}

/**
 * Whether candles of this timeframe are made of seconds; the others are made of minutes.
 * @param {string} timeframe
 */
export function ofSeconds(timeframe) {
  return lengthOf(timeframe) < MINUTE;
}

/**
 * What can be chosen: the usual ones and those of the strategies, shortest first.
 * @param {Configured} state
 * @returns {string[]}
 */
export function timeframes(state) {
  const own = (state.strategies?.timeframes ?? []).filter(isTimeframe);
  const lengths = new Map([...TIMEFRAMES, ...own].reverse().map((one) => [lengthOf(one), one]));
  return [...lengths.entries()].sort(([a], [b]) => a - b).map(([, one]) => one);
}
