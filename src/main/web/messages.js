// @ts-check
/** @typedef {import("./model/state.js").State} State */

const SIGNALS = 100;

/**
 * Applies the messages of the stream to the state.
 */
export class Messages {
  /**
   * @param {State} state
   * @param {() => void} resync requests a snapshot of the book
   * @param {() => void} [pastTrades] requests the last trades
   */
  constructor(state, resync, pastTrades = () => {}) {
    this.state = state;
    this.resync = resync;
    this.pastTrades = pastTrades;
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
        state.instrument(m).price = m.price;
        state.touch("instruments", "trades");
        // The answer to a subscription of trades if there have been any.
        if (state.isSelected(m)) {
          this.pastTrades();
        }
        break;
      case "candle":
        if (state.isSelected(m) && m.timeframe === state.timeframe) {
          state.candles.add(m);
          state.touch("candles");
        }
        break;
      case "signal":
        state.signals = [m, ...state.signals].slice(0, SIGNALS);
        state.touch("paper", "candles");
        break;
      case "lost":
        state.lost += Number(m.count);
        state.touch("feed");
        break;
      case "error":
        if (m.code !== "command") {
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
        if (state.isSelected(m) && data.timeframe === state.timeframe) {
          data.candles.forEach((/** @type {any} */ candle) => state.candles.add(candle));
          state.touch("candles");
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
        state.health = data;
        data.instruments.forEach((/** @type {any} */ one) => state.instrument(one));
        state.touch("feed", "operations");
        break;
      case "strategies":
        state.strategies = data;
        state.touch("paper", "view");
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
        state.incident("gap", `${where(m)}${m.channel ?? "data"} is missing: ${m.reason ?? "it cannot be had"}`);
        break;
      case "repaired":
        state.incident("repaired", `${where(m)}${m.count} missed trades were fetched`);
        break;
      default:
    }
  }
}

/** @param {any} m */
function where(m) {
  return m.symbol ? `${m.symbol}: ` : "";
}
