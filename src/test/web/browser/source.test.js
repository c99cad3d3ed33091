import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Dashboard, PHONE, launch } from "./page.js";
import { Program, until } from "./program.js";

/** A connector that sends a book and a trade, then a trade each second, and what the test writes into its file. */
const CONNECTOR = `
trade() {
  printf '{"type":"trade","timestamp":%s000,"symbol":"BTCUSDT","category":"linear","price":"100.50","qty":"0.1",' \
    "$(date +%s)"
  printf '"side":"buy","id":"%s"}\\n' "$1"
}
echo '{"type":"status","status":"connected"}'
printf '{"type":"depth","timestamp":%s000,"symbol":"BTCUSDT","category":"linear",' "$(date +%s)"
echo '"snapshot":true,"last_update_id":1,"levels":50,"bids":[["100.40","2"]],"asks":[["100.60","3"]]}'
id=1
while true; do
  trade "$id"
  id=$((id + 1))
  if [ -f more ]; then cat more; rm more; fi
  if read -t 1 -r command; then :; elif [ $? -le 128 ]; then exit 0; fi
done
`;

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

test("data of a real exchange has no banner, a stale book is not to be used, a block trade is marked", async () => {
  const program = await Program.start(
    { SYMBOL: "BTCUSDT", DATA_SOURCE: "bybit_connector", CONNECTOR_COMMAND: "bash connector.sh" },
    { "connector.sh": CONNECTOR },
  );
  try {
    const dashboard = await Dashboard.open(browser, program);
    const { page } = dashboard;
    await dashboard.shows(dashboard.fact("book"), /^Right$/);
    assert.equal(await page.locator("#banner").isVisible(), false);
    assert.equal(await page.locator("#ladder-bids tr").first().locator("td").nth(1).innerText(), "100.40");

    const order = { side: "buy", type: "limit", qty: "0.1", price: "100.40" };
    assert.equal((await program.post("/strategy/orders", order)).status, "open");
    await dashboard.shows(page.locator("#ladder-bids tr.mine"), /100\.40/);

    const about = { symbol: "BTCUSDT", category: "linear" };
    const block = {
      type: "trade",
      timestamp: Date.now(),
      ...about,
      price: "100.50",
      qty: "7.5",
      side: "sell",
      id: "b1",
    };
    const resync = { type: "status", status: "resyncing", ...about, channel: "depth", reason: "an update is missing" };
    // The block trade is the last one, but a late one is no last price.
    const late = { ...block, timestamp: Date.now() - 30_000, price: "999.50", qty: "0.3", id: "l1" };
    const lines = [
      ...[late, { ...block, block_trade: true }, resync].map((line) => JSON.stringify(line)),
      ...["no JSON at all", ""],
    ];
    writeFileSync(join(program.folder, "more"), lines.join("\n"));

    await dashboard.shows(page.locator("#tape-rows tr.block"), /block/);
    await dashboard.shows(page.locator("#tape-rows tr.late"), /999\.50.*late/s);
    assert.equal(await page.locator("#last-price").innerText(), "100.50");
    await dashboard.shows(dashboard.fact("book"), /Do not use/);
    await page.locator("#ladder.unusable").waitFor();
    await dashboard.shows(page.locator("#ladder-reason"), /Do not use this book/);
    await page.getByRole("tab", { name: /Dead letters/ }).click();
    await dashboard.shows(page.locator("#operations"), /no JSON at all/);
    await dashboard.shows(dashboard.fact("failure"), /ago/);
    await dashboard.assertAccessible();
    await dashboard.screenshot("stale-book");

    // What came before the page was opened, each trade once and in order.
    await page.reload();
    await dashboard.shows(page.locator("#tape-rows tr.block"), /7\.5.*block/s);
    await until("the tape is what the program has", async () => {
      const trades = (await program.trades()).slice(-60).map((trade) => `${trade.ts.slice(11, 19)} ${trade.qty}`);
      const texts = await page.locator("#tape-rows tr:visible").allInnerTexts();
      const rows = texts.map((text) => text.trim().split(/\s+/));
      return rows.map(([time, , qty]) => `${time} ${qty}`).reverse().join() === trades.join();
    });
    await dashboard.close();
  } finally {
    await program.stop();
  }
});

test("a replay is called one, and is paused, resumed and played at another speed", async () => {
  const start = Date.parse("2026-11-20T10:00:00Z");
  const event = (type, at, more) =>
    JSON.stringify({ type, timestamp: at, received_at: at * 1_000, symbol: "BTCUSDT", category: "linear", ...more });
  const lines = [
    '{"type":"status","status":"connected"}',
    event("depth", start, {
      snapshot: true,
      last_update_id: 1,
      levels: 50,
      bids: [["100.4", "2"]],
      asks: [["100.6", "3"]],
    }),
  ];
  for (let i = 0; i < 3_600; i++) {
    lines.push(event("trade", start + i * 1_000, { price: "100.5", qty: "0.1", side: "buy", id: String(i) }));
  }
  const program = await Program.start(
    { SYMBOL: "BTCUSDT", DATA_SOURCE: "replay", REPLAY_FILE: "day.ndjson", REPLAY_SPEED: "2" },
    { "day.ndjson": `${lines.join("\n")}\n` },
  );
  try {
    const dashboard = await Dashboard.open(browser, program);
    const { page } = dashboard;

    await dashboard.shows(page.locator("#banner"), /replayed data/i);
    await page.locator("#tape-rows tr:visible").nth(3).waitFor();
    await page.getByRole("tab", { name: "Replay" }).click();
    await dashboard.shows(page.locator("#operations"), /playing, speed 2/);
    await dashboard.shows(page.locator("#operations"), /day\.ndjson/);
    await pausedAndResumed(dashboard, program);
    await fitsAPhone(program);
    await playedFaster(dashboard);
    await dashboard.close();
  } finally {
    await program.stop();
  }
});

/** With the keyboard alone. */
async function pausedAndResumed(dashboard, program) {
  const { page } = dashboard;
  const newest = page.locator("#tape-rows tr:visible").first().locator("td").first();
  const toggle = page.locator("#replay-toggle");
  await toggle.focus();
  await page.keyboard.press("Enter");

  await dashboard.shows(dashboard.fact("feed"), /^Paused$/);
  await dashboard.shows(page.locator("#banner"), /replay paused/i);
  await dashboard.shows(toggle, /^Resume$/);
  await dashboard.shows(page.locator("#stale-age"), /the replay is paused/);
  await dashboard.shows(page.locator("#replay-time"), /Paused 2026-11-20 10:00:\d\d of 10:59:59 · 0 %/);
  await dashboard.shows(dashboard.fact("age"), /^[1-5]\.\d s ago$/);
  const stopped = await newest.innerText();
  await dashboard.shows(dashboard.fact("age"), /^([6-9]|\d\d+)(\.\d)? s ago$/);
  assert.equal(await newest.innerText(), stopped);
  const { connector } = await program.health();
  assert.equal(connector.state, "paused");
  assert.equal(connector.ready, false);
  assert.match(connector.reasons[0], /^the replay is paused at 2026-11-20T10:00:/);
  await dashboard.assertAccessible();
  await dashboard.screenshot("replay");

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => document.querySelector("#tape-rows td")?.textContent !== before, stopped);
  await dashboard.shows(dashboard.fact("feed"), /^Paused$/);

  await toggle.focus();
  await page.keyboard.press("Enter");
  await dashboard.shows(page.locator("#replay-time"), /Playing/);
  await dashboard.shows(dashboard.fact("feed"), /^Ready$/);
  await dashboard.shows(page.locator("#banner"), /replayed data/i);
}

async function fitsAPhone(program) {
  const phone = await Dashboard.open(browser, program, PHONE);
  await phone.page.locator("#replay").waitFor();
  assert.equal(await phone.overflow(), 0);
  await phone.close();
}

/** At twice the recorded speed a minute of the recording takes 30 s, at a hundred times as fast 0.6 s. */
async function playedFaster(dashboard) {
  const { page } = dashboard;
  const speed = (name) => page.locator("#replay").getByRole("button", { name });
  await speed("100×").click();
  await page.locator('#replay button[aria-pressed="true"]', { hasText: "100×" }).waitFor();
  await dashboard.shows(page.locator("#replay-time"), /10:[1-5]\d:\d\d of/);

  await speed("Max").click();
  await dashboard.shows(page.locator("#replay-time"), /Ended 2026-11-20 10:59:59 of 10:59:59 · 100 %/);
  assert.equal(await page.locator("#replay-toggle").isDisabled(), true);
}

test("a page whose program has ended says so, and recovers when it is back", async () => {
  const program = await Program.start({ SYMBOL: "BTCUSDT" });
  let again;
  try {
    const dashboard = await Dashboard.open(browser, program);
    const { page } = dashboard;
    await dashboard.live();

    await program.stop();
    await dashboard.shows(dashboard.fact("feed"), /No connection/);
    await dashboard.shows(dashboard.note("feed"), /Attempt \d+ in/);
    await page.locator("body.stale.cut").waitFor();
    await dashboard.shows(page.locator("#stale-age"), /no connection to the program: \d.* old/);
    // The last health before the end may already say that the connector has ended.
    await dashboard.shows(dashboard.note("connector"), /^Last known: \S/);
    assert.equal(await page.locator('.fact[data-tone="good"]').count(), 0);
    await dashboard.assertAccessible();
    await dashboard.screenshot("no-connection", { fullPage: true });
    await page.evaluate(() => (globalThis.before = true));

    again = await Program.start({ SYMBOL: "BTCUSDT", HTTP_PORT: String(program.port) });
    await page.waitForFunction(() => !globalThis.before);
    await dashboard.live();
    await dashboard.close(/console: WebSocket connection to|ERR_CONNECTION_REFUSED/);
  } finally {
    await again?.stop();
  }
});
