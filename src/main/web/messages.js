// @ts-check
import { millis } from "./exact.js";
/** @typedef {import("./model/state.js").State} State */

const SIGNALS = 100;

/**
 * A subscription that the program refuses.
 * @callback Refused
 * @param {string} id of the command
 * @param {string} reason
 */

/**
 * Applies the messages of the stream to the state.
 */
export class Messages {
  /**
   * @param {State} state
   * @param {() => void} resync requests a snapshot of the book
   * @param {() => void} [pastTrades] requests the last trades
   * @param {Refused} [refused]
   */
  constructor(state, resync, pastTrades = () => {}, refused = () => {}) {
    this.state = state;
    this.resync = resync;
    this.pastTrades = pastTrades;
    this.refused = refused;
  }

  /** @param {any} m */
  apply(m) {
    const state = this.state;
    state.messages++;
    switch (m.type) {
      case "trade":
        state.addTrade(m);
        break;
      case "depth":
        if (!state.addDepth(m)) {
          this.resync();
        }
        break;
      case "price":
        state.addPrice(m);
        // The answer to a subscription of trades if there have been any.
        if (state.isSelected(m)) {
          this.pastTrades();
        }
        break;
      case "candle":
        if (state.isSelected(m)) {
          state.addCandles(m.timeframe, [m]);
        }
        break;
      case "signal":
        // The state of the signals may have come with it already.
        if (!state.signals.some((one) => sameSignal(one, m))) {
          state.signals = [m, ...state.signals].slice(0, SIGNALS);
          state.touch("paper", "candles");
        }
        break;
      case "lost":
        state.addLost(m);
        if (m.channel === "trades" && state.isSelected(m)) {
          this.pastTrades();
        }
        break;
      case "error":
        if (m.code === "command") {
          this.refused(String(m.id ?? ""), m.error);
        } else {
          state.incident("error", `${where(m)}${m.error}`);
        }
        break;
      case "status":
        this.#status(m);
        break;
      default:
        this.#state(m);
    }
  }

  /** @param {any} m a state, which replaces the one before it; unknown types are ignored */
  #state(m) {
    const state = this.state;
    const data = m.data;
    switch (m.type) {
      case "candles":
        if (state.isSelected(m)) {
          state.addCandles(data.timeframe, data.candles);
          // Those that were missing may have come.
          state.coverageDue();
        }
        break;
      case "context":
      case "profile":
        if (state.isSelected(m)) {
          state[m.type === "context" ? "context" : "profile"] = data;
          state.touch(m.type === "context" ? "context" : "profile");
        }
        break;
      case "health":
        state.programTime(m.timestamp);
        state.health = data;
        data.instruments.forEach((/** @type {any} */ one) => state.instrument(one));
        state.touch("feed", "operations");
        break;
      case "strategies":
        if (`${state.strategies?.timeframes}` !== `${data.timeframes}`) {
          state.touch("view");
        }
        state.strategies = data;
        state.touch("paper");
        break;
      case "positions":
        state.positions = data;
        state.touch("paper");
        break;
      case "orders":
        state.orders = data.orders;
        state.touch("paper");
        break;
      case "fills":
        state.fills = data.fills;
        state.touch("paper");
        break;
      case "equity":
        state.equity = data.equity;
        state.touch("paper");
        break;
      case "signals":
        state.signals = data.signals;
        state.touch("paper");
        break;
      case "restarts":
        state.restarts = data;
        state.touch("operations");
        break;
      case "routes":
        state.routes = data;
        state.touch("operations");
        break;
      case "dead_letters":
        state.deadLetters = data;
        state.touch("operations");
        break;
      case "sinks":
        state.sinks = data;
        state.touch("operations");
        break;
      case "recording":
        state.recording = data;
        state.touch("operations");
        break;
      case "replay":
        state.replay = data;
        state.touch("operations");
        break;
      default:
    }
  }

  /** @param {any} m */
  #status(m) {
    const state = this.state;
    switch (m.status) {
      case "feed":
        state.feed = m;
        state.touch("feed");
        break;
      case "stale":
        if (state.isSelected(m)) {
          state.book.stale(m.reason ?? "the feed says so");
          state.touch("book");
        }
        break;
      case "instrument":
        state.instrument(m);
        break;
      case "disconnected":
        state.incident("disconnected", m.reason ?? "the exchange was lost");
        break;
      case "exhausted":
        state.incident("exhausted", m.reason ?? "all attempts of a round have failed");
        break;
      case "gap":
        state.coverageDue();
        state.incident("gap", `${where(m)}${m.channel ?? "data"} is missing: ${m.reason ?? "it cannot be had"}`);
        break;
      case "repaired":
        state.coverageDue();
        state.incident("repaired", `${where(m)}${m.count} missed trades were fetched`);
        break;
      default:
    }
  }
}

/** @param {any} a @param {any} b */
function sameSignal(a, b) {
  return (
    millis(a.timestamp) === millis(b.timestamp) &&
    a.strategy === b.strategy &&
    a.symbol === b.symbol &&
    a.signal_type === b.signal_type
  );
}

/** @param {any} m */
function where(m) {
  return m.symbol ? `${m.symbol}: ` : "";
}
