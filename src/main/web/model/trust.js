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
/** So long it is said that the page was too slow, in milliseconds. */
const LOSS_SHOWN = 60_000;
/** What is lost within this time of the end of a process is its consequence, in milliseconds. */
const CONSEQUENCE = 3_000;
/** What can be called a failure; the other incidents are repairs, and losses of this page alone. */
const FAILURES = ["gap", "error", "disconnected", "exhausted", "connection"];
/** What the page knows by itself, not from the program. */
const OWN = ["feed", "book", "age"];

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
  if (state.ownVerdict && !state.ownVerdict.connected) {
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
  const sources = state.health?.sources ?? [];
  const unreal = sources.filter((/** @type {any} */ one) => one.replay || one.synthetic);
  if (unreal.length > 0 && !unreal.includes(state.source)) {
    const venues = unreal.map((/** @type {any} */ one) => one.venue).join(", ");
    return {
      kind: "mixed",
      title: "Partly synthetic",
      text: `Data of ${venues} is not that of a real market. That of ${state.selected?.symbol ?? "this one"} is.`,
    };
  }
  if (state.replaying || state.verdict?.state === "replay") {
    return {
      kind: "replay",
      title: "Replayed data",
      text: "A recording is being played. Nothing here is happening now; do not trade on it.",
    };
  }
  if (state.ownVerdict?.synthetic) {
    return {
      kind: "synthetic",
      title: "Synthetic data",
      text:
        unreal.length === sources.length
          ? "Every price, book and trade on this page comes from a simulated exchange, not from a real market."
          : `Prices, book and trades of ${state.source.venue} come from a simulated exchange, not from a real market.`,
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
  const all = [
    feed(state),
    book(state, now),
    lastEvent(state, now),
    lag(state),
    clockOffset(state),
    connector(state, now),
    losses(state),
    failure(state, now),
  ];
  return state.connection.phase === "open" ? all : all.map(lastKnown);
}

/**
 * Without a connection nothing is known to be as it was; that something failed stays true.
 * @param {Fact} fact
 * @returns {Fact}
 */
function lastKnown(fact) {
  if (OWN.includes(fact.id) || fact.value === "–" || (fact.id === "failure" && fact.tone === "warn")) {
    return fact;
  }
  return { ...fact, note: `Last known: ${fact.note || fact.value}`, tone: "idle" };
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
  const own = state.conditionOf(state.selected);
  if (ready && own && !own.ready) {
    const why = own.reasons[0] ?? own.book_reason ?? "no reason is known";
    return { ...head, value: "Not ready", note: `${own.symbol}: ${why}${readiness(state)}`, tone: "warn" };
  }
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
  if (state.book.fault) {
    return { ...head, value: "Do not use", note: state.book.fault, tone: "bad" };
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
  const open = state.connection.phase === "open";
  return {
    ...head,
    value: old < 1_000 ? "Now" : `${age(old)} ago`,
    note: clock(state.eventAt) + " UTC",
    tone: replayPaused(state) ? "idle" : old > STALE_AFTER ? "bad" : open ? "good" : "idle",
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
      note: source.retry.attempt === 0 ? "next round" : `attempt ${source.retry.attempt} of ${source.retry.of}`,
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
  if (last) {
    return { ...head, value: `${age(now - last.at)} ago`, note: last.text, tone: "warn" };
  }
  if (!state.restarts || !state.deadLetters) {
    return { ...head, value: "–", note: "", tone: "idle" };
  }
  const before = (state.health?.sources ?? []).flatMap((/** @type {any} */ { today }) => [
    ...(today.disconnects > 0 ? [times(today.disconnects, "disconnect")] : []),
    ...(today.gaps > 0 ? [times(today.gaps, "gap")] : []),
  ]);
  return before.length > 0
    ? { ...head, value: "Earlier today", note: `${before.join(", ")} before this page was opened`, tone: "warn" }
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
  const refused = letter ? { at: millis(letter.at), text: letterText(letter) } : null;
  const seen = state.incidents
    .all()
    .filter((one) => FAILURES.includes(one.kind) && !(one.kind === "disconnected" && follows(one, ended)))
    .at(-1);
  return (
    [ended, refused, seen ?? null, ...outputFailures(state)]
      .filter((one) => one !== null)
      .sort((a, b) => a.at - b.at)
      .at(-1) ?? null
  );
}

/**
 * Whether the exchange was lost because the connector process ended.
 * @param {{at: number}} one
 * @param {{at: number}|null} end
 */
function follows(one, end) {
  return end !== null && Math.abs(one.at - end.at) < CONSEQUENCE;
}

/** A line that could not be used, or a step of a route that failed for an event. @param {any} letter */
function letterText(letter) {
  return letter.reason === "step-failed"
    ? `A step of a route failed: ${letter.message ?? "no reason is known"}`
    : `Unusable line: ${letter.reason}`;
}

/** Sinks and queues of routes that fail at the moment. @param {State} state @returns {{at: number, text: string}[]} */
function outputFailures(state) {
  return Object.entries({ ...state.sinks?.queues, ...state.sinks?.sinks })
    .filter(([, one]) => one.failing_since)
    .map(([name, one]) => ({ at: millis(one.failing_since), text: `Sink ${name}: ${one.last_failure}` }));
}

/**
 * What needs attention beyond the first row, the most important first.
 * @param {State} state
 * @param {number} now
 * @returns {string[]}
 */
export function warnings(state, now) {
  const { count, at } = state.lost;
  const slow =
    count > 0 && now - at < LOSS_SHOWN
      ? [`This page was too slow for ${times(count, "message")}: a candle may lack trades until it closes`]
      : [];
  return [
    ...(state.verdict?.ready ? [] : (state.verdict?.reasons ?? []).slice(1)),
    ...(state.health?.alarms ?? []),
    ...slow,
  ];
}

/**
 * @param {number} count
 * @param {string} what
 */
function times(count, what) {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
