// @ts-check
import { clock } from "../exact.js";

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/**
 * What is being recorded, in words.
 * @param {any} recording null before it has arrived
 * @returns {{text: string, failing: boolean}}
 */
export function recordingText(recording) {
  if (!recording) {
    return { text: "–", failing: false };
  }
  if (recording.folder === null) {
    return { text: "Nothing is recorded (SINKS names no file)", failing: false };
  }
  if (recording.failing_since) {
    return {
      text: `Nothing has been written since ${clock(recording.failing_since)}: ${recording.last_failure}`,
      failing: true,
    };
  }
  if (!recording.active) {
    return { text: `Nothing is written to ${recording.folder}: no route reads the sink file`, failing: true };
  }
  return {
    text: recording.since
      ? `${size(recording.bytes)} since ${clock(recording.since)} in ${recording.folder}`
      : `Nothing yet; events go to ${recording.folder}`,
    failing: false,
  };
}

/**
 * A number of bytes that is easy to read.
 * @param {any} bytes
 */
export function size(bytes) {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}
