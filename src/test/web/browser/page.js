import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { screenshots } from "./program.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const WAIT = 60_000;

export const DESKTOP = { viewport: { width: 1440, height: 900 }, colorScheme: "dark" };
export const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: "dark", isMobile: true, hasTouch: true };

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** The dashboard in a page that notes what must not happen: errors in the console, requests to other hosts. */
export class Dashboard {
  constructor(page, origin) {
    this.page = page;
    this.faults = [];
    page.setDefaultTimeout(WAIT);
    page.on("console", (message) => {
      if (message.type() === "error") {
        this.faults.push(`console: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => this.faults.push(`exception: ${error.stack}`));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol !== "data:" && url.origin !== origin) {
        this.faults.push(`request to ${url}`);
      }
    });
    page.on("websocket", (socket) => {
      if (new URL(socket.url()).host !== new URL(origin).host) {
        this.faults.push(`WebSocket to ${socket.url()}`);
      }
    });
  }

  static async open(browser, program, options = DESKTOP, hash = "") {
    const context = await browser.newContext(options);
    const dashboard = new Dashboard(await context.newPage(), program.url);
    await dashboard.page.goto(`${program.url}/${hash}`);
    return dashboard;
  }

  /** The value of a fact of the trust bar. */
  fact(id) {
    return this.page.locator(`[data-fact="${id}"] b`);
  }

  note(id) {
    return this.page.locator(`[data-fact="${id}"] small`);
  }

  /** Awaits a text in an element. */
  async shows(locator, pattern) {
    await locator.filter({ hasText: pattern }).first().waitFor();
  }

  async live() {
    await this.shows(this.fact("feed"), /^Ready$/);
    await this.shows(this.fact("book"), /^Right$/);
    await this.page.locator("#tape-rows tr:visible").nth(5).waitFor();
  }

  async screenshot(name, options = {}) {
    await this.page.screenshot({ path: join(screenshots(), `${name}.png`), ...options });
  }

  /** Whether text is wider than the page, so that it scrolls sideways. */
  async overflow() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  }

  /** Numbers of the book and the tape that are wider than their column. */
  async cutTexts() {
    return this.page.evaluate(() =>
      [...document.querySelectorAll(".lines td:not(.own)")]
        .filter((td) => td.scrollWidth > td.clientWidth)
        .map((td) => td.textContent),
    );
  }

  /** The findings of axe, none of which may be serious. */
  async assertAccessible() {
    await this.page.evaluate(readFileSync(AXE, "utf8"));
    const found = await this.page.evaluate(async () =>
      (await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"] })).violations
        .filter((one) => one.impact === "serious" || one.impact === "critical")
        .map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`),
    );
    assert.deepEqual(found, []);
  }

  /** @param {RegExp} [expected] faults that the test itself has caused */
  async close(expected) {
    await this.page.context().close();
    assert.deepEqual(
      this.faults.filter((fault) => !expected?.test(fault)),
      [],
    );
  }
}
