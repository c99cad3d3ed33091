// @ts-check
import { fixed, grouped, places } from "../exact.js";
import { element, setText } from "../html.js";
import { imbalance } from "../model/book.js";
import { write } from "./tape.js";
/** @typedef {import("../model/state.js").State} State */
/** @typedef {import("../model/book.js").Level} Level */

const LEVELS = 12;

/**
 * The order book around its middle: asks above, bids below, own paper orders marked.
 * @param {State} state
 * @returns {import("../frames.js").View}
 */
export function ladderView(state) {
  const asks = rows("ladder-asks", "ask");
  const bids = rows("ladder-bids", "bid");
  const middle = element("ladder-middle");
  const spread = middle.querySelector(".spread");
  const share = middle.querySelector(".imbalance");
  const bar = /** @type {HTMLElement} */ (middle.querySelector(".imbalance-bar i"));
  return {
    parts: ["book", "paper", "view"],
    interval: 100,
    draw() {
      const top = state.book.top(LEVELS);
      const largest = Math.max(0, ...top.bids.map((level) => level.qty), ...top.asks.map((level) => level.qty));
      const own = ownOrders(state);
      fill(asks, top.asks, largest, own);
      fill(bids, top.bids, largest, own);
      const both = top.bids.length > 0 && top.asks.length > 0;
      const digits = both ? places(top.bids[0].priceText) : 0;
      const difference = both ? top.asks[0].price - top.bids[0].price : NaN;
      const weight = imbalance(top.bids, top.asks);
      if (spread && share) {
        setText(spread, both ? `Spread ${fixed(difference, digits)}` : "No book");
        setText(share, weight === null ? "" : `Imbalance ${weight > 0 ? "+" : ""}${fixed(weight * 100, 0)} %`);
      }
      bar.style.transform = `scaleX(${weight === null ? 0.5 : (weight + 1) / 2})`;
      const { fault } = state.book;
      element("ladder").classList.toggle("unusable", fault !== "");
      const reason = element("ladder-reason");
      setText(reason, fault && `Do not use this book: ${fault}`);
      reason.hidden = fault === "";
    },
  };
}

/** @param {State} state @returns {Map<number, string>} price to quantity */
function ownOrders(state) {
  const own = new Map();
  for (const order of state.openOrders()) {
    const price = Number(order.price ?? order.stop_price);
    own.set(price, `${order.side} ${order.qty}`);
  }
  return own;
}

/**
 * @param {string} id
 * @param {string} kind
 */
function rows(id, kind) {
  const body = element(id);
  return Array.from({ length: LEVELS }, () => {
    const row = document.createElement("tr");
    row.className = kind;
    row.setAttribute("role", "row");
    const own = document.createElement("td");
    own.className = "own"; // too narrow for its text, which is for screen readers
    const label = document.createElement("span");
    label.className = "hidden";
    own.append(label);
    const price = document.createElement("td");
    const qty = document.createElement("td");
    const total = document.createElement("td");
    const texts = [label, price, qty, total].map((td) => {
      const text = document.createTextNode("");
      td.append(text);
      return text;
    });
    row.append(own, price, qty, total);
    [...row.cells].forEach((td) => td.setAttribute("role", "cell"));
    body.append(row);
    return { row, own: texts[0], price: texts[1], qty: texts[2], total: texts[3], size: "", mine: false };
  });
}

/**
 * @param {ReturnType<typeof rows>} rows best last for asks, best first for bids
 * @param {Level[]} levels best first
 * @param {number} largest
 * @param {Map<number, string>} own
 */
function fill(rows, levels, largest, own) {
  const asks = rows[0].row.className.startsWith("ask");
  let sum = 0;
  const digits = Math.max(0, ...levels.map((level) => places(level.qtyText)));
  for (let i = 0; i < rows.length; i++) {
    const cells = rows[asks ? rows.length - 1 - i : i];
    const level = levels[i];
    if (!level) {
      [cells.own, cells.price, cells.qty, cells.total].forEach((text) => write(text, ""));
      size(cells, "0%");
      continue;
    }
    sum += level.qty;
    write(cells.price, grouped(level.priceText));
    write(cells.qty, grouped(level.qtyText));
    write(cells.total, fixed(sum, digits));
    const mine = own.get(level.price) ?? "";
    write(cells.own, mine);
    if (cells.mine !== (mine !== "")) {
      cells.mine = mine !== "";
      cells.row.classList.toggle("mine", cells.mine);
    }
    size(cells, `${largest === 0 ? 0 : Math.round((level.qty / largest) * 100)}%`);
  }
}

/** @param {ReturnType<typeof rows>[0]} cells @param {string} share */
function size(cells, share) {
  if (cells.size !== share) {
    cells.size = share;
    cells.row.style.setProperty("--size", share);
  }
}
