import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Stream } from "../../../main/web/stream.js";

/** A WebSocket that the test opens and closes. */
class Socket {
  static all = [];

  constructor(url) {
    this.url = url;
    this.readyState = 0;
    this.sent = [];
    Socket.all.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  opens() {
    this.readyState = 1;
    this.onopen();
  }

  close() {
    this.readyState = 3;
  }

  loses(reason = "") {
    this.readyState = 3;
    this.onclose({ reason });
  }
}

let now;
let states;
let messages;
let stream;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  globalThis.WebSocket = Socket;
  Socket.all = [];
  now = 0;
  states = [];
  messages = [];
  const listener = { message: (m) => messages.push(m), state: (s) => states.push(s) };
  stream = new Stream("ws://here/ws/stream", listener, () => now);
});

afterEach(() => mock.timers.reset());

function pass(millis) {
  now += millis;
  mock.timers.tick(millis);
}

test("subscriptions are sent when it opens, and again after it was lost", () => {
  stream.subscribe("trades", "BTCUSDT");
  stream.subscribe("candles.1m", "BTCUSDT", { history: 10 });
  stream.open();
  Socket.all[0].opens();
  stream.unsubscribe("trades", "BTCUSDT");
  Socket.all[0].loses();
  pass(1_000);
  Socket.all[1].opens();

  assert.deepEqual(
    Socket.all[0].sent.map((one) => `${one.command} ${one.channel}`),
    ["subscribe trades", "subscribe candles.1m", "unsubscribe trades"],
  );
  assert.deepEqual(Socket.all[1].sent, [
    { command: "subscribe", channel: "candles.1m", symbol: "BTCUSDT", history: 10, id: "candles.1m BTCUSDT" },
  ]);
});

test("the delay before an attempt doubles from half a second to ten seconds", () => {
  stream.open();
  for (let attempt = 0; attempt < 8; attempt++) {
    Socket.all[attempt].loses("gone");
    const { phase, attempt: shown, retryAt, reason } = states.at(-1);
    const middle = Math.min(500 * 2 ** attempt, 10_000);
    assert.equal(phase, "lost");
    assert.equal(shown, attempt + 1);
    assert.equal(reason, "gone");
    assert.ok(retryAt - now >= middle * 0.75 && retryAt - now <= middle * 1.25, `${retryAt - now}`);
    pass(12_500);
    assert.equal(Socket.all.length, attempt + 2);
  }
  Socket.all[8].opens();
  Socket.all[8].loses();
  assert.equal(states.at(-1).attempt, 1);
});

test("a silent connection is replaced, and what the old one still does is ignored", () => {
  stream.open();
  Socket.all[0].opens();
  pass(5_000);
  assert.deepEqual(Socket.all[0].sent.at(-1), { command: "ping" });
  Socket.all[0].onmessage({ data: '{"type":"status","status":"heartbeat"}' });
  pass(15_000);
  assert.equal(states.at(-1).phase, "open");
  pass(5_000);
  assert.equal(states.at(-1).phase, "lost");
  assert.match(states.at(-1).reason, /nothing came for 15 s/);

  Socket.all[0].onclose({ reason: "late" });
  pass(1_000);

  assert.equal(Socket.all.length, 2);
  assert.equal(messages.length, 1);
});

test("an attempt is made at once on request, and only one at a time", () => {
  stream.open();
  Socket.all[0].loses();
  stream.retry();
  stream.retry();
  pass(20_000);

  assert.equal(Socket.all.length, 2);
});
