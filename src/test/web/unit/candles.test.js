import assert from "node:assert/strict";
import { test } from "node:test";
import { Candles, MOST } from "../../../main/web/model/candles.js";

const MINUTE = 60_000;

function candle(start, close, more = {}) {
  return { start, open: "1", high: "9", low: "1", close, volume: "2", quote_volume: "10", delta: "1", ...more };
}

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

test("candles after the time to which a replay has gone back are given up", () => {
  const candles = new Candles("1m");
  [1, 2, 3, 9].forEach((minute) => candles.trade(minute * MINUTE, minute, 1, true));

  candles.trade(2 * MINUTE, 7, 1, true);

  assert.deepEqual(
    candles.bars.map((bar) => [bar.start / MINUTE, bar.close]),
    [
      [1, 1],
      [2, 7],
    ],
  );
  assert.equal(candles.revision, 1);
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
  assert.equal(candles.revision, 2, "the newest is drawn again in any case");
});

test("the exact figures of a candle that was computed from trades change nothing that is drawn", () => {
  const candles = new Candles("1m");
  candles.trade(MINUTE, 5, 0.1, true);
  candles.trade(MINUTE + 1, 5, 0.2, true);
  candles.trade(2 * MINUTE, 6, 1, true);

  const own = { open: "5", high: "5", low: "5", volume: "0.3", quote_volume: "1.5", delta: "0.3" };
  candles.add(candle(MINUTE, "5", own));
  assert.equal(candles.bars[0].volume, 0.3);
  assert.equal(candles.revision, 0);

  candles.add(candle(MINUTE, "5", { ...own, low: "4" }));
  assert.equal(candles.revision, 1);
});

test("a late trade counts in its own candle, and makes one where there was none", () => {
  const candles = new Candles("1m");
  candles.trade(MINUTE, 5, 1, true);
  candles.trade(3 * MINUTE, 6, 1, true);

  candles.late(MINUTE + 5, 9, 2, false);
  candles.late(2 * MINUTE, 4, 1, true);
  candles.late(0, 1, 1, true);

  assert.deepEqual(candles.bars, [
    { start: MINUTE, open: 5, high: 9, low: 5, close: 5, volume: 3, quote: 23, delta: -1 },
    { start: 2 * MINUTE, open: 4, high: 4, low: 4, close: 4, volume: 1, quote: 4, delta: 1 },
    { start: 3 * MINUTE, open: 6, high: 6, low: 6, close: 6, volume: 1, quote: 6, delta: 1 },
  ]);
  assert.equal(candles.revision, 2);
});

test("what the exchange does not tell is not zero", () => {
  const candles = new Candles("1m");

  candles.add(candle(0, "5", { delta: null, quote_volume: null }));

  assert.ok(Number.isNaN(candles.bars[0].delta));
  assert.ok(Number.isNaN(candles.bars[0].quote));
});

test("the number of candles is limited", () => {
  const candles = new Candles("1s");

  for (let i = 0; i < 2 * MOST; i++) {
    candles.trade(i * 1_000, 1, 1, true);
    assert.ok(candles.bars.length <= MOST * 1.1);
  }

  assert.ok(candles.bars.length >= MOST);
  assert.equal(candles.bars.at(-1)?.start, (2 * MOST - 1) * 1_000);
});
