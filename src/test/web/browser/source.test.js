import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Dashboard, launch } from "./page.js";
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
    const lines = [JSON.stringify({ ...block, block_trade: true }), JSON.stringify(resync), "no JSON at all", ""];
    writeFileSync(join(program.folder, "more"), lines.join("\n"));

    await dashboard.shows(page.locator("#tape-rows tr.block"), /block/);
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
      const rows = (await page.locator("#tape-rows tr:visible").allInnerTexts()).map((text) => text.trim().split(/\s+/));
      return rows.map(([time, , qty]) => `${time} ${qty}`).reverse().join() === trades.join();
    });
    await dashboard.close();
  } finally {
    await program.stop();
  }
});

test("a replay is called one, and shows how far it is", async () => {
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
    await dashboard.screenshot("replay");
    await dashboard.close();
  } finally {
    await program.stop();
  }
});

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
    await page.locator("body.stale").waitFor();

    again = await Program.start({ SYMBOL: "BTCUSDT", HTTP_PORT: String(program.port) });
    await dashboard.live();
    await dashboard.close(/console: WebSocket connection to|ERR_CONNECTION_REFUSED/);
  } finally {
    await again?.stop();
  }
});
