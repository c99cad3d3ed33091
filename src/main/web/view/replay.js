// @ts-check
import { send } from "../api.js";
import { html } from "../html.js";
import { SPEEDS, played, progressText } from "../model/replay.js";
/** @typedef {import("../model/state.js").State} State */

/**
 * The controls of a replay: pause, resume, a single step, the speed, and how far it is.
 * @param {State} state
 * @param {() => void} request draws again
 * @returns {() => any} the controls; nothing if no recording is played
 */
export function replayControls(state, request) {
  let busy = false;
  let problem = "";

  const again = () => {
    state.touch("operations");
    request();
  };

  /** @param {string} path @param {object} [body] */
  async function command(path, body) {
    if (busy) {
      return;
    }
    busy = true;
    problem = "";
    again();
    try {
      // The stream has the state too: its newer message may be here before the response.
      await send("POST", path, body);
    } catch (e) {
      problem = /** @type {Error} */ (e).message;
    }
    busy = false;
    again();
  }

  return () => {
    const replay = state.replay;
    if (!replay) {
      return null;
    }
    const paused = replay.state === "paused";
    const ended = replay.state === "ended";
    const share = played(replay);
    // A disabled button would lose the focus of the keyboard while the program answers.
    return html`<div class="replay" id="replay" role="group" aria-label="Replay" data-state=${replay.state}>
        <button type="button" id="replay-toggle" class="primary" disabled=${ended} aria-disabled=${busy}
          onClick=${() => command(paused ? "/replay/resume" : "/replay/pause")}>${paused ? "Resume" : "Pause"}</button>
        <button type="button" id="replay-step" disabled=${ended || !paused} aria-disabled=${busy}
          title="Play the next event" onClick=${() => command("/replay/step")}>Step</button>
        <div class="segments" role="group" aria-label="Speed of the replay">
          ${SPEEDS.map(
            ({ speed, label }) => html`<button type="button" key=${speed} disabled=${ended} aria-disabled=${busy}
              aria-pressed=${replay.speed === speed} onClick=${() => command("/replay/speed", { speed })}
              >${label}</button>`,
          )}
        </div>
        <div class="replay-progress">
          <progress aria-label="Part of the recording that has been played" max="1" value=${share ?? 0}
            hidden=${share === null}></progress>
          <span id="replay-time"><b>${STATES[replay.state] ?? replay.state}</b> ${progressText(replay)}</span>
        </div>
        <p class="replay-problem bad-text" role="alert" hidden=${!problem}>${problem}</p>
      </div>`;
  };
}

/** @type {Record<string, string>} */
const STATES = { waiting: "Waiting", playing: "Playing", paused: "Paused", ended: "Ended" };
