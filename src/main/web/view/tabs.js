// @ts-check
import { html } from "../html.js";

/**
 * The id of a tab, which is the label of what it shows.
 * @param {string} label of the row
 * @param {string} id
 */
export function tabId(label, id) {
  return `tab-${label}-${id}`.replace(/ /g, "-");
}

/**
 * A row of tabs; arrow keys move between them.
 * @param {{label: string, tabs: [string, string][], chosen: string, choose: (id: string) => void}} p
 */
export function Tabs({ label, tabs, chosen, choose }) {
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0) {
      const at = tabs.findIndex(([id]) => id === chosen);
      const next = (at + step + tabs.length) % tabs.length;
      choose(tabs[next][0]);
      const row = /** @type {HTMLElement} */ (event.currentTarget);
      requestAnimationFrame(() => /** @type {HTMLElement} */ (row.children[next]).focus());
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} onKeyDown=${keys}>
    ${tabs.map(
      ([id, text]) => html`<button type="button" role="tab" key=${id} id=${tabId(label, id)}
        aria-selected=${id === chosen} tabindex=${id === chosen ? 0 : -1} onClick=${() => choose(id)}>${text}</button>`,
    )}
  </div>`;
}
