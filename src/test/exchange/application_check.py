"""
The whole packed application against an exchange that was written by somebody else: python application_check.py JAR [SEED]

Does health tell the truth while the exchange misbehaves, is each book that is shown one that the exchange told, and is every trade counted?
"""

import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request

from connector_check import LIMITS, PATIENCE
from market import now_ms
from exchange import Exchange

SYMBOLS = ("BTCUSDT", "THINUSDT")
CATEGORY, DEPTH = "linear", 50


class Application:
    def __init__(self, jar, seed):
        self.jar, self.exchange = jar, Exchange(seed)
        self.faults = []
        self.compared = self.withheld = self.samples = 0
        self.health = {}
        self.over = False

    def fault(self, text):
        if len(self.faults) < 50:
            self.faults.append(text)

    async def run(self):
        await self.exchange.start()
        with tempfile.TemporaryDirectory() as directory:
            await self.start(directory)
            try:
                await self.check()
            except TimeoutError as e:
                self.fault(str(e))
            self.over = True
            await self.watching
            self.process.send_signal(signal.SIGTERM)
            try:
                if await asyncio.wait_for(self.process.wait(), 7 * PATIENCE) not in (0, 143):
                    self.fault("the application ended with %s" % self.process.returncode)
            except asyncio.TimeoutError:
                self.fault("the application does not stop")
                self.process.kill()
            with open(self.log) as log:
                words = log.readlines()[-30:]
        await self.exchange.stop()
        faults = self.faults + self.exchange.faults
        print("application: %d looks at health, %d books compared, %d not shown because stale" % (self.samples, self.compared, self.withheld))
        for fault in faults[:20]:
            print("FAULT", fault)
        if faults:
            print("".join(words))
        return not faults

    async def start(self, directory):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = os.path.join(directory, "connector.json")
        with open(config, "w") as file:
            json.dump(LIMITS, file)
        base = "127.0.0.1:%d" % self.exchange.port
        environment = {
            **os.environ,
            "DATA_SOURCE": "bybit_connector",
            "SYMBOL": ",".join(SYMBOLS),
            "BYBIT_WS_BASE_URL": "ws://" + base,
            "BYBIT_REST_BASE_URL": "http://" + base,
            "BYBIT_CONNECTOR_CONFIG_FILE": config,
            "HTTP_PORT": str(self.port),
            "STATE_DIR": "",
        }
        self.log = os.path.join(directory, "log")
        with open(self.log, "w") as log:
            self.process = await asyncio.create_subprocess_exec("java", "-jar", self.jar, env=environment, cwd=directory, stdout=log, stderr=log)
        self.watching = asyncio.ensure_future(self.watch())

    # ------------------------------------------------------------------------------------------------ looking

    async def get(self, path):
        def ask():
            try:
                with urllib.request.urlopen("http://127.0.0.1:%d%s" % (self.port, path), timeout=5 * PATIENCE) as answer:
                    return answer.status, json.load(answer)
            except urllib.error.HTTPError as e:
                return e.code, json.load(e)

        return await asyncio.to_thread(ask)

    async def watch(self):
        """Looks at health and at the books all the time."""
        up = False
        while not self.over:
            try:
                status, self.health = await self.get("/ws/health")
                up = True
                self.samples += 1
                if status != 200:
                    self.fault("/ws/health answers %d" % status)
                if self.health["connector"]["synthetic"]:
                    self.fault("health calls the data synthetic")
                for symbol in SYMBOLS:
                    self.judge(symbol, *await self.get("/book?symbol=%s&levels=%d" % (symbol, DEPTH)))
            except OSError as e:
                if up:
                    self.fault("no answer: %r" % e)
            await asyncio.sleep(0.05)

    def judge(self, symbol, status, book):
        if status != 200 or book["state"] != "synced":
            self.withheld += 1
            if book.get("bids") or book.get("asks"):
                self.fault("%s: levels are shown although the book is %s" % (symbol, book.get("state")))
            return
        topic = self.exchange.books[CATEGORY, "orderbook.%d.%s" % (DEPTH, symbol)]
        true = topic.shown.get(book["last_update_id"])
        if true is None:
            self.fault("%s: the book shown has an update id %s that was not told of late" % (symbol, book["last_update_id"]))
            return
        self.compared += 1
        decimals = self.exchange.decimals
        for side, levels, down in zip(("bids", "asks"), true, (True, False)):
            told = [(float(decimals.text(p, topic.market.price_digits, "padded")), float(decimals.text(levels[p], topic.market.size_digits, "padded"))) for p in sorted(levels, reverse=down)]
            shown = [(float(p), float(q)) for p, q in book[side]]
            if told != shown:
                self.fault("%s: at u %s the %s shown differ: %s" % (symbol, book["last_update_id"], side, sorted(set(told) ^ set(shown))[:4]))

    async def until(self, what, condition, seconds):
        begun = time.time()
        while time.time() - begun < seconds * PATIENCE:
            if self.health and condition(self.health["connector"], self.health):
                return
            await asyncio.sleep(0.02)
        raise TimeoutError("not within %d s: %s; health says %s" % (seconds * PATIENCE, what, json.dumps(self.health)[:1500]))

    async def live(self, what):
        at = now_ms()
        await self.until("live again after " + what, lambda c, h: c["state"] == "live" and c["connected"] and c["ready"] and self.since(c) > at, 15)
        status, _ = await self.get("/ready")
        if status != 200:
            self.fault("/ready answers %d although health says ready after %s" % (status, what))

    @staticmethod
    def since(connector):
        from witness import millis

        return millis(connector["last_ts"]) if connector["last_ts"] else 0

    async def dead(self, what, seconds):
        await self.until("not connected in " + what, lambda c, h: not c["connected"] and not c["ready"] and c["state"] != "live" and c["reasons"], seconds)
        if (await self.get("/ready"))[0] != 503 and self.exchange.of(CATEGORY) is None:
            self.fault("/ready does not answer 503 in " + what)

    async def outage(self, what, act, seconds):
        """A lost connection; there is no other one before health has shown that, however seldom it is looked at."""
        self.exchange.refused.add(CATEGORY)
        act(self.exchange.of(CATEGORY))
        await self.dead(what, seconds)
        self.exchange.refused.discard(CATEGORY)
        await self.live(what)

    # ------------------------------------------------------------------------------------------------ the check

    async def counted(self):
        """Trades told by the application and made by the exchange, with the market standing still."""
        self.exchange.paused = True
        last = None
        while True:
            await asyncio.sleep(0.4)
            counts = {s: self.health["symbols"][s]["trades"] for s in SYMBOLS}
            if counts == last:
                break
            last = counts
        made = {s: len(self.exchange.tapes[CATEGORY, "publicTrade." + s].trades) for s in SYMBOLS}
        self.exchange.paused = False
        return counts, made

    @staticmethod
    def resyncs(connector):
        return connector["connector_health"]["statuses"].get("resyncing", 0)

    async def check(self):
        await self.until("an answer", lambda c, h: True, 30)
        await self.live("the start")
        told, made = await self.counted()
        await self.live("a pause of the market")

        session = self.exchange.of(CATEGORY)
        session.armed["orderbook.50.BTCUSDT"] = "lost"
        resyncs = self.resyncs(self.health["connector"])
        await self.until("a lost update is told of", lambda c, h: self.resyncs(c) > resyncs, 10)
        await self.live("a lost update")

        await self.outage("a reset", lambda session: session.reset_in_frame(), 5)
        await self.outage("a half-open connection", lambda session: session.freeze(), 10)
        await self.outage("a stall with pongs", lambda session: session.stall(True), 10)

        self.exchange.rest_manner = "html"
        await asyncio.sleep(1)
        await self.live("REST answers that are pages")
        self.exchange.rest_manner = "good"

        pid = self.health["connector"]["connector_health"]["pid"]
        counts, all_made = await self.counted()
        for symbol in SYMBOLS:
            if counts[symbol] - told[symbol] != all_made[symbol] - made[symbol]:
                self.fault("%s: %d trades told and %d made" % (symbol, counts[symbol] - told[symbol], all_made[symbol] - made[symbol]))
        os.kill(pid, signal.SIGKILL)
        await self.until("a new process", lambda c, h: c["connector_health"]["pid"] not in (pid, None), 10)
        await self.live("a killed connector")


def main():
    jar, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time()) % 100_000
    sys.exit(0 if asyncio.run(Application(jar, seed).run()) else 1)


if __name__ == "__main__":
    main()
