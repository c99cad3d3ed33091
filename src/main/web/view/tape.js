// @ts-check
import { clock, grouped } from "../exact.js";
import { element, setText } from "../html.js";
/** @typedef {import("../model/state.js").State} State */

const ROWS = 60;
/** How often rows are written that cannot be seen without scrolling, in milliseconds. */
const UNSEEN = 1_000;

/**
 * The last trades, newest first. The rows are made once; only texts that differ are written, and of rows below the edge
 * only from time to time.
 * @param {State} state
 * @returns {import("../frames.js").View & {atLeast: (qty: number) => void}}
 */
export function tapeView(state) {
  const body = /** @type {HTMLTableSectionElement} */ (element("tape-rows"));
  const rows = Array.from({ length: ROWS }, () => row(body));
  let least = 0;
  let height = { place: 0, row: 0 };
  let scrolled = false;
  let allAt = -Infinity;
  const place = /** @type {HTMLElement} */ (body.closest(".scroll"));
  new ResizeObserver(([entry]) => {
    height = { place: entry.contentRect.height, row: 0 };
  }).observe(place);
  /** The number of rows that can be seen. Their height is asked for once: the page must be laid out for it. */
  const seen = () => {
    height.row ||= body.rows[0].offsetHeight;
    return height.row > 0 ? Math.ceil(height.place / height.row) : ROWS;
  };
  place.addEventListener("scroll", () => {
    scrolled = place.scrollTop > 0;
    state.touch("trades");
  });
  return {
    parts: ["trades", "view"],
    interval: 100,
    atLeast(qty) {
      least = qty;
      allAt = -Infinity;
      state.touch("trades");
    },
    draw(now) {
      const all = scrolled || now - allAt >= UNSEEN;
      const most = all ? ROWS : Math.min(ROWS, seen());
      allAt = all ? now : allAt;
      let shown = 0;
      for (let back = 0; back < state.trades.length && shown < most; back++) {
        const trade = state.trades.last(back);
        if (Number(trade.qty) < least) {
          continue;
        }
        const cells = rows[shown++];
        write(cells.time, clock(trade.time));
        write(cells.price, grouped(trade.price));
        write(cells.qty, grouped(trade.qty));
        const marks = `${trade.late ? "late " : ""}${trade.block ? "block" : ""}`.trim();
        write(cells.mark, marks);
        const kind = `${trade.side} ${marks}`;
        if (cells.row.className !== kind) {
          cells.row.className = kind;
        }
      }
      if (all || shown < most) {
        rows.forEach((cells, i) => (cells.row.hidden = i >= shown));
      }
      const empty = element("tape-empty");
      empty.hidden = shown > 0;
      setText(empty, least > 0 ? "No trade of this size yet." : "No trade yet.");
    },
  };
}

/** @param {HTMLElement} body */
function row(body) {
  const tr = document.createElement("tr");
  tr.setAttribute("role", "row");
  const cells = { row: tr, time: cell(tr), price: cell(tr), qty: cell(tr), mark: cell(tr) };
  tr.hidden = true;
  body.append(tr);
  return cells;
}

/** @param {HTMLTableRowElement} tr */
function cell(tr) {
  const td = tr.insertCell();
  td.setAttribute("role", "cell");
  const text = document.createTextNode("");
  td.append(text);
  return text;
}

/**
 * @param {Text} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.data !== text) {
    node.data = text;
  }
}
