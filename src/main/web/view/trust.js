// @ts-check
import { element, html, render, setText } from "../html.js";
import { banner, facts, staleness, warnings } from "../model/trust.js";
import { replayPaused } from "../model/replay.js";
import { age } from "../exact.js";
/** @typedef {import("../model/state.js").State} State */

const ALARMS = 6;

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
      document.body.classList.toggle("cut", state.connection.phase !== "open");
      // The reason is read aloud once; its age would be with each change.
      setText(element("stale-reason"), stale);
      setText(element("stale-since"), stale && state.eventAt ? `: ${age(now - state.eventAt)} old` : "");
      drawAlarms(warnings(state, now), alarms);
    },
  };
}

/**
 * @param {string[]} alarms
 * @param {HTMLElement} place
 */
function drawAlarms(alarms, place) {
  const more = alarms.length - ALARMS;
  place.hidden = alarms.length === 0;
  render(
    [
      ...alarms.slice(0, ALARMS).map((alarm) => html`<li key=${alarm}>${alarm}</li>`),
      more > 0 && html`<li key="more">and ${more} more, in <a href="/ws/health">/ws/health</a></li>`,
    ],
    place,
  );
}
