// @ts-check
import { clock, grouped } from "../exact.js";
import { element } from "../html.js";
/** @typedef {import("../model/state.js").State} State */

const ROWS = 60;

/**
 * The last trades, newest first. The rows are made once; only texts that differ are written.
 * @param {State} state
 * @returns {import("../frames.js").View & {atLeast: (qty: number) => void}}
 */
export function tapeView(state) {
  const body = element("tape-rows");
  const rows = Array.from({ length: ROWS }, () => row(body));
  let least = 0;
  return {
    parts: ["trades", "view"],
    interval: 0,
    atLeast(qty) {
      least = qty;
      state.touch("trades");
    },
    draw() {
      let shown = 0;
      for (let back = 0; back < state.trades.length && shown < ROWS; back++) {
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
      rows.forEach((cells, i) => (cells.row.hidden = i >= shown));
      element("tape-empty").hidden = shown > 0;
    },
  };
}

/** @param {HTMLElement} body */
function row(body) {
  const tr = document.createElement("tr");
  const cells = { row: tr, time: cell(tr), price: cell(tr), qty: cell(tr), mark: cell(tr) };
  tr.hidden = true;
  body.append(tr);
  return cells;
}

/** @param {HTMLTableRowElement} tr */
function cell(tr) {
  const td = tr.insertCell();
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
