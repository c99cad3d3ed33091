import assert from "node:assert/strict";
import { test } from "node:test";
import { Book, imbalance } from "../../../main/web/model/book.js";
import { Heat, COLUMNS } from "../../../main/web/model/heat.js";

const SNAPSHOT = {
  snapshot: true,
  last_update_id: 7,
  levels: 50,
  timestamp: 1_000,
  bids: [
    ["10.10", "2.0"],
    ["10.20", "1.0"],
  ],
  asks: [
    ["10.40", "3.0"],
    ["10.30", "1.0"],
  ],
};

function synced() {
  const book = new Book();
  assert.equal(book.apply(SNAPSHOT), true);
  return book;
}

test("a snapshot is sorted from the best level", () => {
  const { bids, asks } = synced().top(10);

  assert.deepEqual(
    bids.map((level) => level.priceText),
    ["10.20", "10.10"],
  );
  assert.deepEqual(
    asks.map((level) => level.priceText),
    ["10.30", "10.40"],
  );
});

test("a delta changes, adds and deletes levels, whatever the zeros of its prices", () => {
  const book = synced();

  assert.equal(
    book.apply({
      snapshot: false,
      prev_update_id: 7,
      last_update_id: 8,
      bids: [
        ["10.2", "0.000"],
        ["10.15", "4.0"],
      ],
      asks: [["10.30", "9.9"]],
    }),
    true,
  );

  assert.deepEqual(book.top(1).bids[0].priceText, "10.15");
  assert.deepEqual(book.top(1).asks[0].qtyText, "9.9");
  assert.equal(book.synced, true);
});

test("a missing update makes the book stale and asks for a snapshot once", () => {
  const book = synced();

  assert.equal(book.apply({ snapshot: false, prev_update_id: 8, last_update_id: 9, bids: [], asks: [] }), false);
  assert.equal(book.synced, false);
  assert.match(book.reason, /update 8 is missing; the last one is 7/);
  assert.equal(book.apply({ snapshot: false, prev_update_id: 9, last_update_id: 10, bids: [], asks: [] }), true);
  assert.equal(book.apply(SNAPSHOT), true);
  assert.equal(book.synced, true);
});

test("a book of too many levels is not kept", () => {
  const book = synced();
  const bids = Array.from({ length: 20_001 }, (_, i) => [String(i + 1), "1"]);

  assert.equal(book.apply({ snapshot: false, prev_update_id: 7, last_update_id: 8, bids, asks: [] }), false);
  assert.equal(book.synced, false);
});

test("the imbalance is between -1 and 1", () => {
  const { bids, asks } = synced().top(10);

  assert.equal(imbalance(bids, asks), (3 - 4) / 7);
  assert.equal(imbalance([], []), null);
});

test("the heat map samples at its interval, leaves pauses empty and is limited", () => {
  const book = synced();
  const heat = new Heat();

  assert.equal(heat.sample(book, 1_000), true);
  assert.equal(heat.sample(book, 1_100), false);
  book.stale("lost");
  assert.equal(heat.sample(book, 1_500), true);
  assert.equal(heat.columns.last(), null);
  assert.equal(heat.sample(synced(), 3_500), true);
  assert.equal(heat.columns.length, 6);
  for (let i = 0; i < 1_000; i++) {
    heat.sample(book, 10_000 + i * 500);
  }
  assert.equal(heat.columns.length, COLUMNS);
});
