// @ts-check
import { grouped } from "../exact.js";
import { element, html, render } from "../html.js";
import { partsOf } from "../link.js";
/** @typedef {import("../model/state.js").State} State */
/** @typedef {import("../model/state.js").Instrument} Instrument */

const SHOWN = 50;
const PRICES = 500;
/** So many instruments the program names at most. */
const LISTED = 200;

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

/**
 * The instrument of a whole name that is not known: the program tells the page of the first ones, and of those that
 * are traded.
 * @param {State} state
 * @param {string} name
 * @returns {Instrument|undefined}
 */
function unlisted(state, name) {
  return incomplete(state, name) ? state.instrument(partsOf(name.trim())) : undefined;
}

/** @param {State} state @param {string} name */
function incomplete(state, name) {
  return state.instruments.size >= LISTED && /^[\p{L}\p{N}:._-]{2,120}$/u.test(name.trim());
}

/** @param {State} state @param {string} name */
function nothing(state, name) {
  return incomplete(state, name)
    ? `Not all instruments are listed here. Enter asks the program for ${name.trim()}.`
    : "No instrument of this feed has that name.";
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
        take(found[at] ?? unlisted(state, text));
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
        ${found.length === 0 && html`<p class="empty">${nothing(state, text)}</p>`}`,
      dialog,
    );
  };
  draw();
  const prices = setInterval(draw, PRICES);
  dialog.onclose = end;
  dialog.showModal();
  dialog.querySelector("input")?.focus();
}
