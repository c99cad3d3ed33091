import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Frames } from "../../../main/web/frames.js";
import { State } from "../../../main/web/model/state.js";

let waiting;
let clock;
let drawn;
let state;
let frames;

beforeEach(() => {
  waiting = null;
  clock = 0;
  drawn = [];
  globalThis.requestAnimationFrame = (callback) => {
    assert.equal(waiting, null, "one frame is requested at a time");
    waiting = callback;
  };
  state = new State();
  frames = new Frames(state, () => clock);
});

/** @param {number} cost milliseconds of each drawing */
function view(name, parts, interval = 0, cost = 0, more = {}) {
  frames.add({
    parts,
    interval,
    draw() {
      drawn.push(name);
      clock += cost;
    },
    ...more,
  });
}

/** What is drawn in the next frame. */
function frame(now) {
  drawn = [];
  const callback = waiting;
  waiting = null;
  callback(now);
  return drawn.join(" ");
}

test("a view is drawn when one of its parts has changed", () => {
  view("tape", ["trades"]);
  view("ladder", ["book", "paper"]);
  frames.request();
  assert.equal(frame(0), "tape ladder");

  state.touch("paper");
  frames.request();
  frames.request();
  assert.equal(frame(16), "ladder");
  assert.equal(waiting, null);
});

test("a view is not drawn more often than it wants, but its last change is", () => {
  view("tape", ["trades"], 100);
  frames.request();
  frame(0);

  state.touch("trades");
  frames.request();
  assert.equal(frame(16), "");
  assert.equal(frame(99), "");
  assert.equal(frame(100), "tape");
  assert.equal(waiting, null);
});

test("a frame takes no more than it has time for; the others follow, first what has waited longest", () => {
  view("slow", ["trades"], 0, 5);
  view("a", ["trades"], 0, 1);
  view("b", ["trades"], 0, 5);
  frames.request();
  assert.equal(frame(0), "slow");
  state.touch("trades");
  assert.equal(frame(16), "a b");
  assert.equal(frame(32), "slow");
  state.touch("trades");
  frames.request();
  assert.equal(frame(48), "a b");
});

test("ages are drawn without a change, and a view that fails does not stop the others", (t) => {
  const error = t.mock.method(console, "error", () => {});
  view("age", [], 0, 0, { clock: true });
  view("fault", [], 0, 0, {
    draw() {
      throw new Error("a fault");
    },
  });
  view("last", []);
  frames.request();
  assert.equal(frame(0), "age last");
  assert.equal(error.mock.callCount(), 1);

  frames.tick();
  assert.equal(frame(16), "age");
});
