import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Dashboard, launch } from "./page.js";
import { Program, until } from "./program.js";

const TOKEN = "a-token-of-the-browser-test";
/** The browser reports each refused request. */
const REFUSED = /status of 401|WebSocket connection to|ERR_CONNECTION/;

let program;
let browser;

function lines(...tokens) {
  return tokens.map(([name, scope, text]) => {
    const hash = createHash("sha256").update(text).digest("hex");
    return `${name} ${scope} sha256:${hash}\n`;
  }).join("");
}

before(async () => {
  program = await Program.start(
    { HTTP_TOKENS_FILE: "tokens" },
    { tokens: lines(["ann", "read", TOKEN], ["other", "read", "other"]) },
  );
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

async function signIn(page, token) {
  await page.locator("#token").fill(token);
  await page.locator("#submit").click();
}

test("the page asks for a token once, keeps it nowhere, and signs out", async () => {
  const dashboard = await Dashboard.open(browser, program, undefined, "#bybit:linear:BTCUSDT/5m");
  const { page } = dashboard;

  await page.locator("#sign-in").waitFor();
  await dashboard.assertAccessible();
  await dashboard.screenshot("sign-in");
  await signIn(page, "wrong");
  await dashboard.shows(page.locator("#reason"), /the token is wrong/);
  await signIn(page, TOKEN);
  await dashboard.live();
  assert.match(page.url(), /#bybit:linear:BTCUSDT\/5m$/);
  await dashboard.shows(page.locator("#session"), /Signed in as ann \(read\)/);
  const kept = await page.evaluate(
    () => document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage),
  );
  assert.ok(!kept.includes(TOKEN), kept);
  const [cookie] = await page.context().cookies();
  assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.value.includes(TOKEN)], [true, "Strict", false]);

  await page.reload();
  await dashboard.live();
  await page.locator("#sign-out").click();
  await page.locator("#sign-in").waitFor();
  assert.deepEqual(await page.context().cookies(), []);
  await dashboard.close(REFUSED);
});

test("a removed token ends the stream of its page, which asks again", async () => {
  const dashboard = await Dashboard.open(browser, program);
  const { page } = dashboard;
  await signIn(page, TOKEN);
  await dashboard.live();

  writeFileSync(join(program.folder, "tokens"), lines(["other", "read", "other"]));

  await page.locator("#sign-in").waitFor();
  await signIn(page, "other");
  await dashboard.live();
  await until("the name is another", async () => /other/.test(await page.locator("#session").innerText()));
  await dashboard.close(REFUSED);
});
