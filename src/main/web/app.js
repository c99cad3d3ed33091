// @ts-check
import { element, html, render, setText } from "./html.js";
import { Frames } from "./frames.js";
import { grouped } from "./exact.js";
import { partsOf, readLink, writeLink } from "./link.js";
import { Messages } from "./messages.js";
import { changeOf } from "./model/day.js";
import { State } from "./model/state.js";
import { isTimeframe, ofSeconds, timeframes } from "./model/timeframes.js";
import { DayCoverage, loadTrades } from "./past.js";
import { leaveIfUnknown, showSession } from "./session.js";
import { Stream, nameOf } from "./stream.js";
import { followTheme } from "./theme.js";
import { accountView } from "./view/account.js";
import { chartViews } from "./view/chart.js";
import { showShortcuts, toast } from "./view/dialog.js";
import { heatView } from "./view/heat.js";
import { ladderView } from "./view/ladder.js";
import { operationsView } from "./view/operations.js";
import { openSearch } from "./view/search.js";
import { tapeView } from "./view/tape.js";
import { trustView } from "./view/trust.js";
/** @typedef {import("./model/state.js").Instrument} Instrument */

const STATES = [
  ...["signals", "health", "strategies", "paper", "restarts", "routes", "dead-letters", "sinks"],
  ...["recording", "replay"],
];
const PAST_CANDLES = 1_440;
const TICK = 250;

const state = new State();
const frames = new Frames(state);
const request = () => frames.request();
/** The start of the program that this page has the data of; empty until it is known. */
let startedAt = "";
/** The name by which the selected instrument is subscribed: it may get a longer one. */
let followed = "";
/** The instrument before the selected one. @type {Instrument|null} */
let previous = null;
const link = isPanel(location.hash) ? readLink("") : readLink(location.hash);
if (isTimeframe(link.timeframe)) {
  state.setTimeframe(link.timeframe);
}

const messages = new Messages(
  state,
  () => subscribe("depth"),
  () => loadTrades(state).then(request),
  refused,
);
const address = new URL("/ws/stream?channels=status", location.href);
address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
const stream = new Stream(address.href, {
  message(message) {
    messages.apply(message);
    reloadAfterARestart();
    if (!state.selected && state.health && state.instruments.size > 0) {
      choose(initial());
    }
    request();
  },
  state(connection) {
    const lost = connection.phase === "lost" && state.connection.phase === "open";
    state.connection = connection;
    if (connection.phase === "open") {
      state.connected();
    } else {
      state.book.stale("no connection to the program");
    }
    if (connection.phase === "lost") {
      leaveIfUnknown();
    }
    if (lost) {
      const reason = connection.reason && `: ${connection.reason}`;
      state.incident("connection", `The connection to the program was lost${reason}`);
    }
    state.touch("connection", "book");
    request();
  },
});

/** What the page has is of another run then, such as synthetic candles before real ones, and so may be the page. */
function reloadAfterARestart() {
  const at = state.health?.started_at ?? "";
  if (startedAt && at && at !== startedAt) {
    location.reload();
  }
  startedAt = at || startedAt;
}

/** The instrument of the address, or the first. */
function initial() {
  return named(link.symbol) ?? [...state.instruments.values()][0];
}

/**
 * The instrument of a name. One that is not known yet may be beyond those that health names: the program knows.
 * @param {string} name
 * @returns {Instrument|undefined} undefined without a name
 */
function named(name) {
  const wanted = name.toLowerCase();
  const known = [...state.instruments.values()].find(
    (one) => one.key.toLowerCase() === wanted || one.key.toLowerCase().endsWith(`:${wanted}`),
  );
  return known ?? (name ? state.instrument(partsOf(name)) : undefined);
}

/**
 * The program refuses a subscription, such as that of an instrument that it does not have.
 * @param {string} id
 * @param {string} reason
 */
function refused(id, reason) {
  if (state.selected && id === nameOf({ channel: "trades", symbol: followed })) {
    toast(reason, true);
    state.forget(state.selected);
    const known = [...state.instruments.values()];
    const other = previous && known.includes(previous) ? previous : known[0];
    if (other) {
      choose(other);
    }
    previous = null; // the refused one is never chosen again
  } else if (id && !id.includes(" ")) {
    // What else an instrument lacks is either said by this refusal, or is not needed, such as candles of seconds.
    state.incident("error", `a request of this page was refused: ${reason}`);
  }
}

/** Whether the address names a part of the page. @param {string} hash */
function isPanel(hash) {
  return hash.length > 1 && document.getElementById(hash.slice(1)) !== null;
}

/** @param {Instrument} instrument */
function choose(instrument) {
  for (const channel of marketChannels()) {
    if (state.selected) {
      stream.unsubscribe(channel, followed);
    }
  }
  previous = state.selected;
  state.select(instrument);
  followed = instrument.key;
  for (const channel of marketChannels()) {
    subscribe(channel);
  }
  describe();
}

/** Candles of all timeframes are made of those of minutes, and shorter ones of seconds. */
function marketChannels() {
  const candles = ofSeconds(state.timeframe) ? ["candles.1m", "candles.1s"] : ["candles.1m"];
  return ["trades", "depth", "context", "profile", ...candles];
}

/** @param {string} channel */
function subscribe(channel) {
  if (state.selected) {
    const past = channel.startsWith("candles") ? { history: PAST_CANDLES } : undefined;
    stream.subscribe(channel, followed, past);
  }
}

/** @param {string} timeframe */
function setTimeframe(timeframe) {
  if (timeframe === state.timeframe || !isTimeframe(timeframe)) {
    return;
  }
  const before = marketChannels();
  state.setTimeframe(timeframe);
  const after = marketChannels();
  before
    .filter((channel) => state.selected && !after.includes(channel))
    .forEach((channel) => stream.unsubscribe(channel, followed));
  after.filter((channel) => !before.includes(channel)).forEach(subscribe);
  describe();
  request();
}

/** The address, so that it can be copied; the title, so that a tab is found. */
function describe() {
  if (state.selected) {
    history.replaceState(null, "", writeLink(state.selected.key, state.timeframe));
  }
}

/** @type {import("./frames.js").View} */
const head = {
  parts: ["trades", "instruments", "view", "feed"],
  interval: 150,
  draw() {
    const one = state.selected;
    const price = one?.price;
    setText(element("pick-symbol"), one?.symbol ?? "…");
    const status = state.conditionOf(one)?.trading_status;
    const shown = status && status.toLowerCase() !== "trading" ? status : "";
    setText(element("pick-venue"), [one?.venue, one?.category, shown].filter(Boolean).join(" · "));
    setText(element("last-price"), grouped(price));
    const change = changeOf(state);
    const place = element("last-change");
    setText(place, change.text);
    const kind = change.sign > 0 ? "good-text" : change.sign < 0 ? "bad-text" : "";
    if (place.className !== kind) {
      place.className = kind;
    }
    setText(element("foot-version"), state.health ? `Version ${state.health.version}` : "");
  },
};

/** Seldom: the browser draws it on its own. @type {import("./frames.js").View} */
const title = {
  parts: ["trades", "instruments", "view"],
  interval: 1_000,
  draw() {
    const one = state.selected;
    const text = one ? `${grouped(one.price)} ${one.symbol} · Live feed` : "Live feed";
    if (document.title !== text) {
      document.title = text;
    }
  },
};

/** @type {import("./frames.js").View} */
const choice = {
  parts: ["view"],
  interval: 0,
  draw() {
    render(
      timeframes(state).map(
        (timeframe) => html`<button type="button" key=${timeframe} aria-pressed=${timeframe === state.timeframe}
          onClick=${() => setTimeframe(timeframe)}>${timeframe}</button>`,
      ),
      element("timeframes"),
    );
  },
};

const coverage = new DayCoverage(state);
const chart = chartViews(state);
const heat = heatView(state);
const tape = tapeView(state);
const account = accountView(state, request);
const market = [head, title, choice, trustView(state), tape, ladderView(state), heat];
[...market, account, operationsView(state, request)].forEach((view) => frames.add(view));
chart.views.forEach((view) => frames.add(/** @type {import("./frames.js").View} */ (view)));
const toggleTheme = followTheme(() => {
  chart.paint();
  heat.paint();
  request();
});

/** Meanwhile the prices of all instruments are needed. */
function search() {
  stream.subscribe("trades");
  openSearch(state, choose, () => {
    stream.unsubscribe("trades");
    subscribe("trades");
  });
}

element("pick").addEventListener("click", search);
element("theme").addEventListener("click", toggleTheme);
element("help").addEventListener("click", showShortcuts);
element("tape-size").addEventListener("input", (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const least = Number(input.value);
  const valid = Number.isFinite(least) && least >= 0;
  input.setAttribute("aria-invalid", String(!valid));
  input.title = valid ? "" : "A size is a number such as 0.5; all trades are shown";
  tape.atLeast(valid ? least : 0);
  request();
});

/** @type {Record<string, () => void>} */
const KEYS = {
  "/": search,
  "?": showShortcuts,
  d: toggleTheme,
  b: () => account.open("buy"),
  s: () => account.open("sell"),
  p: () => account.pause(),
  r: () => stream.retry(),
  "[": () => step(-1),
  "]": () => step(1),
};

/** @param {number} by */
function step(by) {
  const all = timeframes(state);
  const next = all[all.indexOf(state.timeframe) + by];
  if (next) {
    setTimeframe(next);
  }
}

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const typing = target.closest("input, select, textarea, dialog");
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (typing || (modified && !event.getModifierState("AltGraph"))) {
    return; // some keyboards have brackets with AltGr only
  }
  const digit = /^[1-9]$/.test(event.key) ? timeframes(state)[Number(event.key) - 1] : undefined;
  if (digit) {
    setTimeframe(digit);
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

window.addEventListener("hashchange", () => {
  const wanted = isPanel(location.hash) ? readLink("") : readLink(location.hash);
  const found = named(wanted.symbol);
  if (found && found !== state.selected) {
    choose(found);
  }
  if (wanted.timeframe) {
    setTimeframe(wanted.timeframe);
  }
  describe(); // a jump to a panel has replaced it
});

setInterval(() => {
  if (state.heat.sample(state.book, state.now())) {
    state.touch("book");
  }
  coverage.check(performance.now())?.then(request);
  frames.tick();
}, TICK);

showSession();
STATES.forEach((channel) => stream.subscribe(channel));
stream.open();
