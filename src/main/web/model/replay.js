// @ts-check
/** @typedef {import("./state.js").State} State */

/** The speeds that can be chosen, as the program names them. */
export const SPEEDS = [
  { speed: "1", label: "1×" },
  { speed: "10", label: "10×" },
  { speed: "100", label: "100×" },
  { speed: "max", label: "Max" },
];

/**
 * Whether a recording is being replayed and is paused: what is shown stands still on purpose.
 * @param {State} state
 */
export function replayPaused(state) {
  return state.replay ? state.replay.state === "paused" : state.verdict?.state === "paused";
}

/**
 * The part of the recording that has been played, 0 to 1; null if it is not known.
 * @param {any} replay
 * @returns {number|null}
 */
export function played(replay) {
  const share = replay.share === null || replay.share === undefined ? NaN : Number(replay.share);
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : null;
}

/**
 * How far the replay is, in words and recorded time.
 * @param {any} replay
 */
export function progressText(replay) {
  const share = played(replay);
  const at = replay.position ? moment(replay.position) : "not begun";
  const until = replay.end ? ` of ${moment(replay.end, replay.position)}` : "";
  return `${at}${until}${share === null ? "" : ` · ${Math.floor(share * 100)} %`}`;
}

/**
 * A recorded time without the day that was just named.
 * @param {string} time ISO-8601 in UTC
 * @param {string|null} [before] the time before it
 */
function moment(time, before) {
  const [day, clock] = time.split("T");
  const seconds = clock.replace(/(\.\d+)?Z$/, "");
  return before?.startsWith(`${day}T`) ? seconds : `${day} ${seconds}`;
}
