// @ts-check
import { parse } from "./exact.js";

/**
 * The connection to WS /ws/stream: opens again by itself, repeats the subscriptions, notices silence.
 *
 * @typedef {object} Listener
 * @property {(message: any) => void} message
 * @property {(state: ConnectionState) => void} state
 *
 * @typedef {object} ConnectionState
 * @property {"connecting"|"open"|"lost"} phase
 * @property {number} attempt the number of attempts since the last open connection
 * @property {number} retryAt when the next attempt begins, or 0
 * @property {string} reason why it was lost
 *
 * @typedef {{channel: string, symbol?: string, history?: number}} Subscription
 */

const FIRST_DELAY = 500;
const LONGEST_DELAY = 10_000;
/** Something arrives at least as often: the answer to a ping. */
const PING = 5_000;
const SILENCE = 15_000;

/**
 * Its name, which is the id of its command too: a refusal has it.
 * @param {Subscription} one
 */
export function nameOf({ channel, symbol }) {
  return symbol ? `${channel} ${symbol}` : channel;
}

export class Stream {
  /** @type {WebSocket|null} */
  #socket = null;
  /** @type {Map<string, Subscription>} */
  #wanted = new Map();
  #attempt = 0;
  #heardAt = 0;
  #timer = 0;
  #watch = 0;
  #clock;

  /**
   * @param {string} url
   * @param {Listener} listener
   * @param {() => number} clock monotonic milliseconds
   */
  constructor(url, listener, clock = () => performance.now()) {
    this.url = url;
    this.listener = listener;
    this.#clock = clock;
  }

  open() {
    clearTimeout(this.#timer);
    this.#report("connecting", 0, "");
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    this.#heardAt = this.#clock();
    socket.onopen = () => {
      this.#attempt = 0;
      this.#report("open", 0, "");
      for (const one of this.#wanted.values()) {
        this.#subscribe(one);
      }
    };
    socket.onmessage = (event) => {
      this.#heardAt = this.#clock();
      this.listener.message(parse(event.data));
    };
    socket.onclose = (event) => this.#lost(socket, event.reason);
    clearInterval(this.#watch);
    this.#watch = setInterval(() => this.#check(socket), PING);
  }

  /** @param {WebSocket} socket */
  #check(socket) {
    if (this.#clock() - this.#heardAt > SILENCE) {
      socket.close();
      this.#lost(socket, `nothing came for ${SILENCE / 1000} s`);
    } else {
      this.#send({ command: "ping" });
    }
  }

  /**
   * @param {WebSocket} socket
   * @param {string} reason
   */
  #lost(socket, reason) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    clearInterval(this.#watch);
    const delay = Math.min(FIRST_DELAY * 2 ** this.#attempt, LONGEST_DELAY) * (0.75 + Math.random() / 2);
    this.#attempt++;
    this.#report("lost", this.#clock() + delay, reason);
    this.#timer = setTimeout(() => this.open(), delay);
  }

  /** Tries at once instead of after the delay. */
  retry() {
    if (!this.#socket) {
      this.open();
    }
  }

  /**
   * @param {string} channel
   * @param {string} [symbol] all if left out
   * @param {{history?: number}} [more] the number of past candles
   */
  subscribe(channel, symbol, more) {
    const one = symbol ? { channel, symbol, ...more } : { channel, ...more };
    this.#wanted.set(nameOf(one), one);
    this.#subscribe(one);
  }

  /** @param {Subscription} one */
  #subscribe(one) {
    this.#send({ command: "subscribe", ...one, id: nameOf(one) });
  }

  /**
   * @param {string} channel
   * @param {string} [symbol]
   */
  unsubscribe(channel, symbol) {
    if (this.#wanted.delete(nameOf({ channel, symbol }))) {
      this.#send(symbol ? { command: "unsubscribe", channel, symbol } : { command: "unsubscribe", channel });
    }
  }

  /** @param {object} command */
  #send(command) {
    if (this.#socket?.readyState === 1 /* open */) {
      this.#socket.send(JSON.stringify(command));
    }
  }

  /**
   * @param {ConnectionState["phase"]} phase
   * @param {number} retryAt
   * @param {string} reason
   */
  #report(phase, retryAt, reason) {
    this.listener.state({ phase, attempt: this.#attempt, retryAt, reason });
  }
}
