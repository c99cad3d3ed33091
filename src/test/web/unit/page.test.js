import assert from "node:assert/strict";
import { test } from "node:test";
import { readLink, writeLink } from "../../../main/web/link.js";
import { Ring } from "../../../main/web/model/ring.js";
import { Lag } from "../../../main/web/model/lag.js";

test("a link names instrument and timeframe, and anything else is ignored", () => {
  assert.deepEqual(readLink("#bybit:linear:BTCUSDT/5m"), { symbol: "bybit:linear:BTCUSDT", timeframe: "5m" });
  assert.deepEqual(readLink("#ETHUSDT"), { symbol: "ETHUSDT", timeframe: "" });
  assert.deepEqual(readLink("#chart-panel"), { symbol: "", timeframe: "" });
  assert.deepEqual(readLink("#<img>/5m"), { symbol: "", timeframe: "" });
  assert.deepEqual(readLink("#%"), { symbol: "", timeframe: "" });
  assert.deepEqual(readLink("#BTCUSDT/x"), { symbol: "BTCUSDT", timeframe: "" });
  assert.deepEqual(readLink(writeLink("binance:spot:BTCUSDT", "1h")), {
    symbol: "binance:spot:BTCUSDT",
    timeframe: "1h",
  });
});

test("a ring keeps the newest values in order", () => {
  const ring = new Ring(3);

  [1, 2, 3, 4, 5].forEach((value) => ring.add(value));

  assert.deepEqual(ring.all(), [3, 4, 5]);
  assert.equal(ring.last(), 5);
  assert.equal(ring.last(2), 3);
});

test("percentiles of the lag", () => {
  const lag = new Lag();
  assert.equal(lag.percentile(0.5), null);

  for (let i = 1; i <= 100; i++) {
    lag.add(i);
  }

  assert.equal(lag.percentile(0.5), 50);
  assert.equal(lag.percentile(0.99), 99);
});
