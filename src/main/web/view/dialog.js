// @ts-check
import { element, html, render } from "../html.js";

/**
 * Asks before something is done.
 * @param {string} title
 * @param {string} text
 * @param {string} action the label of the button that does it
 * @returns {Promise<boolean>}
 */
export function confirm(title, text, action) {
  const dialog = /** @type {HTMLDialogElement} */ (element("confirm"));
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
    dialog.returnValue = "";
    render(
      html`<h2 id="confirm-title">${title}</h2>
        <p>${text}</p>
        <div class="buttons">
          <button type="button" onClick=${() => dialog.close("no")}>Back</button>
          <button type="button" class="primary" autofocus onClick=${() => dialog.close("yes")}>${action}</button>
        </div>`,
      dialog,
    );
    dialog.showModal();
  });
}

let hiding = 0;

/**
 * Says what has happened: for a few seconds, or until it is closed if it went wrong.
 * @param {string} text
 * @param {boolean} [stays]
 */
export function toast(text, stays = false) {
  const place = element("toast");
  const hide = () => (place.hidden = true);
  render(
    html`<span>${text}</span>${stays && html`<button type="button" class="quiet" onClick=${hide}>Close</button>`}`,
    place,
  );
  place.hidden = false;
  clearTimeout(hiding);
  if (!stays) {
    hiding = setTimeout(hide, 8_000);
  }
}

const KEYS = [
  ["/", "Choose an instrument"],
  ["[  ]", "Shorter or longer timeframe"],
  ["1 – 9", "Timeframe, from 1s to 1h"],
  ["b  s", "New paper order: buy or sell"],
  ["p", "Pause or resume the strategies"],
  ["d", "Dark or light"],
  ["r", "Connect again at once"],
  ["?", "This list"],
  ["Esc", "Close a dialog or the order form"],
];

/** Lists the keyboard shortcuts. */
export function showShortcuts() {
  const dialog = /** @type {HTMLDialogElement} */ (element("shortcuts"));
  render(
    html`<h2 id="shortcuts-title">Keyboard shortcuts</h2>
      <dl class="keys">
        ${KEYS.map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`)}
      </dl>
      <div class="buttons"><button type="button" onClick=${() => dialog.close()}>Close</button></div>`,
    dialog,
  );
  dialog.showModal();
}
