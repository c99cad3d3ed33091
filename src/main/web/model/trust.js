// @ts-check
import { age, clock, fixed, millis } from "../exact.js";
import { progressText, replayPaused } from "./replay.js";
/** @typedef {import("./state.js").State} State */

/**
 * A statement about the feed in words.
 * @typedef {object} Fact
 * @property {string} id
 * @property {string} label
 * @property {string} value
 * @property {string} note
 * @property {"good"|"warn"|"bad"|"idle"} tone
 */

/** Data older than this is greyed out. */
export const STALE_AFTER = 5_000;

/**
 * Whether what is shown is no longer current, and why.
 * @param {State} state
 * @param {number} now
 * @returns {string} empty if it is current
 */
export function staleness(state, now) {
  if (state.connection.phase !== "open") {
    return "no connection to the program";
  }
  if (state.verdict && !state.verdict.connected) {
    return "the feed is down";
  }
  if (replayPaused(state)) {
    return "the replay is paused";
  }
  return state.eventAt > 0 && now - state.eventAt > STALE_AFTER ? "no new data" : "";
}

/**
 * The banner that nobody can miss, or null for live data.
 * @param {State} state
 * @returns {{kind: string, title: string, text: string}|null}
 */
export function banner(state) {
  if (replayPaused(state)) {
    return {
      kind: "replay",
      title: "Replay paused",
      text: "The recording stands still until it is resumed. Nothing here is happening now; do not trade on it.",
    };
  }
  if (state.health?.replay || state.verdict?.state === "replay") {
    return {
      kind: "replay",
      title: "Replayed data",
      text: "A recording is being played. Nothing here is happening now; do not trade on it.",
    };
  }
  if (state.synthetic) {
    return {
      kind: "synthetic",
      title: "Synthetic data",
      text: "Every price, book and trade on this page comes from a simulated exchange, not from a real market.",
    };
  }
  return null;
}

/**
 * What can be said about the feed, the most important first.
 * @param {State} state
 * @param {number} now
 * @returns {Fact[]}
 */
export function facts(state, now) {
  return [
    feed(state),
    book(state, now),
    lastEvent(state, now),
    lag(state),
    clockOffset(state),
    connector(state, now),
    losses(state),
    failure(state, now),
  ];
}

/** @param {State} state @returns {Fact} */
function feed(state) {
  const head = { id: "feed", label: "Feed" };
  const { phase, attempt, retryAt, reason } = state.connection;
  if (phase === "lost") {
    const wait = Math.max(0, retryAt - performance.now());
    return {
      ...head,
      value: "No connection",
      note: `Attempt ${attempt} in ${age(wait)}${reason ? `: ${reason}` : ""}`,
      tone: "bad",
    };
  }
  if (phase === "connecting" || !state.verdict) {
    return { ...head, value: "Connecting", note: "to the program that serves this page", tone: "idle" };
  }
  if (replayPaused(state)) {
    const note = state.replay ? `Replay at ${progressText(state.replay)}` : state.verdict.reasons?.[0] ?? "";
    return { ...head, value: "Paused", note, tone: "warn" };
  }
  const { connected, fresh, ready, reasons } = state.verdict;
  if (ready) {
    return { ...head, value: "Ready", note: `Connected, fresh${readiness(state)}`, tone: "good" };
  }
  const value = !connected ? "Disconnected" : !fresh ? "No fresh data" : "Not ready";
  return { ...head, value, note: reasons?.[0] ?? state.verdict.state, tone: connected && fresh ? "warn" : "bad" };
}

/** @param {State} state */
function readiness(state) {
  const all = state.health?.instruments ?? [];
  const ready = all.filter((/** @type {any} */ one) => one.ready).length;
  return all.length === 0 ? "" : `, ${ready} of ${all.length} instruments ready`;
}

/** @param {State} state @param {number} now @returns {Fact} */
function book(state, now) {
  const head = { id: "book", label: `Book ${state.selected?.symbol ?? ""}` };
  const down = staleness(state, now);
  if (down && state.book.synced) {
    return replayPaused(state)
      ? { ...head, value: "Paused", note: down, tone: "warn" }
      : { ...head, value: "Not current", note: down, tone: "bad" };
  }
  if (!state.book.synced) {
    return { ...head, value: "Do not use", note: state.book.reason, tone: "bad" };
  }
  const { bids, asks } = state.book.top(1);
  if (bids.length > 0 && asks.length > 0 && bids[0].price >= asks[0].price) {
    return { ...head, value: "Do not use", note: "its best bid is not below its best ask", tone: "bad" };
  }
  return {
    ...head,
    value: "Right",
    note: `In order, ${state.book.updates.toLocaleString("en")} updates since its snapshot`,
    tone: "good",
  };
}

/** @param {State} state @param {number} now @returns {Fact} */
function lastEvent(state, now) {
  const head = { id: "age", label: "Last event" };
  if (state.eventAt === 0) {
    return { ...head, value: "None yet", note: "", tone: "idle" };
  }
  const old = now - state.eventAt;
  return {
    ...head,
    value: old < 1_000 ? "Now" : `${age(old)} ago`,
    note: clock(state.eventAt) + " UTC",
    tone: replayPaused(state) ? "idle" : old > STALE_AFTER ? "bad" : "good",
  };
}

/** @param {State} state @returns {Fact} */
function lag(state) {
  const head = { id: "lag", label: "Lag p50 / p99" };
  const measured = state.source?.lag;
  const p50 = measured?.p50_ms ?? state.lag.percentile(0.5);
  const p99 = measured?.p99_ms ?? state.lag.percentile(0.99);
  if (p50 === null || p99 === null) {
    return { ...head, value: "–", note: "no event could be measured", tone: "idle" };
  }
  return {
    ...head,
    value: `${fixed(p50, Number(p50) < 10 ? 1 : 0)} / ${fixed(p99, Number(p99) < 10 ? 1 : 0)} ms`,
    note: measured ? "exchange to routes, last 60 s" : "exchange to receipt",
    tone: Number(p99) > 2_000 ? "warn" : "good",
  };
}

/** @param {State} state @returns {Fact} */
function clockOffset(state) {
  const measured = state.source?.clock;
  return measured
    ? {
        id: "clock",
        label: "Clock offset",
        value: `${fixed(measured.offset_ms, 1)} ms`,
        note: `± ${fixed(measured.uncertainty_ms, 1)} ms`,
        tone: Math.abs(Number(measured.offset_ms)) > 1_000 ? "warn" : "good",
      }
    : { id: "clock", label: "Clock offset", value: "–", note: "not measured here", tone: "idle" };
}

/** @param {State} state @param {number} now @returns {Fact} */
function connector(state, now) {
  const head = { id: "connector", label: "Connector" };
  const source = state.source;
  if (!source) {
    return { ...head, value: "–", note: "", tone: "idle" };
  }
  if (source.blocked) {
    const { route, step, since } = source.blocked;
    return {
      ...head,
      value: "Blocked",
      note: `for ${age(now - millis(since))} by ${step ?? "a step"} of ${route ?? "a route"}`,
      tone: "bad",
    };
  }
  const { alive, pid } = source.process;
  if (!alive && source.retry) {
    const left = source.retry.next_at === null ? NaN : millis(source.retry.next_at) - now;
    return {
      ...head,
      value: left > 0 ? `Retry in ${age(left)}` : "Starting",
      note: `attempt ${source.retry.attempt} of ${source.retry.of}`,
      tone: "bad",
    };
  }
  if (!alive) {
    return { ...head, value: "Not running", note: source.state, tone: "bad" };
  }
  const restarts = source.today.restarts;
  const note = `pid ${pid}, ${restarts === 0 ? "no restart today" : times(restarts, "restart") + " today"}`;
  return { ...head, value: "Running", note, tone: "good" };
}

/** @param {State} state @returns {Fact} */
function losses(state) {
  const head = { id: "gaps", label: "Gaps today" };
  const today = state.source?.today;
  if (!today) {
    return { ...head, value: "–", note: "", tone: "idle" };
  }
  const repaired = today.repaired_trades;
  return {
    ...head,
    value: today.gaps === 0 ? "None" : String(today.gaps),
    note: repaired === 0 ? "nothing had to be repaired" : `${times(repaired, "missed trade")} fetched`,
    tone: today.gaps > 0 ? "warn" : "good",
  };
}

/** @param {State} state @param {number} now @returns {Fact} */
function failure(state, now) {
  const head = { id: "failure", label: "Last failure" };
  const last = lastFailure(state);
  return last
    ? { ...head, value: `${age(now - last.at)} ago`, note: last.text, tone: "warn" }
    : { ...head, value: "None", note: "since the program started", tone: "good" };
}

/**
 * What failed last, or null.
 * @param {State} state
 * @returns {{at: number, text: string}|null}
 */
export function lastFailure(state) {
  const end = state.restarts?.restarts.at(-1);
  const ended = end ? { at: millis(end.ended_at), text: `Connector: ${end.reason}` } : null;
  const letter = state.deadLetters?.letters.at(-1);
  const refused = letter ? { at: millis(letter.at), text: `Unusable line: ${letter.reason}` } : null;
  const seen = state.incidents
    .all()
    .filter((one) => one.kind === "gap" || one.kind === "error")
    .at(-1);
  return (
    [ended, refused, seen ?? null]
      .filter((one) => one !== null)
      .sort((a, b) => a.at - b.at)
      .at(-1) ?? null
  );
}

/**
 * @param {number} count
 * @param {string} what
 */
function times(count, what) {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
