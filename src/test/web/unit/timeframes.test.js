import assert from "node:assert/strict";
import { test } from "node:test";
import { Aggregated, spaced } from "../../../main/web/model/aggregated.js";
import { Candles } from "../../../main/web/model/candles.js";
import { State } from "../../../main/web/model/state.js";
import { TIMEFRAMES, isTimeframe, lengthOf, ofSeconds, timeframes } from "../../../main/web/model/timeframes.js";

const MINUTE = 60_000;
const BTC = { symbol: "BTCUSDT", category: "linear", venue: "bybit" };

function candle(start, open, high, low, close, more = {}) {
  return { start, open, high, low, close, volume: "2", quote_volume: "10", delta: "1", ...more };
}

/** Candles of minutes with the closing prices 1, 2, 3 and so on. */
function minutes(from, count) {
  const base = new Candles("1m");
  for (let i = 0; i < count; i++) {
    base.add(candle((from + i) * MINUTE, `${i}`, `${i + 1}`, `${i}`, `${i + 1}`));
  }
  return base;
}

function starts(aggregated) {
  aggregated.update();
  return aggregated.bars.map((bar) => bar.start / MINUTE);
}

test("lengths of timeframes", () => {
  assert.equal(lengthOf("1s"), 1_000);
  assert.equal(lengthOf("15m"), 15 * MINUTE);
  assert.equal(lengthOf("1h"), 60 * MINUTE);
  assert.deepEqual(TIMEFRAMES.filter(ofSeconds), ["1s", "5s", "15s"]);
});

test("a timeframe is a part of a day in whole seconds or minutes", () => {
  assert.ok(TIMEFRAMES.every(isTimeframe));
  assert.deepEqual(["0m", "7m", "90s", "2d", "", "x"].filter(isTimeframe), []);
});

test("nine timeframes and those of the strategies can be chosen", () => {
  assert.equal(timeframes({ strategies: null }).join(" "), "1s 5s 15s 1m 3m 5m 15m 30m 1h");
  assert.equal(
    timeframes({ strategies: { timeframes: ["60s", "2m", "4h", "7m"] } }).join(" "),
    "1s 5s 15s 1m 2m 3m 5m 15m 30m 1h 4h",
  );
});

test("longer candles have open, high, low, close and the sums of the shorter ones", () => {
  const base = new Candles("1m");
  base.add(candle(5 * MINUTE, "10", "14", "9", "12"));
  base.add(candle(7 * MINUTE, "12", "13", "3", "4", { volume: "1", quote_volume: "5", delta: "-4" }));
  base.add(candle(10 * MINUTE, "4", "5", "4", "5"));
  const five = new Aggregated(base, "5m");

  five.update();

  assert.deepEqual(five.bars, [
    { start: 5 * MINUTE, open: 10, high: 14, low: 3, close: 4, volume: 3, quote: 15, delta: -3 },
    { start: 10 * MINUTE, open: 4, high: 5, low: 4, close: 5, volume: 2, quote: 10, delta: 1 },
  ]);
});

test("the open candle grows with each trade, and only it is made again", () => {
  const base = minutes(0, 8);
  const five = new Aggregated(base, "5m");
  five.update();
  const { revision } = five;
  const [closed] = five.bars;

  base.trade(8 * MINUTE, 99, 1, true);
  five.update();
  base.trade(9 * MINUTE, 50, 1, false);
  five.update();

  assert.equal(five.revision, revision);
  assert.equal(five.bars[0], closed);
  assert.deepEqual([five.bars[1].high, five.bars[1].close, five.bars[1].volume], [99, 50, 8]);
});

test("a change of an older candle is taken", () => {
  const base = minutes(0, 8);
  const five = new Aggregated(base, "5m");
  five.update();
  const { revision } = five;

  base.late(MINUTE, 77, 1, true);
  five.update();

  assert.equal(five.bars[0].high, 77);
  assert.ok(five.revision > revision);
});

test("a candle of which the past day has only a part is left out, one of the first trades is not", () => {
  assert.deepEqual(starts(new Aggregated(minutes(7, 20), "15m")), [0, 15]);
  assert.deepEqual(starts(new Aggregated(minutes(7, 1_440), "1h")).slice(0, 2), [60, 120]);
});

test("a gap stays a gap", () => {
  const bars = [{ start: 60_000 }, { start: 240_000 }, { start: 300_000 }];

  assert.deepEqual(
    spaced(bars, MINUTE, 100).map((one) => [one.start / MINUTE, bars.includes(one)]),
    [
      [1, true],
      [2, false],
      [3, false],
      [4, true],
      [5, true],
    ],
  );
  assert.deepEqual(
    spaced(bars, MINUTE, 3).map((one) => one.start / MINUTE),
    [3, 4, 5],
  );
  assert.deepEqual(spaced([], MINUTE, 3), []);
});

test("candles of the stream and trades are shown in any timeframe", () => {
  const state = new State();
  state.select(state.instrument(BTC));
  state.addCandles("1m", [candle(0, "1", "2", "1", "2"), candle(MINUTE, "2", "2", "1", "1")]);
  state.addCandles("1s", [candle(MINUTE, "2", "2", "1", "1")]);
  state.addCandles("5m", [candle(0, "1", "99", "1", "2")]);
  const trade = { ...BTC, price: "3", qty: "1", side: "buy" };
  state.addTrade({ ...trade, id: "1", timestamp: MINUTE + 6_000 });
  state.addTrade({ ...trade, id: "2", timestamp: 5_000, price: "0.5", late: true });

  state.setTimeframe("3m");
  state.candles.update();
  assert.deepEqual(
    state.candles.bars.map(({ open, high, low, close, volume }) => [open, high, low, close, volume]),
    [[1, 3, 0.5, 3, 6]],
  );
  state.setTimeframe("5s");
  state.candles.update();
  assert.deepEqual(
    state.candles.bars.map(({ start, close }) => [start, close]),
    [
      [MINUTE, 1],
      [MINUTE + 5_000, 3],
    ],
  );
});
