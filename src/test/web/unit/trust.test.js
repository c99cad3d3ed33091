import assert from "node:assert/strict";
import { test } from "node:test";
import { Messages } from "../../../main/web/messages.js";
import { banner, facts, lastFailure, staleness } from "../../../main/web/model/trust.js";
import { holdings, isPaused, pausedBy } from "../../../main/web/model/account.js";
import { State } from "../../../main/web/model/state.js";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const READY = {
  type: "status",
  status: "feed",
  state: "live",
  connected: true,
  fresh: true,
  ready: true,
  reasons: [],
  synthetic: false,
};

function page(now = () => NOW) {
  const state = new State(now);
  state.connection = { phase: "open", attempt: 0, retryAt: 0, reason: "" };
  const resyncs = [];
  const messages = new Messages(state, () => resyncs.push(1));
  messages.apply(READY);
  messages.apply({ type: "price", symbol: "BTCUSDT", category: "linear", price: "1" });
  state.select([...state.instruments.values()][0]);
  return { state, messages, resyncs };
}

function depth(more) {
  return {
    type: "depth",
    symbol: "BTCUSDT",
    category: "linear",
    timestamp: NOW - 12,
    received_at: NOW,
    bids: [["1.0", "1"]],
    asks: [["1.1", "1"]],
    ...more,
  };
}

function fact(state, id, now = NOW) {
  return facts(state, now).find((one) => one.id === id);
}

function source(more) {
  return {
    type: "health",
    data: {
      synthetic: false,
      replay: false,
      instruments: [],
      alarms: [],
      sources: [
        {
          venue: "bybit",
          state: "live",
          blocked: null,
          retry: null,
          lag: null,
          clock: null,
          process: { alive: true, pid: 7 },
          today: { gaps: 0, repaired_trades: 0, restarts: 0 },
          ...more,
        },
      ],
    },
  };
}

test("a book that is in order is called right", () => {
  const { state, messages } = page();

  messages.apply(depth({ snapshot: true, last_update_id: 1 }));

  assert.equal(fact(state, "book")?.value, "Right");
  assert.equal(staleness(state, NOW), "");
});

test("a missing update, a stale status and a crossed book forbid its use", () => {
  const { state, messages, resyncs } = page();

  messages.apply(depth({ snapshot: true, last_update_id: 1 }));
  messages.apply(depth({ snapshot: false, prev_update_id: 5, last_update_id: 6 }));
  assert.equal(fact(state, "book")?.value, "Do not use");
  assert.equal(resyncs.length, 1);

  messages.apply(depth({ snapshot: true, last_update_id: 9 }));
  messages.apply({ type: "status", status: "stale", symbol: "BTCUSDT", category: "linear", reason: "resync" });
  assert.deepEqual(fact(state, "book"), {
    id: "book",
    label: "Book BTCUSDT",
    value: "Do not use",
    note: "resync",
    tone: "bad",
  });

  messages.apply(depth({ snapshot: true, last_update_id: 10, bids: [["2.0", "1"]] }));
  assert.equal(fact(state, "book")?.value, "Do not use");
});

test("old data is not current, and says how old it is", () => {
  const { state, messages } = page();
  messages.apply(depth({ snapshot: true, last_update_id: 1 }));

  assert.equal(fact(state, "book", NOW + 8_000)?.value, "Not current");
  assert.equal(fact(state, "age", NOW + 8_000)?.value, "8.0 s ago");
  assert.equal(staleness(state, NOW + 8_000), "no new data");
});

test("without a connection nothing is called ready", () => {
  const { state } = page();

  state.connection = { phase: "lost", attempt: 3, retryAt: 0, reason: "" };

  assert.equal(fact(state, "feed")?.value, "No connection");
  assert.equal(staleness(state, NOW), "no connection to the program");
});

test("a feed that is not ready says why", () => {
  const { state, messages } = page();

  messages.apply({ ...READY, ready: false, fresh: false, reasons: ["no market data for 9 s"] });

  assert.deepEqual(fact(state, "feed"), {
    id: "feed",
    label: "Feed",
    value: "No fresh data",
    note: "no market data for 9 s",
    tone: "bad",
  });
});

test("a retry shows which attempt it is and when it comes", () => {
  const { state, messages } = page();

  messages.apply(
    source({
      process: { alive: false, pid: null },
      state: "retrying",
      retry: { attempt: 2, of: 5, round: 0, next_at: "2026-11-27T12:00:04Z" },
    }),
  );

  assert.equal(fact(state, "connector")?.value, "Retry in 4.0 s");
  assert.equal(fact(state, "connector")?.note, "attempt 2 of 5");
});

test("gaps and repairs of today are counted by the feed", () => {
  const { state, messages } = page();

  messages.apply(source({ today: { gaps: 1, repaired_trades: 1_240, restarts: 1 } }));

  assert.equal(fact(state, "gaps")?.value, "1");
  assert.equal(fact(state, "gaps")?.note, "1,240 missed trades fetched");
  assert.equal(fact(state, "connector")?.note, "pid 7, 1 restart today");
});

test("what is not real has a banner", () => {
  const { state, messages } = page();
  assert.equal(banner(state), null);

  messages.apply({ ...READY, state: "synthetic", synthetic: true });
  assert.equal(banner(state)?.kind, "synthetic");

  messages.apply({ ...READY, state: "replay", synthetic: true });
  assert.equal(banner(state)?.kind, "replay");
});

test("the last failure is the newest of all kinds", () => {
  const { state, messages } = page();
  assert.equal(lastFailure(state), null);

  messages.apply({
    type: "restarts",
    data: { total: 1, restarts: [{ ended_at: "2026-11-27T11:00:00Z", reason: "exit status 137" }] },
  });
  assert.equal(lastFailure(state)?.text, "Connector: exit status 137");

  messages.apply({
    type: "dead_letters",
    data: { total: 1, letters: [{ at: "2026-11-27T11:30:00Z", reason: "bad-json" }] },
  });
  assert.equal(lastFailure(state)?.text, "Unusable line: bad-json");

  messages.apply({ type: "status", status: "gap", symbol: "BTCUSDT", channel: "trades", reason: "too old" });
  assert.equal(lastFailure(state)?.text, "BTCUSDT: trades is missing: too old");
});

test("the account says in a sentence what it holds", () => {
  const { state, messages } = page();
  messages.apply({ type: "positions", data: { positions: [{ symbol: "BTCUSDT", qty: "0.00" }] } });
  assert.equal(holdings(state), "Holds nothing; no open order.");

  messages.apply({ type: "positions", data: { positions: [{ symbol: "BTCUSDT", qty: "-0.10" }] } });
  messages.apply({ type: "orders", data: { orders: [{ status: "open" }, { status: "filled" }] } });
  assert.equal(holdings(state), "Holds 0.10 BTCUSDT short; 1 open order.");
  messages.apply({ type: "strategies", data: { state: "waiting", reasons: ["the feed is down"] } });
  assert.equal(pausedBy(state), "Strategies waiting: the feed is down");
  assert.equal(isPaused(state), false);
  messages.apply({ type: "strategies", data: { state: "paused", reasons: [] } });
  assert.equal(isPaused(state), true);
});

test("messages of other instruments and of unknown types change nothing that is shown", () => {
  const { state, messages } = page();

  messages.apply({
    type: "trade",
    symbol: "ETHUSDT",
    category: "linear",
    timestamp: NOW,
    price: "5",
    qty: "1",
    side: "buy",
  });
  messages.apply({ type: "new", data: {} });

  assert.equal(state.trades.length, 0);
  assert.equal(state.instruments.get("linear:ETHUSDT")?.price, "5");
});

test("an instrument is one, even if a message leaves out its venue", () => {
  const { state } = page();
  const first = state.selected;

  assert.equal(state.instrument({ symbol: "BTCUSDT", category: "linear", venue: "bybit" }), first);
  assert.equal(first?.key, "bybit:linear:BTCUSDT");
  assert.equal(state.instrument({ symbol: "BTCUSDT" }), first);
  assert.notEqual(state.instrument({ symbol: "BTCUSDT", category: "spot", venue: "bybit" }), first);
  assert.deepEqual([...state.instruments.keys()].sort(), ["bybit:linear:BTCUSDT", "bybit:spot:BTCUSDT"]);
});

test("the tape is limited", () => {
  const { state, messages } = page();

  for (let i = 0; i < 2_000; i++) {
    messages.apply({
      type: "trade",
      symbol: "BTCUSDT",
      category: "linear",
      timestamp: NOW + i,
      price: "5",
      qty: "1",
      side: "buy",
    });
  }

  assert.equal(state.trades.length, 500);
  assert.equal(state.trades.last().time, NOW + 1_999);
});
