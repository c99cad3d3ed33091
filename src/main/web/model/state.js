// @ts-check
import { millis } from "../exact.js";
import { Aggregated } from "./aggregated.js";
import { Book } from "./book.js";
import { Candles } from "./candles.js";
import { dayOf } from "./day.js";
import { Heat } from "./heat.js";
import { Lag } from "./lag.js";
import { Ring } from "./ring.js";
import { ofSeconds } from "./timeframes.js";
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
 * @property {number} time of the exchange
 * @property {number} at where it is on an axis of the present: of a replay when it was played; NaN if that is not known
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
const NAMES = 5_000;

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
  recording = null;
  /** @type {any} */
  replay = null;
  /** @type {Map<string, Instrument>} */
  instruments = new Map();
  /** Those that messages have meant, by what the messages say of them. @type {Map<string, Instrument>} */
  #named = new Map();
  /** @type {Instrument|null} */
  selected = null;
  timeframe = "1m";
  book = new Book();
  heat = new Heat();
  lag = new Lag();
  /** @type {Ring<Trade>} */
  trades = new Ring(TRADES);
  /** What the candles of all timeframes are made of. */
  seconds = new Candles("1s");
  minutes = new Candles("1m");
  candles = new Aggregated(this.minutes, "1m");
  /** What the program says about the minutes of the day. @type {import("./day.js").Coverage|null} */
  coverage = null;
  /** @type {Ring<Incident>} */
  incidents = new Ring(INCIDENTS);
  /** Messages that this page was too slow for, and when it last was. */
  lost = { count: 0, at: 0 };
  /** When the newest market data was received, by the clock of the program; 0 if none has come. */
  eventAt = 0;
  messages = 0;
  #clock;
  /** The clock of the program less that of this page; the largest difference is that of the fastest message. */
  #offset = 0;
  #offsetDue = true;

  /** @param {() => number} clock milliseconds since 1970 that do not jump */
  constructor(clock = () => performance.timeOrigin + performance.now()) {
    this.#clock = clock;
  }

  /** The time by the clock of the program, whatever that of this machine says; the latter until a state has come. */
  now() {
    return this.#clock() + this.#offset;
  }

  /** @param {number} timestamp at which the program has just written a message */
  programTime(timestamp) {
    const offset = timestamp - this.#clock();
    if (Number.isFinite(offset) && (this.#offsetDue || offset > this.#offset)) {
      this.#offset = offset;
      this.#offsetDue = false;
    }
  }

  /** The connection is open again: the program may run on another machine now. */
  connected() {
    this.#offsetDue = true;
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
    this.seconds = new Candles("1s");
    this.minutes = new Candles("1m");
    this.coverage = null;
    this.setTimeframe(this.timeframe);
    this.context = null;
    this.profile = null;
    this.eventAt = 0;
    this.touch("view", "trades", "book", "candles", "context", "profile", "instruments", "paper");
  }

  /** @param {string} timeframe */
  setTimeframe(timeframe) {
    this.timeframe = timeframe;
    this.candles = new Aggregated(ofSeconds(timeframe) ? this.seconds : this.minutes, timeframe);
    this.touch("view", "candles");
  }

  /**
   * The instrument that a message or a body is about. What one leaves out, venue or category, another one adds.
   * @param {any} m with symbol, category, venue
   * @returns {Instrument}
   */
  instrument(m) {
    const name = `${m.venue ?? ""}:${m.category ?? ""}:${m.symbol}`;
    const known = this.#named.get(name);
    if (known) {
      return known;
    }
    const found = this.#find(m);
    if (this.#named.size >= NAMES) {
      this.#named.clear();
    }
    this.#named.set(name, found);
    return found;
  }

  /** @param {any} m @returns {Instrument} */
  #find(m) {
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

  /** The program does not have it. @param {Instrument} instrument */
  forget(instrument) {
    this.instruments.delete(instrument.key);
    this.#named.clear();
    this.touch("instruments");
  }

  /** @param {any} m */
  isSelected(m) {
    return this.selected !== null && same(this.selected, m);
  }

  /** @param {any} m a trade */
  addTrade(m) {
    const time = Number(m.timestamp);
    if (!m.late) {
      this.instrument(m).price = m.price;
    }
    if (!this.isSelected(m)) {
      return;
    }
    this.#received(m, this.now());
    this.trades.add(trade(m, time, this.replaying ? this.now() : time));
    for (const candles of [this.seconds, this.minutes]) {
      candles[m.late ? "late" : "trade"](time, Number(m.price), Number(m.qty), m.side === "buy");
    }
    this.touch("trades", "candles");
  }

  /**
   * Candles of seconds or minutes of the selected instrument.
   * @param {string} timeframe
   * @param {any[]} candles
   */
  addCandles(timeframe, candles) {
    const base = timeframe === "1s" ? this.seconds : timeframe === "1m" ? this.minutes : null;
    if (base) {
      candles.forEach((candle) => base.add(candle));
      this.touch("candles");
    }
  }

  /** @param {any} m the price of the last trade, which may be old */
  addPrice(m) {
    this.instrument(m).price = m.price;
    this.touch("instruments", "trades");
    if (this.isSelected(m)) {
      this.#seen(this.#receiptOf(m));
    }
  }

  /** @param {any[]} past the last trades of the selected instrument as GET /trades has them, oldest first */
  addPastTrades(past) {
    const all = joined(
      this.trades.all(),
      past.map((one) => {
        const time = millis(one.ts);
        return trade(one, time, this.replaying ? NaN : time);
      }),
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
    this.#received(m, m.snapshot ? this.#receiptOf(m) : this.now());
    this.touch("book");
    return this.book.apply(m);
  }

  /**
   * When what a snapshot shows was received: it may be sent long after that. The times of a recording are old ones.
   * @param {any} m
   */
  #receiptOf(m) {
    return this.replaying ? millis(this.source?.last_event_at) : Number(m.received_at ?? m.timestamp);
  }

  /** @param {number} at */
  #seen(at) {
    const now = this.now();
    this.eventAt = Math.max(this.eventAt, Number.isFinite(at) ? Math.min(at, now) : now);
  }

  /** @param {any} m @param {number} at */
  #received(m, at) {
    this.#seen(at);
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

  /** What is known about the minutes of the day may have changed. */
  coverageDue() {
    this.coverage &&= { ...this.coverage, due: true };
  }

  /** Midnight UTC of the day of the newest minute; NaN before the first. */
  get dayStart() {
    return dayOf(this.minutes.bars.at(-1)?.start ?? NaN);
  }

  /** Open orders of the selected instrument. */
  openOrders() {
    return this.orders.filter((order) => order.status === "open" && this.isSelected(order));
  }

  /** @param {any} m messages that were left out, because this page was too slow for them */
  addLost(m) {
    this.lost = { count: this.lost.count + Number(m.count), at: this.now() };
    this.incident("lost", `this page was too slow for ${m.count} messages of the channel ${m.channel}`);
    this.touch("feed");
  }

  /** Whether the selected instrument is that of a recording. */
  get replaying() {
    return (this.health ? this.source?.replay : this.feed?.state === "replay") === true;
  }

  /** What the program says about the feed of the selected instrument. @returns {any} */
  get ownVerdict() {
    return this.health?.sources.length > 1 ? this.source : this.verdict;
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

  /**
   * What health says about an instrument; null if it names it not, which it does for the first 200.
   * @param {Instrument|null} instrument
   * @returns {any}
   */
  conditionOf(instrument) {
    const all = this.health?.instruments ?? [];
    return (instrument && all.find((/** @type {any} */ one) => same(instrument, one))) ?? null;
  }
}

/**
 * @param {any} m of the stream or of the API
 * @param {number} time
 * @param {number} at
 * @returns {Trade}
 */
function trade(m, time, at) {
  return {
    id: String(m.id),
    time,
    at,
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
