import assert from "node:assert/strict";
import { test } from "node:test";
import { Messages } from "../../../main/web/messages.js";
import { recordingText, size } from "../../../main/web/model/recording.js";
import { State } from "../../../main/web/model/state.js";

const ON = {
  active: true,
  folder: "data/events",
  files: [],
  bytes: 0,
  since: null,
  last_at: null,
  waiting: 0,
  failing_since: null,
  last_failure: null,
  disk_free_bytes: 1_000,
};

test("what is recorded is said in a sentence", () => {
  assert.equal(recordingText(null).text, "–");
  assert.equal(recordingText({ ...ON, active: false, folder: null }).text, "Nothing is recorded (SINKS names no file)");
  assert.equal(recordingText(ON).text, "Nothing yet; events go to data/events");
  assert.deepEqual(recordingText({ ...ON, bytes: 12_345_678, since: "2026-11-27T10:00:00.123Z" }), {
    text: "12 MB since 10:00:00 in data/events",
    failing: false,
  });
  assert.deepEqual(recordingText({ ...ON, failing_since: "2026-11-27T10:00:00Z", last_failure: "disk full" }), {
    text: "Nothing has been written since 10:00:00: disk full",
    failing: true,
  });
  assert.equal(recordingText({ ...ON, active: false }).failing, true);
});

test("sizes are easy to read", () => {
  assert.equal(size(0), "0 bytes");
  assert.equal(size(999), "999 bytes");
  assert.equal(size("1234"), "1.2 kB");
  assert.equal(size(56_789_000), "57 MB");
  assert.equal(size(4.5e15), "4500 TB");
});

test("the state of the recording arrives on the stream", () => {
  const state = new State();
  new Messages(state, () => {}).apply({ type: "recording", data: ON });
  assert.equal(state.recording, ON);
});
