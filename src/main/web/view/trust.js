// @ts-check
import { element, html, render, setText } from "../html.js";
import { banner, facts, staleness } from "../model/trust.js";
import { replayPaused } from "../model/replay.js";
import { age } from "../exact.js";
/** @typedef {import("../model/state.js").State} State */

/**
 * The banner for data that is not real, and the bar that says how far the feed can be trusted.
 * @param {State} state
 * @returns {import("../frames.js").View}
 */
export function trustView(state) {
  const bannerPlace = element("banner");
  const bar = element("trust");
  const alarms = element("alarms");
  return {
    parts: ["feed", "connection", "operations", "view"],
    interval: 200,
    clock: true,
    draw() {
      const now = state.now();
      const shown = banner(state);
      document.body.dataset.data = shown?.kind ?? "live";
      render(shown && html`<strong>${shown.title}</strong><span>${shown.text}</span>`, bannerPlace);
      bannerPlace.hidden = !shown;
      render(
        facts(state, now).map(
          (fact) => html`<div class="fact" key=${fact.id} data-fact=${fact.id} data-tone=${fact.tone}>
            <dt>${fact.label}</dt>
            <dd><b>${fact.value}</b><small title=${fact.note}>${fact.note}</small></dd>
          </div>`,
        ),
        bar,
      );
      const stale = staleness(state, now);
      // In a pause the data is there to be read.
      document.body.classList.toggle("stale", stale !== "" && !replayPaused(state));
      setText(
        element("stale-age"),
        stale === "" ? "" : `${stale}${state.eventAt ? `: ${age(now - state.eventAt)} old` : ""}`,
      );
      drawAlarms(state, alarms);
    },
  };
}

/**
 * Reasons beyond the first, and alarms.
 * @param {State} state
 * @param {HTMLElement} place
 */
function drawAlarms(state, place) {
  const reasons = state.verdict?.ready ? [] : (state.verdict?.reasons ?? []).slice(1);
  const alarms = [...reasons, ...(state.health?.alarms ?? [])].slice(0, 6);
  place.hidden = alarms.length === 0;
  render(
    alarms.map((alarm) => html`<li key=${alarm}>${alarm}</li>`),
    place,
  );
}
