// @ts-check
import htm from "./lib/htm.js";
import { h, render } from "./lib/preact.js";

/** Markup as tagged templates, without a build step. */
export const html = htm.bind(h);
export { render };

/**
 * Writes a text if it is another one.
 * @param {Element} place
 * @param {string} text
 */
export function setText(place, text) {
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

/**
 * The element of an id that index.html has.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no element #${id}`);
  }
  return found;
}
