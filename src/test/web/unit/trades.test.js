import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Messages } from "../../../main/web/messages.js";
import { State, TRADES } from "../../../main/web/model/state.js";
import { joined } from "../../../main/web/model/trades.js";
import { loadTrades } from "../../../main/web/past.js";

const BTC = { symbol: "BTCUSDT", category: "linear", venue: "bybit" };
const { fetch } = globalThis;

afterEach(() => {
  globalThis.fetch = fetch;
});

function some(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => ({ id: String(from + i), time: (from + i) * 1_000 }));
}

function ids(trades) {
  return trades.map((trade) => Number(trade.id));
}

function page() {
  const state = new State();
  state.select(state.instrument(BTC));
  return state;
}

function live(state, id, more = {}) {
  state.addTrade({ ...BTC, id: String(id), timestamp: id * 1_000, price: "1.0", qty: "2", side: "buy", ...more });
}

/** Answers the next requests when the test says so. */
function server() {
  const requests = [];
  globalThis.fetch = (path) =>
    new Promise((answer) => {
      requests.push({
        path: decodeURIComponent(path),
        answers: (status, body) => answer(new Response(JSON.stringify(body), { status })),
      });
    });
  return requests;
}

function item(id, more = {}) {
  const ts = new Date(id * 1_000).toISOString();
  return { id: String(id), ts, price: "1.0", qty: "2", side: "sell", late: false, block_trade: false, ...more };
}

test("the last trades come before those of the stream, each once", () => {
  assert.deepEqual(ids(joined(some(8, 12), some(1, 10))), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  assert.deepEqual(ids(joined([], some(1, 3))), [1, 2, 3]);
  assert.deepEqual(ids(joined(some(1, 3), [])), [1, 2, 3]);
});

test("what was missed while the connection was lost is put in its place", () => {
  const here = [...some(1, 5), ...some(11, 13)];

  assert.deepEqual(ids(joined(here, some(3, 12))), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  assert.deepEqual(ids(joined(here, some(8, 12))), [1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13]);
});

test("a late trade keeps the place of its arrival", () => {
  const late = { id: "2", time: 2_000 };

  assert.deepEqual(ids(joined([late, ...some(7, 8)], [...some(4, 6), late, ...some(7, 7)])), [4, 5, 6, 2, 7, 8]);
});

test("the tape is filled, late and block trades are marked", async () => {
  const state = page();
  const requests = server();
  live(state, 9);

  const loaded = loadTrades(state);
  live(state, 11);
  const trades = [item(7, { late: true }), item(8, { block_trade: true }), item(9), item(10)];
  requests[0].answers(200, { trades });
  await loaded;

  assert.equal(requests[0].path, `/trades?symbol=bybit:linear:BTCUSDT&limit=${TRADES}`);
  assert.deepEqual(ids(state.trades.all()), [7, 8, 9, 10, 11]);
  const [late, block, own] = state.trades.all();
  assert.deepEqual([late.late, late.block, block.late, block.block], [true, false, false, true]);
  assert.equal(own.side, "buy", "the trade of the stream is kept");
});

test("trades of an instrument that is no longer selected are left out", async () => {
  const state = page();
  const requests = server();

  const loaded = loadTrades(state);
  state.select(state.instrument({ ...BTC, symbol: "ETHUSDT" }));
  requests[0].answers(200, { trades: [item(1)] });
  await loaded;

  assert.equal(state.trades.length, 0);
});

test("a refusal is told, and the tape goes on", async () => {
  const state = page();
  const requests = server();

  const loaded = loadTrades(state);
  live(state, 1);
  requests[0].answers(503, { error: "no trade of linear:BTCUSDT has come yet" });
  await loaded;

  assert.equal(state.trades.length, 1);
  assert.match(state.incidents.last().text, /no trade of linear:BTCUSDT has come yet/);
});

test("no more trades are kept than there is room for", () => {
  const state = page();

  live(state, 2_000);
  state.addPastTrades(Array.from({ length: TRADES + 10 }, (_, i) => item(i)));

  assert.equal(state.trades.length, TRADES);
  assert.equal(state.trades.last().id, "2000");
});

test("they are asked for when the subscription is answered, at the start and after each connection", () => {
  const state = page();
  let asked = 0;
  const messages = new Messages(state, () => {}, () => asked++);

  messages.apply({ type: "price", ...BTC, price: "1.0", id: "1" });
  messages.apply({ type: "price", ...BTC, symbol: "ETHUSDT", price: "1.0", id: "1" });
  assert.equal(asked, 1);
  messages.apply({ type: "price", ...BTC, price: "1.0", id: "9" });
  assert.equal(asked, 2);
});
