// @ts-check
import { grouped } from "../exact.js";
/** @typedef {import("./state.js").State} State */

/** @param {any} order */
export function openOrder(order) {
  return order.status === "open" || order.status === "triggered";
}

/**
 * What the paper account holds, as a sentence.
 * @param {State} state
 */
export function holdings(state) {
  if (!state.positions) {
    return "The state of the paper account has not arrived yet.";
  }
  const held = state.positions.positions.filter((/** @type {any} */ one) => Number(one.qty) !== 0);
  const open = state.orders.filter(openOrder).length;
  const orders = open === 0 ? "no open order" : open === 1 ? "1 open order" : `${open} open orders`;
  if (held.length === 0) {
    return `Holds nothing; ${orders}.`;
  }
  const shown = held
    .slice(0, 3)
    .map(
      (/** @type {any} */ one) =>
        `${grouped(String(one.qty).replace("-", ""))} ${one.symbol} ${Number(one.qty) > 0 ? "long" : "short"}`,
    );
  const more = held.length > 3 ? ` and ${held.length - 3} more` : "";
  return `Holds ${shown.join(", ")}${more}; ${orders}.`;
}

/**
 * Why the strategies do not trade, or an empty text.
 * @param {State} state
 */
export function pausedBy(state) {
  const s = state.strategies;
  return !s || s.state === "running" ? "" : `Strategies ${s.state}${s.reasons[0] ? `: ${s.reasons[0]}` : ""}`;
}

/**
 * Whether the strategies wait for someone to resume them.
 * @param {State} state
 */
export function isPaused(state) {
  return ["paused", "halted"].includes(state.strategies?.state);
}
