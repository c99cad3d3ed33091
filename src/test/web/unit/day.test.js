import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Messages } from "../../../main/web/messages.js";
import { Candles } from "../../../main/web/model/candles.js";
import { changeOf, dayLines, lacks } from "../../../main/web/model/day.js";
import { State } from "../../../main/web/model/state.js";
import { DayCoverage } from "../../../main/web/past.js";

const MINUTE = 60_000;
const DAY = Date.parse("2026-11-27T00:00:00Z");
const BTC = { symbol: "BTCUSDT", category: "linear", venue: "bybit" };
const { fetch } = globalThis;

afterEach(() => {
  globalThis.fetch = fetch;
});

function candle(minute, volume, quote, delta) {
  const start = DAY + minute * MINUTE;
  return { start, open: "1", high: "9", low: "1", close: "5", volume, quote_volume: quote, delta };
}

function bars(timeframe, ...candles) {
  const all = new Candles(timeframe);
  candles.forEach((one) => all.add(one));
  return all.bars;
}

function page() {
  const state = new State();
  state.connection = { phase: "open", attempt: 0, retryAt: 0, reason: "" };
  state.select(state.instrument(BTC));
  return state;
}

/** Answers each request for candles with what is missing by then. */
function server(answers) {
  const requests = [];
  globalThis.fetch = async (path) => {
    requests.push(new URL(path, "http://here").searchParams);
    const { missing = [], candles = [], status = "done" } = answers[Math.min(requests.length, answers.length) - 1];
    return new Response(JSON.stringify({ missing, candles, backfill: { status, reason: null } }));
  };
  return requests;
}

test("VWAP and cumulative delta are those of the day, from midnight on", () => {
  const minutes = bars("1m", candle(-1, "9", "9", "9"), candle(0, "2", "10", "1"), candle(3, "1", "8", "-4"));

  const { points, ...rest } = dayLines(minutes, MINUTE, minutes, DAY);

  assert.deepEqual(points, [
    { start: DAY, vwap: 5, cvd: 1 },
    { start: DAY + 3 * MINUTE, vwap: 6, cvd: -3 },
  ]);
  assert.deepEqual(rest, { vwapFrom: DAY, vwapWhole: true, cvdFrom: DAY, cvdWhole: true, unknown: 0 });
});

test("longer candles end with their last minute", () => {
  const minutes = bars("1m", candle(0, "2", "10", "1"), candle(3, "1", "8", "-4"), candle(6, "1", "2", "1"));

  const { points } = dayLines([{ start: DAY }, { start: DAY + 5 * MINUTE }], 5 * MINUTE, minutes, DAY);

  assert.deepEqual(points, [
    { start: DAY, vwap: 6, cvd: -3 },
    { start: DAY + 5 * MINUTE, vwap: 5, cvd: -2 },
  ]);
});

test("candles of seconds stand on the minutes before them, however far they reach back", () => {
  const minutes = bars("1m", candle(0, "2", "10", "1"), candle(1, "3", "17", "2"));
  const second = (at, volume, quote, delta) => ({ ...candle(1, volume, quote, delta), start: DAY + MINUTE + at });
  const seconds = bars("1s", second(30_000, "1", "5", "1"), second(40_000, "1", "7", "-1"));

  const { points } = dayLines(seconds, 1_000, minutes, DAY);

  assert.deepEqual(points, [
    { start: DAY + 90_000, vwap: 20 / 4, cvd: 4 },
    { start: DAY + 100_000, vwap: 27 / 5, cvd: 3 },
  ]);
});

test("the cumulative delta counts from the first minute of which takers are known, VWAP from midnight", () => {
  const minutes = bars(
    "1m",
    candle(0, "2", "10", null),
    candle(1, "2", "12", "1"),
    candle(2, "2", "14", null),
    candle(3, "2", "12", "2"),
  );

  const lines = dayLines(minutes, MINUTE, minutes, DAY);

  assert.deepEqual(
    lines.points.map((one) => one.vwap),
    [5, 5.5, 6, 6],
  );
  assert.deepEqual(
    lines.points.map((one) => one.cvd),
    [NaN, 1, NaN, 3],
  );
  const known = { dayStart: DAY, missing: [], reason: "" };
  assert.deepEqual(lacks(lines, known, DAY), { vwap: "", cvd: "from 00:01 UTC, 1 min without takers", reason: "" });
});

test("VWAP counts from the last minute on of which the value traded is not known", () => {
  const minutes = bars("1m", candle(0, "2", "10", "1"), candle(1, "2", null, "1"), candle(2, "2", "8", "1"));

  const lines = dayLines(minutes, MINUTE, minutes, DAY);

  assert.deepEqual(
    lines.points.map((one) => one.vwap),
    [5, NaN, 4],
  );
  assert.equal(lacks(lines, { dayStart: DAY, missing: [], reason: "" }, DAY).vwap, "from 00:02 UTC");
});

test("a day whose beginning is missing is not said to be whole", () => {
  const minutes = bars("1m", candle(60, "2", "10", "1"));
  const lines = dayLines(minutes, MINUTE, minutes, DAY);
  const period = (from, to) => ({ from: DAY + from * MINUTE, to: DAY + to * MINUTE });

  const note = (missing) => lacks(lines, { dayStart: DAY, missing, reason: "no history" }, DAY);

  assert.deepEqual(note([period(0, 60)]), { vwap: "from 01:00 UTC", cvd: "from 01:00 UTC", reason: "no history" });
  assert.equal(note([period(0, 60), period(70, 73)]).vwap, "from 01:00 UTC, 3 min missing");
  assert.equal(note([]).vwap, "");
  assert.equal(lacks(lines, null, DAY).vwap, "from 01:00 UTC");
  const midnight = bars("1m", candle(0, "2", "10", "1"));
  assert.equal(lacks(dayLines(midnight, MINUTE, midnight, DAY), null, DAY).vwap, "");
  assert.equal(lacks(dayLines([], MINUTE, [], DAY), null, DAY).cvd, "not known");
});

test("the change of the price is that of the day, or since its first known minute", () => {
  const state = page();
  state.addCandles("1m", [{ ...candle(60, "1", "100", "1"), open: "100" }]);
  state.selected.price = "101";
  assert.deepEqual(changeOf(state), { text: "+1.00 % since 01:00 UTC", sign: 1 });

  state.coverage = { dayStart: DAY, missing: [], reason: "" };
  state.selected.price = "99.999";
  assert.deepEqual(changeOf(state), { text: "0.00 % today", sign: 0 });
  state.selected.price = "98";
  assert.deepEqual(changeOf(state), { text: "−2.00 % today", sign: -1 });
});

test("it is asked which minutes are missing until none is, and candles that came later are taken", async () => {
  const hour = { from: new Date(DAY).toISOString(), to: new Date(DAY + 60 * MINUTE).toISOString() };
  const came = { ...candle(30, "7", "7", null), start: new Date(DAY + 30 * MINUTE).toISOString() };
  const requests = server([{ missing: [hour], status: "running" }, {}, { candles: [came] }]);
  const state = page();
  const coverage = new DayCoverage(state);
  assert.equal(coverage.check(0), null, "there is no minute yet");
  state.addCandles("1m", [candle(60, "1", "1", "1")]);

  await coverage.check(10_000);
  assert.deepEqual(state.coverage.missing, [{ from: DAY, to: DAY + 60 * MINUTE }]);
  assert.match(state.coverage.reason, /being fetched/);
  assert.equal(coverage.check(40_000), null);
  await coverage.check(80_000);
  assert.deepEqual(state.coverage.missing, []);
  assert.deepEqual(
    state.minutes.bars.map((bar) => bar.volume),
    [7, 1],
  );
  assert.equal(coverage.check(200_000), null);

  assert.deepEqual(
    requests.map((one) => one.get("limit")),
    ["1", "1", "1440"],
  );
  assert.equal(requests[0].get("from"), new Date(DAY).toISOString());
});

test("a gap, repaired trades and new candles are a reason to ask again", async () => {
  server([{}]);
  const state = page();
  const messages = new Messages(state, () => {});
  const coverage = new DayCoverage(state);
  state.addCandles("1m", [candle(60, "1", "1", "1")]);
  const again = [
    { type: "status", status: "gap", channel: "trades", ...BTC },
    { type: "status", status: "repaired", channel: "trades", count: 3, ...BTC },
    { type: "candles", ...BTC, data: { timeframe: "1m", candles: [] } },
  ];

  for (const [i, message] of again.entries()) {
    await coverage.check(i * 10_000);
    assert.equal(coverage.check(i * 10_000 + 5_000), null);
    messages.apply(message);
    assert.ok(state.coverage, "what was known is shown until the answer has come");
    assert.ok(coverage.check(i * 10_000 + 5_000), message.type);
  }
});

test("minutes are asked for if the strategies, and so the stream, have none", async () => {
  const requests = server([{ candles: [candle(0, "3", "3", "1")] }]);
  const state = page();
  state.strategies = { timeframes: ["5m"] };
  state.addCandles("1m", [candle(60, "1", "1", "1")]);

  await new DayCoverage(state).check(0);

  assert.equal(requests[0].get("limit"), "1440");
  assert.equal(state.minutes.bars.length, 2);
});
