import assert from "node:assert/strict";
import { test } from "node:test";
import { Candles, dayLines, lengthOf } from "../../../main/web/model/candles.js";

const MINUTE = 60_000;

function candle(start, close, more = {}) {
  return { start, open: "1", high: "9", low: "1", close, volume: "2", quote_volume: "10", delta: "1", ...more };
}

test("lengths of timeframes", () => {
  assert.equal(lengthOf("1s"), 1_000);
  assert.equal(lengthOf("15m"), 15 * MINUTE);
  assert.equal(lengthOf("1h"), 60 * MINUTE);
});

test("a trade grows the newest candle or begins the next", () => {
  const candles = new Candles("1m");

  candles.trade(MINUTE + 5, 10, 2, true);
  candles.trade(MINUTE + 6, 12, 1, false);
  candles.trade(2 * MINUTE, 11, 1, true);

  assert.deepEqual(candles.bars, [
    { start: MINUTE, open: 10, high: 12, low: 10, close: 12, volume: 3, quote: 32, delta: 1 },
    { start: 2 * MINUTE, open: 11, high: 11, low: 11, close: 11, volume: 1, quote: 11, delta: 1 },
  ]);
});

test("a trade of an earlier candle changes nothing", () => {
  const candles = new Candles("1m");
  candles.trade(2 * MINUTE, 11, 1, true);

  candles.trade(MINUTE, 99, 1, true);

  assert.equal(candles.bars.length, 1);
});

test("candles of the feed replace computed ones, in any order", () => {
  const candles = new Candles("1m");
  candles.trade(3 * MINUTE, 5, 1, true);

  candles.add(candle(MINUTE, "3"));
  candles.add(candle(2 * MINUTE, "4"));
  candles.add(candle("1970-01-01T00:03:00Z", "6"));

  assert.deepEqual(
    candles.bars.map((bar) => bar.close),
    [3, 4, 6],
  );
  assert.ok(candles.revision >= 3);
});

test("at most 2,000 candles are kept", () => {
  const candles = new Candles("1s");

  for (let i = 0; i < 2_500; i++) {
    candles.trade(i * 1_000, 1, 1, true);
  }

  assert.equal(candles.bars.length, 2_000);
  assert.equal(candles.bars.at(-1)?.start, 2_499_000);
});

test("VWAP and cumulative delta are computed backwards from the totals of the day", () => {
  const candles = new Candles("1m");
  candles.add(candle(0, "1"));
  candles.add(candle(MINUTE, "5", { volume: "2", quote_volume: "10", delta: "1" }));
  candles.add(candle(2 * MINUTE, "7", { volume: "1", quote_volume: "7", delta: "-1" }));

  const lines = dayLines(candles.bars, { dayStart: MINUTE, volume: 10, quote: 57, cvd: 3 });

  assert.deepEqual(lines, [
    { start: MINUTE, vwap: 50 / 9, cvd: 4 },
    { start: 2 * MINUTE, vwap: 5.7, cvd: 3 },
  ]);
});
