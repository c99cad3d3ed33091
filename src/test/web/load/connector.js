/**
 * A connector that sends as many events per second as its argument says: as many trades as updates of a book of 200
 * levels, around a price that wanders. It ends with its standard input.
 */
const rate = Number(process.argv[2]);
const TICK = 20;
const LEVELS = 100;
const about = { symbol: "BTCUSDT", category: "linear" };

let seed = 1;
/** The same numbers in each run. */
function random() {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
}

let middle = 830_000; // tenths
let update = 1;
let trade = 0;
const bids = new Map();
const asks = new Map();
const size = () => (random() * 5).toFixed(3);
const price = (tenths) => (tenths / 10).toFixed(2);

function write(lines) {
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** The time of an event in milliseconds, and of its receipt in microseconds. */
function times() {
  const now = performance.timeOrigin + performance.now();
  return { timestamp: Math.floor(now), received_at: Math.round(now * 1_000) };
}

/** What a message needs so that the book reaches from the middle on for LEVELS ticks. */
function changes() {
  const changed = { bids: [], asks: [] };
  const set = (name, side, at, qty) => {
    if (qty === "0") {
      side.delete(at);
    } else {
      side.set(at, qty);
    }
    changed[name].push([price(at), qty]);
  };
  for (const [name, side, inside] of [
    ["bids", bids, (at) => at < middle && at >= middle - LEVELS],
    ["asks", asks, (at) => at > middle && at <= middle + LEVELS],
  ]) {
    [...side.keys()].filter((at) => !inside(at)).forEach((at) => set(name, side, at, "0"));
    for (let i = 1; i <= LEVELS; i++) {
      const at = name === "bids" ? middle - i : middle + i;
      if (!side.has(at) || random() < 0.02) {
        set(name, side, at, size());
      }
    }
  }
  return changed;
}

function depth(snapshot) {
  const previous = update++;
  const ids = snapshot ? { snapshot: true } : { prev_update_id: previous };
  return JSON.stringify({
    type: "depth",
    ...times(),
    ...about,
    ...ids,
    last_update_id: update,
    levels: 200,
    ...changes(),
  });
}

function trades() {
  const buy = random() < 0.5;
  return JSON.stringify({
    type: "trade",
    ...times(),
    ...about,
    price: price(buy ? middle + 1 : middle - 1),
    qty: size(),
    side: buy ? "buy" : "sell",
    id: String(++trade),
  });
}

write([JSON.stringify({ type: "status", status: "connected" }), depth(true)]);
let sent = 0;
const start = performance.now();
setInterval(() => {
  const due = Math.min(rate, Math.floor(((performance.now() - start) / 1_000) * rate) - sent);
  sent += due;
  const lines = [];
  for (let i = 0; i < due; i++) {
    if (random() < 0.02) {
      middle += random() < 0.5 ? 1 : -1;
    }
    lines.push(i % 2 === 0 ? trades() : depth(false));
  }
  if (lines.length > 0) {
    write(lines);
  }
}, TICK);
setInterval(() => write([JSON.stringify({ type: "status", status: "heartbeat" })]), 1_000);
process.stdin.on("end", () => process.exit(0)).resume();
