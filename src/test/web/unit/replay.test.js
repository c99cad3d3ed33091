import assert from "node:assert/strict";
import { test } from "node:test";
import { Messages } from "../../../main/web/messages.js";
import { played, progressText, replayPaused } from "../../../main/web/model/replay.js";
import { State } from "../../../main/web/model/state.js";
import { banner, facts, staleness } from "../../../main/web/model/trust.js";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const PLAYING = {
  state: "playing",
  file: "day.ndjson",
  position: "2026-11-20T10:00:12.345Z",
  speed: "10",
  share: 0.256,
  begin: "2026-11-20T10:00:00Z",
  end: "2026-11-20T11:00:00Z",
};

/** A page that shows a replay of that state; its last event is old. */
function page(state) {
  const shown = new State(() => NOW);
  shown.connection = { phase: "open", attempt: 0, retryAt: 0, reason: "" };
  const messages = new Messages(shown, () => {});
  const verdict = { state: state === "paused" ? "paused" : "replay", connected: true, synthetic: true };
  messages.apply({ type: "status", status: "feed", fresh: false, ready: false, reasons: ["why"], ...verdict });
  messages.apply({ type: "replay", data: { ...PLAYING, state } });
  shown.eventAt = NOW - 60_000;
  return shown;
}

function fact(state, id) {
  return facts(state, NOW).find((one) => one.id === id);
}

test("how far a replay is is said in recorded time", () => {
  assert.equal(progressText(PLAYING), "2026-11-20 10:00:12 of 11:00:00 · 25 %");
  assert.equal(
    progressText({ ...PLAYING, end: "2026-11-21T00:30:00Z" }),
    "2026-11-20 10:00:12 of 2026-11-21 00:30:00 · 25 %",
  );
  assert.equal(progressText({ ...PLAYING, end: null }), "2026-11-20 10:00:12 · 25 %");
  assert.equal(progressText({ ...PLAYING, position: null, end: null, share: null }), "not begun");
});

test("the share is between 0 and 1, or unknown", () => {
  assert.equal(played(PLAYING), 0.256);
  assert.equal(played({ share: "0.5" }), 0.5);
  assert.equal(played({ share: 1.2 }), 1);
  assert.equal(played({ share: null }), null);
  assert.equal(played({}), null);
});

test("a pause is neither a fault nor old data, and nobody can miss it", () => {
  const state = page("paused");

  assert.equal(replayPaused(state), true);
  assert.equal(banner(state)?.title, "Replay paused");
  assert.equal(banner(state)?.kind, "replay");
  assert.equal(staleness(state, NOW), "the replay is paused");
  assert.equal(fact(state, "feed").value, "Paused");
  assert.equal(fact(state, "feed").note, "Replay at 2026-11-20 10:00:12 of 11:00:00 · 25 %");
  assert.equal(fact(state, "feed").tone, "warn");
  assert.equal(fact(state, "age").tone, "idle");
  state.book.apply({ snapshot: true, last_update_id: 1, bids: [["1", "1"]], asks: [["2", "1"]] });
  assert.equal(fact(state, "book").value, "Paused");
});

test("a replay that goes on and brings nothing is stale", () => {
  const state = page("playing");

  assert.equal(replayPaused(state), false);
  assert.equal(banner(state)?.title, "Replayed data");
  assert.equal(staleness(state, NOW), "no new data");
  assert.equal(fact(state, "feed").value, "No fresh data");
});

test("the feed says that a replay is paused before the replay does", () => {
  const state = page("paused");
  state.replay = null;

  assert.equal(replayPaused(state), true);
  assert.equal(fact(state, "feed").note, "why");
});

test("a lost connection comes before a pause", () => {
  const state = page("paused");
  state.connection = { phase: "lost", attempt: 1, retryAt: 0, reason: "" };

  assert.equal(fact(state, "feed").value, "No connection");
  assert.equal(staleness(state, NOW), "no connection to the program");
});
