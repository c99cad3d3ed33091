import { fileURLToPath } from "node:url";
import { DESKTOP, Dashboard, launch } from "./browser/page.js";
import { Program } from "./browser/program.js";

const MINUTES = Number(process.env.MINUTES ?? 2);
const RATE = process.env.RATE ?? "1000";
const PROFILE = process.env.PROFILE === "1";
const EVERY = 10;
const HASH = process.env.HASH ?? "#bybit:linear:BTCUSDT/1s";

/** Counts frames and messages in the page. */
function count() {
  const counts = { frames: 0, messages: 0, longest: 0, last: performance.now() };
  globalThis.counts = counts;
  const frame = (now) => {
    counts.frames++;
    counts.longest = Math.max(counts.longest, now - counts.last);
    counts.last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const Socket = globalThis.WebSocket;
  globalThis.WebSocket = class extends Socket {
    constructor(...values) {
      super(...values);
      this.addEventListener("message", () => counts.messages++);
    }
  };
}

function take() {
  const { frames, messages, longest } = globalThis.counts;
  Object.assign(globalThis.counts, { frames: 0, messages: 0, longest: 0 });
  return { frames, messages, longest, at: performance.now() };
}

/** The functions with the most time of their own. */
function print({ nodes, samples, timeDeltas }) {
  const own = new Map();
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      `${functionName || "(anonymous)"} ${url.replace(/^.*\/web\//, "")}:${lineNumber + 1}`,
    ]),
  );
  samples.forEach((id, i) => own.set(names.get(id), (own.get(names.get(id)) ?? 0) + timeDeltas[i]));
  const total = timeDeltas.reduce((sum, one) => sum + one, 0);
  [...own.entries()]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 30)
    .forEach(([name, micros]) => console.log(`${((micros / total) * 100).toFixed(1).padStart(6)} %  ${name}`));
}

const connector = fileURLToPath(new URL("load/connector.js", import.meta.url));
const program = await Program.start({
  SYMBOL: "BTCUSDT",
  DATA_SOURCE: "bybit_connector",
  CONNECTOR_COMMAND: `'${process.execPath}' '${connector}' ${RATE}`,
  ...(process.env.HTTP_PORT ? { HTTP_PORT: process.env.HTTP_PORT } : {}),
});
const browser = await launch();
try {
  const context = await browser.newContext(DESKTOP);
  const page = await context.newPage();
  await page.addInitScript(count);
  const dashboard = new Dashboard(page, program.url);
  await page.goto(`${program.url}/${HASH}`);
  await dashboard.shows(dashboard.fact("book"), /^Right$/);
  const tools = await context.newCDPSession(page);
  await tools.send("Performance.enable");
  await tools.send("Profiler.enable");
  if (PROFILE) {
    await tools.send("Profiler.start");
  }
  console.log("time  frames/s  longest ms  messages/s  heap MB  busy %  script %  style %  layout %");
  const WORK = ["TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];
  let before = await page.evaluate(take);
  let done = WORK.map(() => 0);
  for (let seconds = EVERY; seconds <= MINUTES * 60; seconds += EVERY) {
    await page.waitForTimeout(EVERY * 1_000);
    const now = await page.evaluate(take);
    const span = (now.at - before.at) / 1_000;
    before = now;
    await tools.send("HeapProfiler.collectGarbage");
    const metrics = new Map((await tools.send("Performance.getMetrics")).metrics.map((one) => [one.name, one.value]));
    const work = WORK.map((name) => metrics.get(name));
    const shares = work.map((seconds, i) => ((seconds - done[i]) / span) * 100);
    done = work;
    console.log(
      [
        `${seconds} s`.padEnd(6),
        (now.frames / span).toFixed(1).padStart(7),
        now.longest.toFixed(0).padStart(11),
        (now.messages / span).toFixed(0).padStart(11),
        (metrics.get("JSHeapUsedSize") / 1e6).toFixed(1).padStart(8),
        ...shares.map((share) => share.toFixed(1).padStart(8)),
      ].join(" "),
    );
  }
  if (PROFILE) {
    print((await tools.send("Profiler.stop")).profile);
  }
  await dashboard.close();
} finally {
  await browser.close();
  await program.stop();
}
