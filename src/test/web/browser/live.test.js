import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, Dashboard, PHONE, launch } from "./page.js";
import { Program, until } from "./program.js";

let program;
let browser;

before(async () => {
  program = await Program.start({ SYMBOL: "BTCUSDT,ETHUSDT" });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

test("the page starts, says that its data is synthetic, and is updated", async () => {
  const dashboard = await Dashboard.open(browser, program);
  const { page } = dashboard;

  await dashboard.live();
  await dashboard.shows(page.locator("#banner"), /synthetic data/i);
  assert.equal(await page.locator("#pick-symbol").innerText(), "BTCUSDT");
  const first = await page.locator("#tape-rows tr").first().innerText();
  await until("the tape moves", async () => (await page.locator("#tape-rows tr").first().innerText()) !== first);
  assert.match(await page.locator("#ladder-bids tr").first().innerText(), /\d\d,\d{3}\.\d{2}/);
  await page.locator("#chart canvas").first().waitFor();
  await dashboard.shows(dashboard.fact("failure"), /None/);
  assert.deepEqual(await dashboard.cutTexts(), []);
  await dashboard.assertAccessible();
  await dashboard.screenshot("desktop-dark", { fullPage: true });
  await dashboard.close();
});

test("a killed connector is shown with its exit status, data is greyed out, and the page recovers", async () => {
  const dashboard = await Dashboard.open(browser, program);
  const { page } = dashboard;
  await dashboard.live();

  const pid = await program.killConnector();

  await page.locator("body.stale").waitFor();
  await dashboard.shows(dashboard.fact("book"), /Do not use|Not current/);
  await dashboard.shows(page.locator("#stale-age"), /\d s old/);
  await dashboard.screenshot("connector-killed", { fullPage: true });
  await page.locator("body:not(.stale)").waitFor();
  await dashboard.live();
  await dashboard.shows(dashboard.note("failure"), /137/);
  await dashboard.shows(page.locator("#operations"), /137/);
  await until(
    "another process runs",
    async () => !(await dashboard.note("connector").innerText()).includes(String(pid)),
  );
  await dashboard.close();
});

test("a paper order is reviewed, placed and cancelled", async () => {
  const dashboard = await Dashboard.open(browser, program);
  const { page } = dashboard;
  await dashboard.live();
  const bid = Number((await page.locator("#ladder-bids tr td").nth(1).innerText()).replaceAll(",", ""));

  await page.keyboard.press("b");
  await page.locator("#order-qty").fill("0.001");
  await page.locator(".order select").selectOption("limit");
  await page.locator("#order-price").fill(String(Math.round(bid - 500)));
  await page.getByRole("button", { name: "Review" }).click();
  await dashboard.shows(page.locator("#confirm"), /Buy 0\.001 BTCUSDT on paper\?/);
  await page.getByRole("button", { name: "Place order" }).click();
  await dashboard.shows(page.locator("#toast"), /Order \d+ is/);

  await page.getByRole("tab", { name: /Orders/ }).click();
  const cancel = page.getByRole("button", { name: /Cancel order \d+/ }).first();
  await cancel.click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel order" }).click();
  await dashboard.shows(page.locator("#toast"), /is cancelled/);
  await cancel.waitFor({ state: "detached" });
  await dashboard.close();
});

test("what the paper account holds is said in a sentence", async () => {
  const dashboard = await Dashboard.open(browser, program);
  await dashboard.live();

  const order = await program.post("/strategy/orders", { side: "buy", qty: "0.01" });
  assert.equal(order.status, "filled");

  await dashboard.shows(dashboard.page.locator("#account-summary"), /Holds 0\.01\d* BTCUSDT long/);
  await dashboard.close();
});

test("an order that the program refuses shows its reason", async () => {
  const dashboard = await Dashboard.open(browser, program);
  const { page } = dashboard;
  await dashboard.live();

  await page.keyboard.press("s");
  await page.locator("#order-qty").fill("900000");
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: "Place order" }).click();

  await dashboard.shows(page.locator("#toast"), /^Refused: ./);
  await dashboard.close(/console: Failed to load resource.*409/);
});

test("strategies are paused and resumed", async () => {
  const dashboard = await Dashboard.open(browser, program);
  const { page } = dashboard;
  await dashboard.live();

  await page.locator("#pause").click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await dashboard.shows(page.locator("#account-summary"), /Strategies paused/);
  await page.locator("#pause").filter({ hasText: "Resume strategies" }).click();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await page.locator("#pause").filter({ hasText: "Pause strategies" }).waitFor();
  await dashboard.close();
});

test("a link opens an instrument and a timeframe, and the search finds another", async () => {
  const dashboard = await Dashboard.open(browser, program, DESKTOP, "#bybit:linear:ETHUSDT/5m");
  const { page } = dashboard;
  await dashboard.live();
  assert.equal(await page.locator("#pick-symbol").innerText(), "ETHUSDT");
  assert.equal(await page.locator('#timeframes [aria-pressed="true"]').innerText(), "5m");

  await page.keyboard.press("/");
  await page.locator("#search input").fill("btc");
  await page.keyboard.press("Enter");
  await dashboard.shows(page.locator("#pick-symbol"), /BTCUSDT/);
  await page.keyboard.press("[");

  await until("the link follows", async () => page.url().endsWith("#bybit:linear:BTCUSDT/3m"));
  await dashboard.live();
  await dashboard.close();
});

test("a link without venue opens an instrument, a jump to a panel keeps it, an unknown symbol is told", async () => {
  const dashboard = await Dashboard.open(browser, program, PHONE, "#NOPEUSDT/5m");
  const { page } = dashboard;
  await dashboard.shows(page.locator("#toast"), /symbol is "NOPEUSDT", which is unknown/);
  await dashboard.shows(page.locator("#pick-symbol"), /BTCUSDT/);
  await dashboard.live();
  await page.locator("#toast").getByRole("button", { name: "Close" }).click();

  await page.evaluate(() => (location.hash = "#ethusdt/3m"));
  await dashboard.shows(page.locator("#pick-symbol"), /ETHUSDT/);
  await until("the link has its name", async () => page.url().endsWith("#bybit:linear:ETHUSDT/3m"));

  await page.locator(".jump").getByRole("link", { name: "Account" }).click();
  await until("the account is in view", async () =>
    page.locator("#account-title").evaluate((title) => title.getBoundingClientRect().top < innerHeight),
  );
  await until("the link is kept", async () => page.url().endsWith("#bybit:linear:ETHUSDT/3m"));
  await dashboard.live();
  await dashboard.shows(dashboard.fact("failure"), /None|ago|Earlier/);
  assert.doesNotMatch(await dashboard.note("failure").innerText(), /NOPE/);
  await dashboard.close();
});

test("the keyboard alone places and leaves an order, and wrong numbers are marked", async () => {
  const dashboard = await Dashboard.open(browser, program);
  const { page } = dashboard;
  await dashboard.live();

  await page.keyboard.press("s");
  await page.locator("#order-qty").fill("0,5");
  await dashboard.shows(page.locator(".order"), /A size or price is a number such as 0\.5/);
  assert.equal(await page.getByRole("button", { name: "Review" }).isDisabled(), true);
  await dashboard.assertAccessible();
  await page.keyboard.press("Escape");
  await page.locator(".order").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Sell");

  await page.locator("#tape-size").fill("1,5");
  await page.locator('#tape-size[aria-invalid="true"]').waitFor();
  await page.locator("#tape-size").fill("0.001");
  await page.locator('#tape-size[aria-invalid="false"]').waitFor();
  await dashboard.close();
});

test("each timeframe is chosen by its key and kept in the link; VWAP and CVD say from when they count", async () => {
  const dashboard = await Dashboard.open(browser, program, DESKTOP, "#bybit:linear:BTCUSDT/15s");
  const { page } = dashboard;
  await dashboard.live();
  const chosen = page.locator('#timeframes [aria-pressed="true"]');
  assert.equal(await chosen.innerText(), "15s");

  const all = ["1s", "5s", "15s", "1m", "3m", "5m", "15m", "30m", "1h"];
  assert.deepEqual(await page.locator("#timeframes button").allInnerTexts(), all);
  for (const [i, timeframe] of all.entries()) {
    await page.keyboard.press(String(i + 1));
    await dashboard.shows(chosen, new RegExp(`^${timeframe}$`));
    await until("the link follows", async () => page.url().endsWith(`/${timeframe}`));
    await dashboard.shows(page.locator("#levels"), /VWAP\s+\d\d,\d{3}\.\d{3}/);
  }
  // The exchange's candles of the day, which the program has fetched, do not tell who took.
  await dashboard.shows(page.locator("#levels"), /CVD\s+[+−]?[\d.,]+\s+from \d\d:\d\d UTC/);
  await dashboard.shows(page.locator("#last-change"), /% today/);
  await page.keyboard.press("1");
  await dashboard.screenshot("chart-seconds");
  await dashboard.close();
});

test("the shortcuts are listed, and a size filters the tape", async () => {
  const dashboard = await Dashboard.open(browser, program);
  const { page } = dashboard;
  await dashboard.live();

  await page.keyboard.press("?");
  await dashboard.shows(page.locator("#shortcuts"), /Keyboard shortcuts/);
  await page.keyboard.press("Escape");
  await page.locator("#tape-size").fill("1000000");
  await page.locator("#tape-empty").waitFor();
  assert.equal(await page.locator("#tape-rows tr:visible").count(), 0);
  await dashboard.close();
});

test("light and dark follow the system, the button decides", async () => {
  const dashboard = await Dashboard.open(browser, program, { ...DESKTOP, colorScheme: "light" });
  const { page } = dashboard;
  await dashboard.live();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await dashboard.assertAccessible();
  await dashboard.screenshot("desktop-light", { fullPage: true });

  await page.locator("#theme").click();

  assert.notEqual(await background(), light);
  await page.reload();
  await dashboard.live();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await dashboard.close();
});

test("a phone shows every panel without scrolling sideways", async () => {
  for (const colorScheme of ["dark", "light"]) {
    const dashboard = await Dashboard.open(browser, program, { ...PHONE, colorScheme });
    await dashboard.live();

    assert.ok((await dashboard.overflow()) <= 0);
    assert.deepEqual(await dashboard.cutTexts(), []);
    for (const panel of ["chart", "ladder", "heat", "tape", "account", "operations"]) {
      const box = await dashboard.page.locator(`#${panel}-panel`).boundingBox();
      assert.ok(box && box.width > 350 && box.height > 80, panel);
    }
    await dashboard.assertAccessible();
    await dashboard.screenshot(`phone-${colorScheme}`, { fullPage: true });
    await dashboard.close();
  }
});
