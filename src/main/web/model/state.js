// @ts-check
import { Book } from "./book.js";
import { Candles } from "./candles.js";
import { Heat } from "./heat.js";
import { Lag } from "./lag.js";
import { millis } from "../exact.js";
import { Ring } from "./ring.js";
import { joined } from "./trades.js";
/** @typedef {import("../exact.js").Decimal} Decimal */

/**
 * @typedef {object} Instrument
 * @property {string} key its full name, such as bybit:linear:BTCUSDT
 * @property {string} symbol
 * @property {string|undefined} category
 * @property {string|undefined} venue
 * @property {Decimal|undefined} price the last one
 *
 * @typedef {object} Trade
 * @property {string} id
 * @property {number} time
 * @property {Decimal} price
 * @property {Decimal} qty
 * @property {"buy"|"sell"} side
 * @property {boolean} late
 * @property {boolean} block
 *
 * @typedef {object} Incident something that went wrong, in words
 * @property {number} at
 * @property {string} kind
 * @property {string} text
 *
 * @typedef {"feed"|"connection"|"instruments"|"trades"|"book"|"candles"|"context"|"profile"|"paper"|"operations"
 *   |"view"} Part
 */

export const TRADES = 500;
const INCIDENTS = 200;

/**
 * Everything that the page knows. Messages change it at once; views are drawn from it in the next frame, each only if
 * one of its parts has changed.
 */
export class State {
  /** Parts that have changed since they were last taken. @type {Set<Part>} */
  changed = new Set();
  /** @type {import("../stream.js").ConnectionState} */
  connection = { phase: "connecting", attempt: 0, retryAt: 0, reason: "" };
  /** The state of the feed as the stream last had it. @type {any} */
  feed = null;
  /** The states of the stream, by the type of their message. @type {any} */
  health = null;
  /** @type {any} */
  context = null;
  /** @type {any} */
  profile = null;
  /** @type {any} */
  strategies = null;
  /** @type {any} */
  positions = null;
  /** @type {any[]} */
  orders = [];
  /** @type {any[]} */
  fills = [];
  /** @type {any[]} */
  equity = [];
  /** @type {any[]} */
  signals = [];
  /** @type {any} */
  restarts = null;
  /** @type {any} */
  routes = null;
  /** @type {any} */
  deadLetters = null;
  /** @type {any} */
  sinks = null;
  /** @type {any} */
  replay = null;
  /** @type {Map<string, Instrument>} */
  instruments = new Map();
  /** @type {Instrument|null} */
  selected = null;
  timeframe = "1m";
  /** @type {string[]} */
  timeframes = ["1s", "1m", "5m", "1h"];
  book = new Book();
  heat = new Heat();
  lag = new Lag();
  /** @type {Ring<Trade>} */
  trades = new Ring(TRADES);
  candles = new Candles("1m");
  /** @type {Ring<Incident>} */
  incidents = new Ring(INCIDENTS);
  /** Messages that this page was too slow for. */
  lost = 0;
  /** When a market event last arrived, by the clock of the page; 0 if none has. */
  eventAt = 0;
  messages = 0;

  /** @param {() => number} now milliseconds of the day's clock */
  constructor(now = () => Date.now()) {
    this.now = now;
  }

  /** @param {Part[]} parts */
  touch(...parts) {
    parts.forEach((part) => this.changed.add(part));
  }

  /**
   * Begins with another instrument or timeframe.
   * @param {Instrument} instrument
   */
  select(instrument) {
    this.selected = instrument;
    this.book = new Book();
    this.heat.clear();
    this.lag.clear();
    this.trades.clear();
    this.candles = new Candles(this.timeframe);
    this.context = null;
    this.profile = null;
    this.eventAt = 0;
    this.touch("view", "trades", "book", "candles", "context", "profile", "instruments", "paper");
  }

  /** @param {string} timeframe */
  setTimeframe(timeframe) {
    this.timeframe = timeframe;
    this.candles = new Candles(timeframe);
    this.touch("view", "candles");
  }

  /**
   * The instrument that a message or a body is about. What one leaves out, venue or category, another one adds.
   * @param {any} m with symbol, category, venue
   * @returns {Instrument}
   */
  instrument(m) {
    for (const one of this.instruments.values()) {
      if (same(one, m)) {
        if ((m.venue && !one.venue) || (m.category && !one.category)) {
          this.instruments.delete(one.key);
          one.venue ||= m.venue;
          one.category ||= m.category;
          one.key = keyOf(one);
          this.instruments.set(one.key, one);
          this.touch("instruments");
        }
        return one;
      }
    }
    const found = { key: keyOf(m), symbol: m.symbol, category: m.category, venue: m.venue, price: undefined };
    this.instruments.set(found.key, found);
    this.touch("instruments");
    return found;
  }

  /** @param {any} m */
  isSelected(m) {
    return this.selected !== null && same(this.selected, m);
  }

  /** @param {any} m a trade */
  addTrade(m) {
    const time = Number(m.timestamp);
    this.instrument(m).price = m.price;
    if (!this.isSelected(m)) {
      return;
    }
    this.#received(m);
    this.trades.add(trade(m, time));
    if (!m.late) {
      this.candles.trade(time, Number(m.price), Number(m.qty), m.side === "buy");
    }
    this.touch("trades", "candles");
  }

  /** @param {any[]} past the last trades of the selected instrument as GET /trades has them, oldest first */
  addPastTrades(past) {
    const all = joined(
      this.trades.all(),
      past.map((one) => trade(one, millis(one.ts))),
    );
    this.trades.clear();
    all.forEach((one) => this.trades.add(one));
    this.touch("trades");
  }

  /**
   * @param {any} m depth
   * @returns {boolean} false if a snapshot must be requested
   */
  addDepth(m) {
    this.instrument(m);
    if (!this.isSelected(m)) {
      return true;
    }
    this.#received(m);
    this.touch("book");
    return this.book.apply(m);
  }

  /** @param {any} m */
  #received(m) {
    this.eventAt = this.now();
    if (m.received_at !== undefined) {
      this.lag.add(Number(m.received_at) - Number(m.timestamp));
    }
  }

  /**
   * @param {string} kind
   * @param {string} text
   * @param {number} [at]
   */
  incident(kind, text, at = this.now()) {
    this.incidents.add({ at, kind, text });
    this.touch("operations");
  }

  /** Open orders of the selected instrument. */
  openOrders() {
    return this.orders.filter((order) => order.status === "open" && this.isSelected(order));
  }

  /** Whether any of the data that the page shows is synthetic. */
  get synthetic() {
    return this.verdict?.synthetic === true;
  }

  /** What the program says about the feed: health has more reasons, the status comes first. @returns {any} */
  get verdict() {
    return this.health ?? this.feed;
  }

  /** The source of the selected instrument. @returns {any} */
  get source() {
    const sources = this.health?.sources ?? [];
    return sources.find((/** @type {any} */ one) => one.venue === this.selected?.venue) ?? sources[0] ?? null;
  }

  /** What health says about the selected instrument. @returns {any} */
  get condition() {
    return this.health?.instruments.find((/** @type {any} */ one) => this.isSelected(one)) ?? null;
  }
}

/**
 * @param {any} m of the stream or of the API
 * @param {number} time
 * @returns {Trade}
 */
function trade(m, time) {
  return {
    id: String(m.id),
    time,
    price: m.price,
    qty: m.qty,
    side: m.side,
    late: m.late === true,
    block: m.block_trade === true,
  };
}

/** @param {any} one an instrument or a message */
function keyOf(one) {
  return [one.venue, one.category, one.symbol].filter(Boolean).join(":");
}

/**
 * Whether two are the same instrument, as far as both say.
 * @param {any} a
 * @param {any} b
 */
function same(a, b) {
  return (
    a.symbol === b.symbol &&
    (!a.category || !b.category || a.category === b.category) &&
    (!a.venue || !b.venue || a.venue === b.venue)
  );
}
