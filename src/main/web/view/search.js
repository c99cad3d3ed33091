// @ts-check
import { grouped } from "../exact.js";
import { element, html, render } from "../html.js";
/** @typedef {import("../model/state.js").State} State */
/** @typedef {import("../model/state.js").Instrument} Instrument */

const SHOWN = 50;
const PRICES = 500;

/**
 * The instruments whose name has all words of a text, in the order of their names.
 * @param {Iterable<Instrument>} instruments
 * @param {string} text
 */
export function matching(instruments, text) {
  const words = text
    .toLowerCase()
    .split(/[\s:]+/)
    .filter(Boolean);
  return [...instruments]
    .filter((one) => words.every((word) => one.key.toLowerCase().includes(word)))
    .sort((a, b) => a.symbol.localeCompare(b.symbol) || a.key.localeCompare(b.key))
    .slice(0, SHOWN);
}

/** Why it is not ready. @param {State} state @param {Instrument} instrument */
function notReady(state, instrument) {
  const condition = state.conditionOf(instrument);
  return !condition || condition.ready
    ? ""
    : html` <span class="warn-text">not ready: ${condition.reasons[0] ?? condition.book_reason ?? "unknown"}</span>`;
}

/**
 * Asks for an instrument of any venue.
 * @param {State} state
 * @param {(instrument: Instrument) => void} choose
 * @param {() => void} closed called when it is over
 */
export function openSearch(state, choose, closed) {
  const dialog = /** @type {HTMLDialogElement} */ (element("search"));
  let text = "";
  let at = 0;
  let open = true;
  const end = () => {
    if (open) {
      open = false;
      clearInterval(prices);
      closed();
    }
  };
  const take = (/** @type {Instrument|undefined} */ one) => {
    if (one) {
      dialog.close();
      end(); // before the other is chosen; the event of the dialog comes later
      choose(one);
    }
  };
  const draw = () => {
    const found = matching(state.instruments.values(), text);
    at = Math.max(0, Math.min(at, found.length - 1));
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        at += event.key === "ArrowDown" ? 1 : -1;
        draw();
        document.getElementById(`result-${at}`)?.scrollIntoView({ block: "nearest" });
      } else if (event.key === "Enter") {
        event.preventDefault();
        take(found[at]);
      }
    };
    render(
      html`<h2 id="search-title">Choose an instrument</h2>
        <input type="search" role="combobox" aria-label="Symbol, category or venue" aria-expanded="true"
          aria-controls="search-results" aria-activedescendant=${found.length > 0 ? `result-${at}` : undefined}
          placeholder="Symbol, category or venue" autocomplete="off" value=${text} onKeyDown=${keys}
          onInput=${(/** @type {any} */ event) => {
            text = event.target.value;
            at = 0;
            draw();
          }} />
        <div class="results" id="search-results" role="listbox" aria-label="Instruments">
          ${found.map(
            (
              one,
              index,
            ) => html`<button type="button" role="option" id=${`result-${index}`} key=${one.key} tabindex="-1"
              aria-selected=${index === at} onClick=${() => take(one)}>
              <b>${one.symbol}</b><small>${[one.venue, one.category].filter(Boolean).join(" · ")}
                ${notReady(state, one)}</small>
              <span>${grouped(one.price)}</span>
            </button>`,
          )}
        </div>
        ${found.length === 0 && html`<p class="empty">No instrument of this feed has that name.</p>`}`,
      dialog,
    );
  };
  draw();
  const prices = setInterval(draw, PRICES);
  dialog.onclose = end;
  dialog.showModal();
  dialog.querySelector("input")?.focus();
}
