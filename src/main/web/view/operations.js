// @ts-check
import { age, clock, grouped, millis } from "../exact.js";
import { element, html, render } from "../html.js";
import { recordingText, size } from "../model/recording.js";
import { replayControls } from "./replay.js";
import { Tabs, tabId } from "./tabs.js";
/** @typedef {import("../model/state.js").State} State */

/**
 * What the operator asks at night: what ended and why, what the routes do, what could not be used, where the data comes
 * from and where it goes.
 * @param {State} state
 * @param {() => void} request
 * @returns {import("../frames.js").View}
 */
export function operationsView(state, request) {
  const place = element("operations");
  const replay = replayControls(state, request);
  let tab = "restarts";
  const choose = (/** @type {string} */ id) => {
    tab = id;
    state.touch("operations");
    request();
  };
  return {
    parts: ["operations", "view"],
    interval: 500,
    clock: true,
    draw() {
      const failed = (state.routes?.routes ?? []).filter((/** @type {any} */ one) => one.failed > 0).length;
      const letters = state.deadLetters?.total ?? 0;
      render(
        html`${replay()}
          <${Tabs} label="Operations" chosen=${tab} choose=${choose}
            tabs=${[
              ["restarts", `Restarts ${state.restarts?.total || ""}`],
              ["routes", `Routes ${failed ? `(${failed} failing)` : ""}`],
              ["letters", `Dead letters ${letters || ""}`],
              ["source", state.replay ? "Replay" : "Source and sinks"],
              ["events", "Events"],
            ]} />
          <div class="scroll" role="tabpanel" tabindex="0" aria-labelledby=${tabId("Operations", tab)}
            >${content(state, tab)}</div>`,
        place,
      );
    },
  };
}

/** @param {State} state @param {string} tab */
function content(state, tab) {
  switch (tab) {
    case "routes":
      return routes(state);
    case "letters":
      return letters(state);
    case "source":
      return source(state);
    case "events":
      return events(state);
    default:
      return restarts(state);
  }
}

/** @param {State} state */
function restarts(state) {
  const all = [...(state.restarts?.restarts ?? [])].reverse();
  const last = all[0];
  return all.length === 0
    ? html`<p class="empty">The connector process has not ended since the program started.</p>`
    : html`<table class="rows"><thead><tr><th class="text">Ended</th><th class="text">Ran</th><th>Status</th>
          <th>Attempt</th><th class="text">Data after</th><th class="text">Reason</th></tr></thead><tbody>
          ${all.map(
            (one, i) => html`<tr key=${one.ended_at + i}><td class="text">${clock(one.ended_at)}</td>
              <td class="text">${ran(one)}</td>
              <td>${one.exit_status ?? "–"}</td><td>${one.attempt}</td>
              <td class="text">${(one.fresh_after_ms ?? null) === null ? "–" : age(one.fresh_after_ms)}</td>
              <td class="text wrap">${one.reason}</td></tr>`,
          )}</tbody></table>
        ${
          last.stderr?.length > 0 &&
          html`<h3 class="summary">Last lines of its log before ${clock(last.ended_at)}</h3>
          <pre class="log">${last.stderr.slice(-8).join("\n")}</pre>`
        }`;
}

/** How long a process ran. @param {any} end */
function ran(end) {
  return end.started_at ? age(millis(end.ended_at) - millis(end.started_at)) : "not started";
}

/** @param {State} state */
function routes(state) {
  const edits = state.routes?.edits;
  const all = state.routes?.routes ?? [];
  const faults = edits?.faults ?? [];
  return html`<p class="summary">${editResult(edits)}</p>
    ${
      faults.length > 0 &&
      html`<ul class="alarms">${faults.map(
        (
          /** @type {any} */ one,
        ) => html`<li>${[one.file, one.line && `line ${one.line}`, one.step].filter(Boolean).join(", ")}:
        ${" "}${one.reason}</li>`,
      )}</ul>`
    }
    ${
      all.length > 0 &&
      html`<table class="rows"><thead><tr><th class="text">Route</th><th class="text">File</th>
      <th class="text">State</th><th>Total</th><th>Failed</th><th>In flight</th></tr></thead><tbody>
      ${sorted(all).map(
        (one) => html`<tr key=${one.id}><td class="text">${one.id}</td><td class="text">${one.file ?? ""}</td>
          <td class=${`text ${one.state === "started" ? "" : "warn-text"}`}>${one.state}</td>
          <td>${grouped(one.total)}</td>
          <td class=${one.failed > 0 ? "bad-text" : ""}>${grouped(one.failed)}</td>
          <td>${grouped(one.inflight)}</td></tr>`,
      )}</tbody></table>`
    }`;
}

/** Those with failures first, then the busiest. @param {any[]} routes */
function sorted(routes) {
  return [...routes].sort((a, b) => b.failed - a.failed || b.total - a.total).slice(0, 200);
}

/** @param {any} edits */
function editResult(edits) {
  if (!edits) {
    return "The state of the routes has not arrived yet.";
  }
  if (edits.refused_edit?.length > 0) {
    return html`<b class="bad-text">The last edit was refused:</b> ${edits.refused_edit.join("; ")}`;
  }
  if (edits.last_reload) {
    return `The last edit was applied at ${clock(edits.last_reload)} (${edits.reloads} since the start).`;
  }
  return edits.reloads === undefined
    ? `The routes come from ${edits.from}; edits are not looked for.`
    : `The routes come from ${edits.from}; no edit since the start.`;
}

/** @param {State} state */
function letters(state) {
  const all = [...(state.deadLetters?.letters ?? [])].reverse();
  return all.length === 0
    ? html`<p class="empty">Every line of the connector could be used.</p>`
    : html`<table class="rows"><thead><tr><th class="text">Time</th><th class="text">Reason</th>
        <th class="text">Line</th></tr></thead><tbody>
        ${all.map(
          (one, i) => html`<tr key=${one.at + i}><td class="text">${clock(one.at)}</td>
            <td class="text wrap">${one.reason}${one.message ? html` <small>${one.message}</small>` : ""}</td>
            <td class="text wrap"><code>${String(one.line).slice(0, 200)}</code></td></tr>`,
        )}</tbody></table>`;
}

/** @param {State} state */
function source(state) {
  const one = state.source;
  const replay = state.replay;
  const sinks = Object.entries(state.sinks?.sinks ?? {});
  const queues = Object.entries(state.sinks?.queues ?? {});
  return html`<dl class="terms">
      <dt>Source</dt><dd>${one ? `${one.source}, ${one.state}` : "–"}</dd>
      <dt>Connections down</dt><dd>${Object.keys(one?.connections_down ?? {}).join(", ") || "none"}</dd>
      ${
        replay &&
        html`<dt>Replay</dt><dd>${replay.state}${replay.speed ? `, speed ${replay.speed}` : ""}</dd>
        <dt>File</dt><dd>${replay.file ?? "–"}</dd>
        <dt>Position</dt><dd>${shown(replay.position)}</dd>
        <dt>From and to</dt><dd>${shown(replay.begin)} and ${shown(replay.end)}</dd>
        <dt>Lines</dt><dd>${grouped(replay.lines)} (${grouped(replay.unusable_lines)} unusable)</dd>`
      }
      ${recording(state.recording)}
      <dt>Sinks</dt>
      <dd>${sinks.length + queues.length === 0 ? "no sink is configured" : ""}</dd>
      ${[...sinks, ...queues].map(([name, state]) => html`<dt key=${name}>${name}</dt><dd>${describe(state)}</dd>`)}
    </dl>`;
}

/** What is being recorded, its files and the room for it. @param {any} recording */
function recording(recording) {
  const { text, failing } = recordingText(recording);
  const files = recording?.files ?? [];
  return html`<dt>Recording</dt><dd id="recording" class=${failing ? "bad-text" : ""}>${text}</dd>
    ${files.length > 0 && html`<dt>Files</dt><dd>${files.map(file).join(", ")}</dd>`}
    ${
      recording?.folder &&
      html`<dt>Free on the disk</dt>
      <dd>${recording.disk_free_bytes === null ? "–" : size(recording.disk_free_bytes)}</dd>`
    }`;
}

/** @param {any} one */
function file(one) {
  return `${one.file} (${size(one.bytes)} since ${clock(one.since)})`;
}

/** @param {string|null} time */
function shown(time) {
  return time ? time.replace("T", " ") : "–";
}

/** @param {any} sink */
function describe(sink) {
  return Object.entries(sink)
    .filter(([, value]) => value !== null && typeof value !== "object" && value !== false)
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`)
    .join(", ");
}

/** @param {State} state */
function events(state) {
  const all = state.incidents.all().reverse();
  return all.length === 0
    ? html`<p class="empty">Nothing has gone wrong since this page was opened.</p>`
    : html`<table class="rows"><tbody>${all.map(
        (one, i) => html`<tr key=${one.at + i}><td class="text">${clock(one.at)}</td><td class="text">${one.kind}</td>
          <td class="text wrap">${one.text}</td></tr>`,
      )}</tbody></table>`;
}
