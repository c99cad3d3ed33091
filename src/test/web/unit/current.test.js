import assert from "node:assert/strict";
import { test } from "node:test";
import { Messages } from "../../../main/web/messages.js";
import { banner, facts, lastFailure, staleness, warnings } from "../../../main/web/model/trust.js";
import { State } from "../../../main/web/model/state.js";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const BTC = { symbol: "BTCUSDT", category: "linear" };
const TODAY = { gaps: 0, repaired_trades: 0, restarts: 0, disconnects: 0 };
const GOOD = { state: "live", connected: true, fresh: true, ready: true, synthetic: false, replay: false, reasons: [] };

function source(venue, more = {}) {
  const process = { alive: true, pid: 7 };
  return { venue, ...GOOD, alarms: [], process, retry: null, blocked: null, lag: null, today: TODAY, ...more };
}

/** @param {any[]} sources @param {object} more of the body */
function health(sources, more = {}, timestamp = NOW) {
  const data = { version: "1", ...GOOD, alarms: [], sources, instruments: [], ...more };
  return { type: "health", timestamp, data };
}

function page(clock = () => NOW) {
  const state = new State(clock);
  state.connection = { phase: "open", attempt: 0, retryAt: 0, reason: "" };
  const asked = [];
  const refused = [];
  const messages = new Messages(
    state,
    () => {},
    () => asked.push(1),
    (id, reason) => refused.push(`${id}: ${reason}`),
  );
  messages.apply(health([source("bybit")]));
  state.select(state.instrument({ ...BTC, venue: "bybit" }));
  return { state, messages, asked, refused };
}

function depth(more) {
  return { type: "depth", ...BTC, timestamp: NOW, bids: [["1.0", "1"]], asks: [["1.1", "1"]], ...more };
}

function fact(state, id) {
  return facts(state, state.now()).find((one) => one.id === id);
}

test("a snapshot of an old book is as old as its last update, not as its arrival", () => {
  const { state, messages } = page();

  messages.apply(depth({ snapshot: true, last_update_id: 1, received_at: NOW - 600_000 }));

  assert.equal(staleness(state, state.now()), "no new data");
  assert.equal(fact(state, "age").value, "10 min 0 s ago");
  messages.apply(depth({ prev_update_id: 1, last_update_id: 2, received_at: NOW }));
  assert.equal(staleness(state, state.now()), "");
  assert.equal(fact(state, "age").value, "Now");
});

test("the price of the last trade is as old as the trade", () => {
  const { state, messages } = page();

  messages.apply({ type: "price", ...BTC, price: "1.0", id: "1", timestamp: NOW - 60_000 });

  assert.equal(state.selected.price, "1.0");
  assert.equal(fact(state, "age").value, "1 min 0 s ago");
});

test("a snapshot of a recording is as old as the last event that was played", () => {
  const { state, messages } = page();
  const replay = { replay: true, state: "replay", last_event_at: "2026-11-27T11:59:50Z" };

  messages.apply(health([source("bybit", replay)], { replay: true }));
  const then = NOW - 86_400_000;
  messages.apply(depth({ snapshot: true, last_update_id: 1, timestamp: then, received_at: then }));

  assert.equal(fact(state, "age").value, "10 s ago");
  messages.apply({ type: "trade", ...BTC, id: "1", timestamp: then, price: "1", qty: "1", side: "buy" });
  assert.equal(fact(state, "age").value, "Now");
  assert.equal(state.trades.last().at, NOW, "in the picture of the depth it is where it was played");
});

test("ages are those of the program's clock, also if that of this machine is an hour ahead", () => {
  let clock = NOW + 3_600_000;
  const { state, messages } = page(() => clock);
  messages.apply({
    type: "restarts",
    data: { total: 1, restarts: [{ ended_at: "2026-11-27T11:59:58Z", reason: "exit status 137" }] },
  });
  messages.apply(depth({ snapshot: true, last_update_id: 1, received_at: NOW }));

  assert.equal(fact(state, "failure").value, "2.0 s ago");
  assert.equal(fact(state, "age").value, "Now");

  // A message that was on its way for long says less about the clock than a fast one.
  clock += 1_000;
  messages.apply(health([source("bybit")], {}, NOW + 200));
  assert.equal(state.now(), NOW + 1_000);
  // After another connection it may be another machine.
  state.connected();
  messages.apply(health([source("bybit")], {}, NOW - 5_000));
  assert.equal(state.now(), NOW - 5_000);
});

test("a late trade is no last price", () => {
  const { state, messages } = page();
  const trade = { type: "trade", ...BTC, id: "1", timestamp: NOW, price: "2.0", qty: "1", side: "buy" };

  messages.apply(trade);
  messages.apply({ ...trade, id: "0", timestamp: NOW - 1_000, price: "9.0", late: true });

  assert.equal(state.selected.price, "2.0");
  assert.equal(state.trades.last().price, "9.0");
});

test("a crossed book has a fault until it is no longer crossed", () => {
  const { state, messages } = page();
  messages.apply(depth({ snapshot: true, last_update_id: 1 }));
  assert.equal(state.book.fault, "");

  messages.apply(depth({ prev_update_id: 1, last_update_id: 2, bids: [["1.1", "1"]], asks: [] }));
  assert.equal(state.book.fault, "its best bid is not below its best ask");
  assert.equal(fact(state, "book").value, "Do not use");

  messages.apply(depth({ prev_update_id: 2, last_update_id: 3, bids: [["1.1", "0"]], asks: [] }));
  assert.equal(state.book.fault, "");
});

test("without a connection nothing of the program is called good", () => {
  const { state, messages } = page();
  messages.apply(depth({ snapshot: true, last_update_id: 1, received_at: NOW }));
  messages.apply({ type: "restarts", data: { total: 0, restarts: [] } });
  messages.apply({ type: "dead_letters", data: { total: 0, letters: [] } });
  assert.equal(fact(state, "failure").value, "None");
  assert.equal(fact(state, "connector").tone, "good");

  state.connection = { phase: "lost", attempt: 1, retryAt: 0, reason: "" };
  state.book.stale("no connection to the program");
  state.incident("connection", "the connection to the program was lost");

  assert.deepEqual(
    facts(state, state.now()).filter((one) => one.tone === "good"),
    [],
  );
  assert.match(fact(state, "connector").note, /^Last known: pid 7/);
  assert.match(fact(state, "failure").note, /^the connection to the program was lost/);
});

test("an instrument that is not ready is not called ready because others are", () => {
  const { state, messages } = page();
  const ready = { symbol: "ETHUSDT", category: "linear", venue: "bybit", ready: true, reasons: [] };
  const unready = { ...ready, ...BTC, ready: false, reasons: ["no book for 12 s"] };

  messages.apply(health([source("bybit")], { instruments: [unready, ready] }));

  assert.deepEqual(fact(state, "feed"), {
    id: "feed",
    label: "Feed",
    value: "Not ready",
    note: "BTCUSDT: no book for 12 s, 1 of 2 instruments ready",
    tone: "warn",
  });
});

test("of several sources, the one of the instrument says whether its data is real and current", () => {
  const { state, messages } = page();
  const down = { connected: false, ready: false, reasons: ["lost"] };
  const simulated = source("binance", { synthetic: true, state: "synthetic", ...down });

  messages.apply(health([source("bybit"), simulated], { connected: false, ready: false, synthetic: true }));

  assert.equal(staleness(state, state.now()), "");
  assert.equal(banner(state).kind, "mixed");
  assert.equal(banner(state).text, "Data of binance is not that of a real market. That of BTCUSDT is.");

  state.select(state.instrument({ ...BTC, venue: "binance" }));
  assert.equal(staleness(state, state.now()), "the feed is down");
  assert.equal(banner(state).kind, "synthetic");
  assert.match(banner(state).text, /^Prices, book and trades of binance come from a simulated exchange/);
});

test("what this page was too slow for is said, and missing trades are asked for", () => {
  const { state, messages, asked } = page();

  messages.apply({ type: "lost", channel: "trades", ...BTC, count: 12 });
  messages.apply({ type: "lost", channel: "signals", count: 1 });

  assert.equal(asked.length, 1);
  assert.deepEqual(warnings(state, NOW), [
    "This page was too slow for 13 messages: a candle may lack trades until it closes",
  ]);
  assert.deepEqual(warnings(state, NOW + 60_000), []);
  assert.equal(lastFailure(state), null, "it is none of the program");
});

test("a refused subscription is told with its id", () => {
  const { messages, refused } = page();

  messages.apply({ type: "error", code: "command", id: "trades NOPE", error: "symbol is unknown" });

  assert.deepEqual(refused, ["trades NOPE: symbol is unknown"]);
});

test("what failed before the page was opened is not called none", () => {
  const { state, messages } = page();
  assert.equal(fact(state, "failure").value, "–");
  messages.apply({ type: "restarts", data: { total: 0, restarts: [] } });
  messages.apply({ type: "dead_letters", data: { total: 0, letters: [] } });

  messages.apply(health([source("bybit", { today: { ...TODAY, disconnects: 2, gaps: 1 } })]));

  assert.equal(fact(state, "failure").value, "Earlier today");
  assert.equal(fact(state, "failure").note, "2 disconnects, 1 gap before this page was opened");
  messages.apply({ type: "status", status: "disconnected", reason: "reset by the exchange" });
  assert.equal(fact(state, "failure").note, "reset by the exchange");
});

test("that the exchange is lost with the end of the connector process is no other failure", () => {
  const { state, messages } = page();
  messages.apply({
    type: "restarts",
    data: { total: 1, restarts: [{ ended_at: "2026-11-27T11:59:59Z", reason: "exit status 137" }] },
  });

  messages.apply({ type: "status", status: "disconnected", reason: "the connector has ended" });
  assert.equal(lastFailure(state).text, "Connector: exit status 137");
  state.incident("disconnected", "reset by the exchange", NOW + 10_000);
  assert.equal(lastFailure(state).text, "reset by the exchange");
});

test("a failing sink and a step that fails are failures", () => {
  const { state, messages } = page();
  const letter = { at: "2026-11-27T11:00:00Z", reason: "step-failed", message: "no such host" };

  messages.apply({ type: "dead_letters", data: { total: 1, letters: [letter] } });
  assert.equal(lastFailure(state).text, "A step of a route failed: no such host");
  const sql = { failing_since: "2026-11-27T11:30:00Z", last_failure: "connection refused" };
  messages.apply({ type: "sinks", data: { queues: {}, sinks: { sql, nats: { failing_since: null } } } });
  assert.equal(lastFailure(state).text, "Sink sql: connection refused");
});

test("a signal that the state has already is not listed twice", () => {
  const { state, messages } = page();
  const signal = { strategy: "a", ...BTC, signal_type: "buy" };

  messages.apply({ type: "signals", data: { signals: [{ ...signal, timestamp: "2026-11-27T12:00:00Z" }] } });
  messages.apply({ type: "signal", ...signal, timestamp: NOW });
  messages.apply({ type: "signal", ...signal, timestamp: NOW + 1 });

  assert.equal(state.signals.length, 2);
});
