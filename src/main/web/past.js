// @ts-check
import { read } from "./api.js";
import { TRADES } from "./model/state.js";
/** @typedef {import("./model/day.js").Coverage} Coverage */
/** @typedef {import("./model/state.js").Instrument} Instrument */
/** @typedef {import("./model/state.js").State} State */

/**
 * Asks for the last trades of the selected instrument. What arrives of the stream meanwhile is joined with them, so the
 * trades must be subscribed before. If they cannot be had, the tape begins with the next trade.
 * @param {State} state
 * @returns {Promise<void>}
 */
export async function loadTrades(state) {
  const instrument = state.selected;
  if (!instrument) {
    return;
  }
  const query = new URLSearchParams({ symbol: instrument.key, limit: String(TRADES) });
  try {
    const answer = await read(`/trades?${query}`);
    if (state.selected === instrument) {
      state.addPastTrades(answer.trades);
    }
  } catch (failure) {
    state.incident("error", `the last trades are not known: ${failure instanceof Error ? failure.message : failure}`);
  }
}

/** The time between two questions about the minutes of the day, in milliseconds. */
const PAUSE = 3_000;
/** The same as long as minutes are missing that the exchange may still have. */
const REPEAT = 60_000;
/** The candles of a day. */
const MINUTES = 1_440;

/**
 * Asks which minutes of the day may lack trades, whenever that may have changed. The stream sends the candles
 * themselves; they are only asked for if it does not, because the strategies have no minutes, or if missing ones came
 * later.
 */
export class DayCoverage {
  #askedAt = -Infinity;

  /** @param {State} state */
  constructor(state) {
    this.state = state;
  }

  /**
   * To be called from time to time.
   * @param {number} now milliseconds
   * @returns {Promise<void>|null} null if there is nothing to ask for
   */
  check(now) {
    const { selected, coverage, connection, dayStart } = this.state;
    const known = coverage?.dayStart === dayStart && !coverage.due;
    const pause = known && coverage.missing.length > 0 ? REPEAT : PAUSE;
    const settled = known && coverage.missing.length === 0;
    if (!selected || settled || Number.isNaN(dayStart) || connection.phase !== "open" || now - this.#askedAt < pause) {
      return null;
    }
    this.#askedAt = now;
    return this.#load(selected, dayStart, known ? coverage : null);
  }

  /**
   * @param {Instrument} instrument
   * @param {number} dayStart
   * @param {Coverage|null} before what was known of that day
   */
  async #load(instrument, dayStart, before) {
    const { state } = this;
    const streamed = state.strategies?.timeframes.includes("1m") ?? true;
    try {
      const answer = await minutes(instrument, dayStart, streamed ? 1 : MINUTES);
      const { status, reason } = answer.backfill;
      const missing = answer.missing.map((/** @type {any} */ one) => ({
        from: Date.parse(one.from),
        to: Date.parse(one.to),
      }));
      const came = before !== null && JSON.stringify(before.missing) !== JSON.stringify(missing);
      const all = streamed && came ? await minutes(instrument, dayStart, MINUTES) : answer;
      if (state.selected === instrument) {
        state.addCandles("1m", all.candles);
        const running = status === "running" ? "the candles of the exchange are being fetched" : "";
        state.coverage = { dayStart, missing, reason: reason ?? running };
      }
    } catch {
      // Asked for again; until then it is not said that the day is whole.
    }
  }
}

/** @param {Instrument} instrument @param {number} from @param {number} limit */
function minutes(instrument, from, limit) {
  const query = new URLSearchParams({
    symbol: instrument.key,
    timeframe: "1m",
    from: new Date(from).toISOString(),
    limit: String(limit),
  });
  return read(`/candles?${query}`);
}
