// @ts-check
import { read } from "./api.js";
import { TRADES } from "./model/state.js";
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
