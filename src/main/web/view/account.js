// @ts-check
import { send } from "../api.js";
import { average, clock, fixed, gain, grouped, money, padded, places, signed } from "../exact.js";
import { element, html, render } from "../html.js";
import { holdings, isPaused, openOrder, pausedBy } from "../model/account.js";
import { confirm, toast } from "./dialog.js";
import { equityCurve } from "./equity.js";
import { Tabs, tabId } from "./tabs.js";
/** @typedef {import("../model/state.js").State} State */

/** The fee of a small fill is less than a cent. */
const FEE_DIGITS = 4;

/**
 * The paper account in a sentence and in figures; its positions, orders, fills, strategies and signals; the order form.
 * @param {State} state
 * @param {() => void} request asks for a new frame
 */
export function accountView(state, request) {
  const place = element("account");
  const tools = element("account-tools");
  let tab = "positions";
  let form = false;
  let focus = false; // once the form is drawn
  const draft = { side: "buy", type: "market", qty: "", price: "" };

  const again = () => {
    state.touch("paper");
    request();
  };

  /** @param {string} question @param {string} text @param {string} action @param {() => Promise<string>} work */
  async function ask(question, text, action, work) {
    if (await confirm(question, text, action)) {
      try {
        toast(await work());
      } catch (failure) {
        toast(`Refused: ${failure instanceof Error ? failure.message : failure}`, true);
      }
      again();
    }
  }

  function review() {
    const symbol = state.selected?.symbol ?? "";
    const { side, type, qty, price } = draft;
    const at =
      type === "market" ? "at the market price" : `${type === "stop" ? "when the price reaches" : "at"} ${price}`;
    const body = {
      symbol: state.selected?.key,
      side,
      type,
      qty,
      ...(type === "market" ? {} : type === "stop" ? { stop_price: price } : { price }),
    };
    ask(
      `${side === "buy" ? "Buy" : "Sell"} ${qty} ${symbol} on paper?`,
      `A ${type.replace("_", " ")} order ${at}.`,
      "Place order",
      async () => {
        const order = await send("POST", "/strategy/orders", body);
        form = false;
        return `Order ${order.id} is ${order.status}`;
      },
    );
  }

  /** @param {any} order */
  function cancel(order) {
    ask(
      `Cancel order ${order.id}?`,
      `${order.side} ${order.qty} ${order.symbol} at ${order.price ?? order.stop_price}.`,
      "Cancel order",
      async () => `Order ${(await send("DELETE", `/strategy/orders/${order.id}`)).id} is cancelled`,
    );
  }

  function pause() {
    const paused = isPaused(state);
    ask(
      paused ? "Resume the strategies?" : "Pause the strategies?",
      paused ? "They trade on paper again." : "Their open orders are cancelled; positions are kept.",
      paused ? "Resume" : "Pause",
      async () => {
        await send("POST", paused ? "/strategy/resume" : "/strategy/pause");
        return paused ? "The strategies run" : "The strategies are paused";
      },
    );
  }

  /** @param {string} side */
  function open(side) {
    draft.side = side;
    form = true;
    focus = true;
    again();
  }

  function drawTools() {
    const paused = isPaused(state);
    render(
      html`<button type="button" class="buy" onClick=${() => open("buy")}>Buy</button>
        <button type="button" class="sell" onClick=${() => open("sell")}>Sell</button>
        <button type="button" id="pause" onClick=${pause}>${paused ? "Resume" : "Pause"} strategies</button>`,
      tools,
    );
  }

  function orderForm() {
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      review();
    };
    const set = (/** @type {"type"|"qty"|"price"} */ name) => (/** @type {any} */ event) => {
      draft[name] = event.target.value.trim();
      again();
    };
    const needed = draft.type === "market" ? [draft.qty] : [draft.qty, draft.price];
    const valid = needed.every((text) => Number(text) > 0);
    const wrong = (/** @type {string} */ text) => text !== "" && !(Number(text) > 0);
    const close = () => {
      form = false;
      again();
      /** @type {HTMLElement|null} */ (tools.querySelector(`button.${draft.side}`))?.focus();
    };
    const escape = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close();
    return html`<form class="order" aria-label="New paper order" onSubmit=${submit} onKeyDown=${escape}>
      <div class="segments" role="group" aria-label="Side">
        ${["buy", "sell"].map(
          (side) => html`<button type="button" aria-pressed=${draft.side === side} onClick=${() => open(side)}>
            ${side === "buy" ? "Buy" : "Sell"}</button>`,
        )}
      </div>
      <label>Type<select value=${draft.type} onChange=${set("type")}>
        ${["market", "limit", "post_only", "ioc", "stop"].map(
          (type) => html`<option value=${type}>${type.replace("_", " ")}</option>`,
        )}</select></label>
      <label>Size<input id="order-qty" inputmode="decimal" autocomplete="off" value=${draft.qty}
        aria-invalid=${wrong(draft.qty)} onInput=${set("qty")} /></label>
      ${
        draft.type !== "market" &&
        html`<label>${draft.type === "stop" ? "Stop price" : "Price"}<input id="order-price" inputmode="decimal"
        autocomplete="off" value=${draft.price} aria-invalid=${wrong(draft.price)} onInput=${set("price")} /></label>`
      }
      <button type="submit" class="primary" disabled=${!valid}>Review</button>
      <button type="button" class="quiet" onClick=${close}>Close</button>
      ${needed.some(wrong) && html`<p class="bad-text" role="alert">A size or price is a number such as 0.5.</p>`}
    </form>`;
  }

  function content() {
    switch (tab) {
      case "orders":
        return ordersTable(state, cancel);
      case "fills":
        return fillsTable(state);
      case "strategies":
        return strategiesTable(state);
      case "signals":
        return signalsTable(state);
      case "equity":
        return html`<div class="equity-place">${equityCurve(state.equity)}</div>`;
      default:
        return positionsTable(state);
    }
  }

  return {
    parts: /** @type {import("../model/state.js").Part[]} */ (["paper", "view"]),
    interval: 250,
    open,
    pause,
    draw() {
      drawTools();
      const account = state.positions?.account;
      const stopped = pausedBy(state);
      const result = account ? Number(account.equity) - Number(state.positions.capital) : NaN;
      render(
        html`<p class="summary" id="account-summary">${holdings(state)}
            ${stopped && html` <b class="warn-text">${stopped}</b>`}</p>
          <dl class="figures">
            ${figure("Equity", money(account?.equity), account?.equity)}
            ${figure("Result", gain(result), account && `${account.equity} − ${state.positions.capital}`, tone(result))}
            ${figure("Unrealised", gain(account?.unrealised), account?.unrealised, tone(account?.unrealised))}
            ${figure("Realised", gain(account?.realised), account?.realised, tone(account?.realised))}
            ${figure("Fees", money(account?.fees), account?.fees)}
          </dl>
          ${form && orderForm()}
          <${Tabs} label="Paper account" chosen=${tab} choose=${(/** @type {string} */ id) => {
            tab = id;
            again();
          }}
            tabs=${[
              ["positions", "Positions"],
              ["orders", `Orders ${state.orders.filter(openOrder).length || ""}`],
              ["fills", "Fills"],
              ["equity", "Equity"],
              ["strategies", "Strategies"],
              ["signals", "Signals"],
            ]} />
          <div class="scroll" role="tabpanel" tabindex="0" aria-labelledby=${tabId("Paper account", tab)}
            >${content()}</div>`,
        place,
      );
      if (focus) {
        focus = false;
        element("order-qty").focus();
      }
    },
  };
}

/** @param {string} label @param {string} value @param {any} exact @param {string} [kind] */
function figure(label, value, exact, kind = "") {
  return html`<div><dt>${label}</dt><dd class=${kind} title=${exact ?? ""}>${value}</dd></div>`;
}

/** What is less than half a cent is neither a gain nor a loss. @param {any} value */
function tone(value) {
  const sign = Math.sign(Math.round(Number(value) * 100));
  return sign > 0 ? "good-text" : sign < 0 ? "bad-text" : "";
}

/** @param {string} text */
function none(text) {
  return html`<p class="empty">${text}</p>`;
}

/** @param {State} state */
function positionsTable(state) {
  const rows = (state.positions?.positions ?? []).filter((/** @type {any} */ one) => Number(one.qty) !== 0);
  return rows.length === 0
    ? none("No open position.")
    : html`<table class="rows"><thead><tr><th class="text">Instrument</th><th>Size</th><th>Average</th><th>Last</th>
        <th>Unrealised</th><th class="text">Strategy</th></tr></thead><tbody>
        ${rows.map(
          (/** @type {any} */ one) => html`<tr key=${one.strategy + one.venue + one.category + one.symbol}>
            <td class="text">${one.symbol}</td><td>${signed(one.qty)}</td>
            <td title=${one.average_price}>${average(one.average_price, one.last_price)}</td>
            <td>${grouped(one.last_price)}</td>
            <td class=${tone(one.unrealised)} title=${one.unrealised}>${gain(one.unrealised)}</td>
            <td class="text">${one.strategy}</td></tr>`,
        )}</tbody></table>`;
}

/**
 * The price of an order; of one at the market the average of its fills, as fine as the last price of its instrument.
 * @param {State} state
 * @param {any} order
 */
function orderPrice(state, order) {
  const stated = order.price ?? order.stop_price;
  return stated ? grouped(stated) : average(order.average_price, state.instrument(order).price);
}

/** @param {State} state @param {(order: any) => void} cancel */
function ordersTable(state, cancel) {
  return state.orders.length === 0
    ? none("No order yet.")
    : html`<table class="rows"><thead><tr><th>Id</th><th class="text">Instrument</th><th class="text">Order</th>
        <th>Size</th><th>Filled</th><th>Price</th><th class="text">Status</th><th></th></tr></thead><tbody>
        ${state.orders.slice(0, 100).map(
          (one) => html`<tr key=${one.id}><td>${one.id}</td><td class="text">${one.symbol}</td>
            <td class=${`text ${one.side}-text`}>${one.side} ${one.type.replace("_", " ")}</td>
            <td>${padded(one.qty, places(one.filled))}</td>
            <td>${padded(one.filled, places(one.qty))}</td>
            <td title=${one.average_price ?? ""}>${orderPrice(state, one)}</td>
            <td class="text" title=${one.reason ?? ""}>${one.status}</td>
            <td>${
              openOrder(one) &&
              html`<button type="button" class="quiet" aria-label=${`Cancel order ${one.id}`}
              onClick=${() => cancel(one)}>Cancel</button>`
            }</td></tr>`,
        )}</tbody></table>`;
}

/** @param {State} state */
function fillsTable(state) {
  return state.fills.length === 0
    ? none("No fill yet.")
    : html`<table class="rows"><thead><tr><th class="text">Time</th><th class="text">Instrument</th>
        <th class="text">Side</th><th>Size</th><th>Price</th><th>Fee</th>
        <th class="text">Strategy</th></tr></thead><tbody>
        ${state.fills.slice(0, 100).map(
          (one, i) => html`<tr key=${i}><td class="text">${clock(one.ts)}</td><td class="text">${one.symbol}</td>
            <td class=${`text ${one.side}-text`}>${one.side}</td><td>${grouped(one.qty)}</td>
            <td>${grouped(one.price)}</td><td title=${one.fee}>${fixed(one.fee, FEE_DIGITS)}</td>
            <td class="text">${one.strategy}</td></tr>`,
        )}</tbody></table>`;
}

/** @param {State} state */
function strategiesTable(state) {
  const all = state.strategies?.strategies ?? [];
  return all.length === 0
    ? none("No strategy is running.")
    : html`<table class="rows"><thead><tr><th class="text">Strategy</th><th class="text">Hears</th><th>Taken</th>
        <th>Failed</th><th class="text">Regime</th></tr></thead><tbody>
        ${all.map(
          (/** @type {any} */ one) => html`<tr key=${one.name}><td class="text">${one.name}</td>
            <td class="text">${[one.hears, one.timeframe, one.symbol].filter(Boolean).join(", ")}</td>
            <td>${grouped(one.taken)}</td>
            <td class=${one.failed > 0 ? "bad-text" : ""} title=${one.last_failure ?? ""}>${grouped(one.failed)}</td>
            <td class="text">${state.strategies.regimes[state.selected?.symbol ?? ""] ?? ""}</td></tr>`,
        )}</tbody></table>`;
}

/** @param {State} state */
function signalsTable(state) {
  return state.signals.length === 0
    ? none("No signal yet.")
    : html`<table class="rows"><thead><tr><th class="text">Time</th><th class="text">Strategy</th>
        <th class="text">Signal</th><th class="text">Outcome</th></tr></thead><tbody>
        ${state.signals.slice(0, 50).map(
          (
            one,
            i,
          ) => html`<tr key=${i}><td class="text">${clock(one.timestamp)}</td><td class="text">${one.strategy}</td>
            <td class=${`text ${one.signal_type}-text`}>${one.signal_type} ${one.symbol}</td>
            <td class="text wrap">${one.refused ?? `order ${one.order ?? "–"}`}
              ${one.metadata?.reason ? html` <small>${one.metadata.reason}</small>` : ""}</td></tr>`,
        )}</tbody></table>`;
}
