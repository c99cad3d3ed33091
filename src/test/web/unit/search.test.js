import assert from "node:assert/strict";
import { test } from "node:test";
import { partsOf } from "../../../main/web/link.js";
import { Heat } from "../../../main/web/model/heat.js";
import { matching } from "../../../main/web/view/search.js";
import { Book } from "../../../main/web/model/book.js";

test("an instrument is found by parts of symbol, category and venue, in any order", () => {
  const all = ["bybit:linear:ETHUSDT", "bybit:spot:BTCUSDT", "binance:spot:BTCUSDT"].map((key) => ({
    key,
    ...partsOf(key),
    price: undefined,
  }));

  const found = (text) => matching(all, text).map((one) => one.key);
  assert.deepEqual(found("spot bybit"), ["bybit:spot:BTCUSDT"]);
  assert.deepEqual(found("btc"), ["binance:spot:BTCUSDT", "bybit:spot:BTCUSDT"]);
  assert.deepEqual(found("spot:btcusdt"), ["binance:spot:BTCUSDT", "bybit:spot:BTCUSDT"]);
  assert.deepEqual(found("xrp"), []);
});

test("a name may leave out venue and category", () => {
  assert.deepEqual(partsOf("bybit:linear:BTCUSDT"), { symbol: "BTCUSDT", category: "linear", venue: "bybit" });
  assert.deepEqual(partsOf("linear:BTCUSDT"), { symbol: "BTCUSDT", category: "linear", venue: undefined });
  assert.deepEqual(partsOf("BTCUSDT"), { symbol: "BTCUSDT", category: undefined, venue: undefined });
});

test("the picture of the depth goes on when the clock is set back, and a crossed book is left out of it", () => {
  const heat = new Heat();
  const book = new Book();
  const levels = { snapshot: true, last_update_id: 1, bids: [["1", "1"]], asks: [["2", "1"]], timestamp: 0 };
  book.apply(levels);

  assert.equal(heat.sample(book, 3_600_000), true);
  assert.equal(heat.sample(book, 3_600_100), false);
  assert.equal(heat.sample(book, 1_000), true);
  assert.equal(heat.sample(book, 1_500), true);
  book.apply({ ...levels, bids: [["3", "1"]] });
  assert.equal(heat.sample(book, 3_500), true);

  const columns = heat.columns.all().map((column) => column?.at ?? null);
  assert.deepEqual(columns, [3_600_000, 1_000, 1_500, null, null, null, null]);
});
