import { fileURLToPath } from "node:url";
import { DESKTOP, Dashboard, launch } from "./browser/page.js";
import { Program, until } from "./browser/program.js";

const FILE = process.env.FILE ?? fileURLToPath(new URL("../../../doc/dashboard.png", import.meta.url));
const MINUTES = Number(process.env.MINUTES ?? 4);

const program = await Program.start({ SYMBOL: "BTCUSDT,ETHUSDT" });
const browser = await launch();
try {
  const dashboard = await Dashboard.open(browser, program, DESKTOP, "#bybit:linear:BTCUSDT/1s");
  await dashboard.live();
  await program.post("/strategy/orders", { side: "buy", qty: "0.05" });
  const { bids } = await (await fetch(`${program.url}/book?levels=8`)).json();
  await program.post("/strategy/orders", { side: "buy", type: "limit", qty: "0.02", price: bids.at(-1)[0] });
  const end = Date.now() + MINUTES * 60_000;
  await until("the time has passed", async () => Date.now() > end, (MINUTES + 1) * 60_000);
  await dashboard.page.screenshot({ path: FILE, fullPage: true });
} finally {
  await browser.close();
  await program.stop();
}
