// @ts-check
import { clock, fixed, gain, padded, places } from "../exact.js";
import { element, html, render } from "../html.js";
import { lacks } from "../model/day.js";
/** @typedef {import("../model/day.js").DayLines} DayLines */
/** @typedef {import("../model/state.js").State} State */

/**
 * The levels of the day as numbers, and from when on they count.
 * @param {State} state
 * @returns {(lines: DayLines, digits: number) => void}
 */
export function legendView(state) {
  const place = element("levels");
  return (lines, digits) => {
    const levels = state.context?.levels;
    const last = lines.points.at(-1);
    const note = lacks(lines, state.coverage, state.dayStart);
    const size = places(state.trades.length > 0 ? state.trades.last().qty : "");
    const why = note.reason ? `: ${note.reason}` : "";
    render(
      html`<span title=${`Volume-weighted average price of the day${why}`}><i class="key vwap"></i>VWAP${" "}
          <b>${fixed(last?.vwap ?? NaN, digits + 1)}</b>${note.vwap && html` <small>${note.vwap}</small>`}</span>
        <span title=${`Bought minus sold size of takers, cumulated${why}`}><i class="key area"></i>CVD${" "}
          <b>${gain(last?.cvd ?? NaN, size)}</b>${note.cvd && html` <small>${note.cvd}</small>`}</span>
        ${
          levels &&
          html`<span><i class="key poc"></i>POC <b>${padded(levels.POCd, digits)}</b></span>
          <span><i class="key dashed"></i>Value <b>${[levels.VALd, levels.VAHd]
            .map((level) => padded(level, digits))
            .join(" – ")}</b></span>`
        }
        ${session(state)}`,
      place,
    );
  };
}

/** @param {State} state */
function session(state) {
  const sessions = state.strategies?.sessions;
  if (!sessions?.next) {
    return "";
  }
  const [change, name] = sessions.next.split(" ");
  const next = `${name} ${change}s ${clock(sessions.next_at).slice(0, 5)} UTC`;
  return html`<span title=${windows(sessions)}>Session <b>${sessions.open.join(", ") || "none"}</b>${" "}
    <small>${next}</small></span>`;
}

/** The times of the sessions as they are configured. @param {any} sessions */
function windows(sessions) {
  return [...new Set(sessions.periods.map((/** @type {any} */ one) => `${one.session} ${one.window}`))].join(", ");
}
