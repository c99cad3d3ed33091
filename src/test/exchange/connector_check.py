"""
The packed connector against an exchange that was written by somebody else: python connector_check.py JAR [SEED]

Each category has faults of its own, one after the other, while data flows; after each the feed must be right again in time.
Exit status 0 only if no line was wrong, no trade is missing without a word, and the process lived.
"""

import asyncio
import json
import os
import random
import sys
import tempfile
import time

from market import now_ms
from exchange import Exchange
from witness import Witness

LIMITS = {
    "reconnect_first_ms": 200,
    "reconnect_longest_ms": 1000,
    "open_timeout_ms": 1500,
    "ping_interval_ms": 3000,
    "pong_timeout_ms": 1500,
    "silence_ms": 700,
    "data_silence_ms": 2500,
    "ack_timeout_ms": 2000,
    "snapshot_timeout_ms": 2000,
    "rest_timeout_ms": 1500,
    "repair_timeout_ms": 6000,
}
SUBSCRIBED = [
    ("linear", "depth", "BTCUSDT"),
    ("linear", "depth.1", "BTCUSDT"),
    ("linear", "depth.200", "BTCUSDT"),
    ("linear", "depth", "THINUSDT"),
    ("linear", "trades", "BTCUSDT"),
    ("linear", "trades", "THINUSDT"),
    ("spot", "depth", "BTCUSDT"),
    ("spot", "depth.200", "BTCUSDT"),
    ("spot", "depth.200", "THINUSDT"),
    ("spot", "trades", "BTCUSDT"),
    ("inverse", "depth", "BTCUSD"),
    ("inverse", "depth.200", "BTCUSD"),
    ("inverse", "trades", "BTCUSD"),
    ("option", "depth", "BTC-25DEC26-80000-C-USDT"),
    ("option", "depth.100", "BTC-25DEC26-80000-C-USDT"),
    ("option", "depth", "BTC-25DEC26-90000-P-USDT"),
    ("option", "trades", "BTC"),
]
REFUSED = [("linear", "depth", "NOSUCHUSDT"), ("spot", "depth", "NOSUCHUSDT"), ("inverse", "trades", "NOSUCHUSD"), ("option", "depth", "BTC-1JAN26-1-C-USDT")]
MOST_RESIDENT_MIB = 200

# On a busy machine all takes longer; what is waited for is never waited for longer than it takes.
PATIENCE = 3


class Process:
    """The connector as a child process, as the application runs it."""

    def __init__(self, jar, exchange, witness, directory):
        self.jar, self.exchange, self.witness = jar, exchange, witness
        self.config = os.path.join(directory, "connector.json")
        with open(self.config, "w") as file:
            json.dump(LIMITS, file)

    async def start(self):
        base = "127.0.0.1:%d" % self.exchange.port
        environment = {**os.environ, "BYBIT_WS_BASE_URL": "ws://" + base, "BYBIT_REST_BASE_URL": "http://" + base, "BYBIT_CONNECTOR_CONFIG_FILE": self.config}
        self.process = await asyncio.create_subprocess_exec(
            "java", "-XX:+UseSerialGC", "-Xmx64m", "-jar", self.jar, "connector", "bybit",
            env=environment, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, limit=4 << 20,
        )
        self.words = []
        self.reading = [asyncio.ensure_future(self._out()), asyncio.ensure_future(self._err())]

    async def _out(self):
        async for line in self.process.stdout:
            try:
                self.witness.line(line)
            except Exception as e:
                self.witness.fault("a line cannot be read: %r: %r" % (e, line[:300]))

    async def _err(self):
        async for line in self.process.stderr:
            self.words.append(line.decode().rstrip())
            del self.words[:-400]

    def command(self, **fields):
        self.process.stdin.write((json.dumps(fields) + "\n").encode())

    def resident_mib(self):
        try:
            with open("/proc/%d/status" % self.process.pid) as file:
                return next(int(line.split()[1]) // 1024 for line in file if line.startswith("VmRSS"))
        except (OSError, StopIteration):
            return 0

    async def stop(self):
        self.command(command="stop")
        try:
            await asyncio.wait_for(self.process.wait(), 7)
        except asyncio.TimeoutError:
            self.witness.fault("the process does not stop within 7 s")
            self.process.kill()
            await self.process.wait()
        await asyncio.gather(*self.reading)
        if self.process.returncode != 0:
            self.witness.fault("the process ended with %s" % self.process.returncode)


class Check:
    def __init__(self, jar, seed):
        self.seed, self.jar = seed, jar
        self.random = random.Random(seed + 1)
        self.exchange = Exchange(seed)
        self.witness = Witness(self.exchange)
        self.rest_bad = []
        self.outages = []
        self.report = []
        self.timeline = []

    async def run(self):
        await self.exchange.start()
        with tempfile.TemporaryDirectory() as directory:
            self.process = Process(self.jar, self.exchange, self.witness, directory)
            await self.process.start()
            for i, (category, channel, symbol) in enumerate(SUBSCRIBED + REFUSED):
                self.process.command(command="subscribe", channel=channel, symbol=symbol, category=category, id="c-%d" % i)
            started = time.time()
            try:
                await asyncio.wait_for(asyncio.gather(*(self.lane(c) for c in ("linear", "spot", "inverse", "option"))), 85 * PATIENCE)
            except asyncio.TimeoutError:
                self.witness.fault("the check does not come to its end")
            await self.rest_lane()
            # What is under way comes; what was left out is found at the next look.
            until = now_ms()
            await asyncio.sleep(1.5)
            resident = self.process.resident_mib()
            if resident > MOST_RESIDENT_MIB:
                self.witness.fault("%d MiB resident" % resident)
            if time.time() - self.witness.heartbeat_at > 5:
                self.witness.fault("no heartbeat for 5 s")
            await self.process.stop()
        total, missing, gaps = self.witness.judge_trades(until, self.allowed_gap)
        self.refusals()
        await self.exchange.stop()
        faults = self.witness.faults + self.exchange.faults
        figures = {k: self.witness.figures.get(k) for k in ("frames", "unreadable_frames", "book_gaps", "resyncs", "repaired_trades", "trade_gaps", "disconnects", "duplicate_trades", "absent_deletes")}
        print("seed %d: %d lines, %d books compared, %d trades, %d not to be had, %d gaps, %d MiB, %.0f s" % (self.seed, self.witness.lines, self.witness.compared, total, missing, gaps, resident, time.time() - started))
        print("connector:", figures)
        print("recoveries:", "; ".join("%s %s %.1f s" % each for each in self.report))
        for fault in faults[:20]:
            print("FAULT", fault)
        if faults:
            for at, status in self.witness.statuses:
                if status["status"] in ("repaired", "gap"):
                    print("status: at %.3f %s" % (at, status))
            for each in self.timeline:
                print("incident: %s %s, right again for data since %d, at %d" % each)
            print("\n".join(self.process.words[-40:]))
            print("%d faults" % len(faults))
        return not faults

    def refusals(self):
        for i, (category, channel, symbol) in enumerate(SUBSCRIBED + REFUSED):
            id = "c-%d" % i
            answered = any(s["status"] == "subscribed" and s.get("id") == id for _, s in self.witness.statuses)
            refused = any(e.get("id") == id for _, e in self.witness.errors)
            if (answered, refused) != (i < len(SUBSCRIBED), i >= len(SUBSCRIBED)):
                self.witness.fault("%s %s %s: subscribed %s, refused %s" % (category, channel, symbol, answered, refused))

    def allowed_gap(self, category, since, until):
        """A gap is in order where REST failed at the time, or where more was traded than REST tells of."""
        if any(a - 8000 <= until and since <= b + 8000 for a, b in self.rest_bad):
            return True
        most = 60 if category == "spot" else 1000
        return any(
            of == category and a - 2000 <= until and since <= b + 8000 and self.traded(category, a, b + 1500) >= most for of, a, b in self.outages
        )

    def traded(self, category, since, until):
        return max(sum(since <= t.at <= until for t in tape.trades) for (of, _), tape in self.exchange.tapes.items() if of == category)

    # ------------------------------------------------------------------------------------------------ recovery

    def names(self, category):
        return [(category, n) for (c, n) in self.exchange.books if c == category and any((c, ch, s) for (c2, ch, s) in SUBSCRIBED if c2 == c and (self.depth(c, ch), s) == (int(n.split(".")[1]), n.split(".", 2)[2]) and ch != "trades")]

    @staticmethod
    def depth(category, channel):
        return int(channel.split(".")[1]) if "." in channel else 25 if category == "option" else 50

    async def settled(self, category, what, since, seconds):
        """Waits until all books and trades of a category are of a time after the fault."""
        begun, seconds = time.time(), seconds * PATIENCE
        books = self.names(category)
        trades = [(category, n) for (c, n) in self.exchange.tapes if c == category and any(c == c2 and ch == "trades" and n == "publicTrade." + s for c2, ch, s in SUBSCRIBED)]
        while time.time() - begun < seconds:
            late = [n for n in books if n not in self.witness.books or not self.witness.books[n].right or self.witness.books[n].at < since]
            late += [n for n in trades if self.witness.trade_at.get(n, 0) < since]
            if not late:
                self.report.append((category, what, time.time() - begun))
                self.timeline.append((category, what, since, now_ms()))
                return
            await asyncio.sleep(0.05)
        self.witness.fault("%s: not right again within %s s after %s: %s" % (category, seconds, what, late))

    async def lane(self, category):
        await self.settled(category, "the start", now_ms(), 20)
        incidents = self.incidents(category)
        self.random.shuffle(incidents)
        # Trades that the exchange leaves out show in nothing; they are found when the stream is next held against REST.
        incidents.insert(0, self.arm("lost", category, books=False))
        for what, act, seconds in incidents:
            await asyncio.sleep(self.random.uniform(0.1, 0.4))
            session = self.exchange.of(category)
            if session is None:
                self.witness.fault("%s: no connection before %s" % (category, what))
                await asyncio.sleep(1)
                continue
            at, since = time.time(), now_ms()
            expected = act(session)
            if asyncio.iscoroutine(expected):
                expected = await expected
            await self.settled(category, what, now_ms() + 200, seconds)
            self.outages.append((category, since, now_ms()))
            for status, details in expected or ():
                if not self.witness.said(at, status, **details):
                    self.witness.fault("%s: after %s nobody said %s %s" % (category, what, status, details))

    def arm(self, kind, category, books=True):
        """An incident of one frame of a topic chosen by chance."""
        names = [n for _, n in self.names(category) if not n.startswith("orderbook.1.")] if books else ["publicTrade." + s for c, ch, s in SUBSCRIBED if c == category and ch == "trades" and s != "THINUSDT"]
        name = self.random.choice(names)
        breaks = books and kind in ("lost", "twice", "late", "back", "cut", "utf8", "deep", "crossed")
        depth, symbol = (name.split(".")[1], name.split(".", 2)[2]) if books else (None, None)

        async def act(session):
            session.armed[name] = kind
            for _ in range(200):
                await asyncio.sleep(0.02)
                if not session.armed.get(name):
                    break
            return [("resyncing", {"category": category, "symbol": symbol, "levels": int(depth)})] if breaks else []

        return ("%s %s" % (kind, name), act, 9)

    def incidents(self, category):
        gone = [("disconnected", {"url": "ws://127.0.0.1:%d/v5/public/%s" % (self.exchange.port, category)})]
        wild = self.random

        def ended(act):
            def run(session):
                act(session)
                return gone

            return run

        def refused(kinds):
            def run(session):
                self.exchange.handshakes += [(category, kind) for kind in kinds]
                session.end()
                return gone

            return run

        def books(act):
            def run(session):
                name = wild.choice(self.names(category))[1]
                act(session, self.exchange.books[category, name])

            return run

        def restart(session, topic):
            topic.restart(1)
            session.book(topic, (topic.bids, topic.asks), True)

        def restart_as_delta(session, topic):
            topic.restart(1)
            session.armed.pop(topic.name(), None)
            data = {"s": topic.market.symbol, "b": session._levels(topic, topic.bids, True, lambda: "padded"), "a": session._levels(topic, topic.asks, False, lambda: "padded"), "u": 1, "seq": topic.seq}
            session.text(self.exchange.writer.write({"topic": topic.name(), "type": "delta", "ts": now_ms(), "data": data, "cts": topic.cts}))

        def again(session, topic):
            topic.restart(topic.u + 1)
            session.book(topic, (topic.bids, topic.asks), True)

        def elsewhere(session, topic):
            topic.restart(topic.u + 1_000_000)
            session.book(topic, (topic.bids, topic.asks), True)

        def emptied(session, topic):
            topic.restart(1, empty=True)
            session.book(topic, ({}, {}), True)
            topic.restart(2)
            session.book(topic, (topic.bids, topic.asks), True)

        def repeated(session, topic):
            session.book(topic, (topic.bids, topic.asks), True)

        def sweep(session):
            symbol = {"spot": "BTCUSDT", "linear": "BTCUSDT", "inverse": "BTCUSD", "option": "BTC-25DEC26-80000-C-USDT"}[category]
            self.exchange.sweep(category, symbol, 1500 if category != "spot" else 55)

        pool = [
            ("restart at u 1", books(restart), 5),
            ("restart at u 1 called a delta", books(restart_as_delta), 5),
            ("snapshot in mid-stream", books(again), 5),
            ("snapshot under another u", books(elsewhere), 5),
            ("empty snapshot", books(emptied), 5),
            ("snapshot repeated", books(repeated), 5),
            ("sweep", sweep, 5),
            ("reset in a frame", ended(lambda s: s.reset_in_frame()), 9),
            ("end without close", ended(lambda s: s.end()), 9),
            ("close %s" % wild.choice(("1000", "1001", "1011")), ended(lambda s: s.close((1001).to_bytes(2, "big") + b"going away")), 9),
            ("close without code", ended(lambda s: s.close(b"")), 9),
            ("close of one byte", ended(lambda s: s.close(b"x")), 9),
            ("masked frame", ended(lambda s: s.raw(bytes.fromhex("8182000000007b7d"))), 9),
            ("reserved bits", ended(lambda s: s.raw(bytes.fromhex("f1027b7d"))), 9),
            ("continuation of nothing", lambda s: s.raw(bytes.fromhex("80027b7d")), 9),
            ("message of 5 MiB", ended(lambda s: s.text(b'{"x":"' + b"a" * (5 << 20) + b'"}')), 12),
            ("half-open", ended(lambda s: s.freeze()), 12),
            ("stall with pongs", ended(lambda s: s.stall(True)), 14),
            ("stall without pongs", ended(lambda s: s.stall(False)), 14),
            ("short stall", lambda s: s.stall(True, 0.8), 14),
            ("handshakes refused", refused(wild.sample(("502", "503", "404", "500"), 2)), 12),
            ("odd handshakes", refused(wild.sample(("redirect", "ok", "accept", "garbage", "endless", "nothing"), 3)), 14),
            ("handshake not answered", refused(("silence",)), 14),
        ]
        # Each lane has some; what hurts for long is in few of them.
        slow = {"half-open", "stall with pongs", "stall without pongs", "handshake not answered", "message of 5 MiB", "odd handshakes", "handshakes refused"}
        quick = [each for each in pool if each[0] not in slow]
        chosen = wild.sample(quick, 7) + self.slow_of(category, [each for each in pool if each[0] in slow])
        for kind in wild.sample(("lost", "twice", "late", "back", "cut", "utf8", "binary", "deep", "crossed"), 4):
            chosen.append(self.arm(kind, category))
        chosen += [self.arm("absent", category), self.arm("other", category)]
        chosen += [self.arm(kind, category, books=False) for kind in wild.sample(("twice", "cut", "binary", "other"), 2)]
        return chosen

    def slow_of(self, category, slow):
        at = ("linear", "spot", "inverse", "option").index(category)
        return [each for i, each in enumerate(slow) if (i + self.seed) % 4 == at]

    async def rest_lane(self):
        """REST in each bad manner while a hole is open; then all is well again."""
        manners = ["slow", "500", "404", "html", "cut", "empty", "nolist", "rubbish", "hole", "drip", "silence", "10016", "10000", "10006", "429"]
        for category, manner in zip(("linear", "spot", "inverse", "option"), self.random.sample(manners, 4)):
            session = self.exchange.of(category)
            if session is None:
                self.witness.fault("%s: no connection before REST is %s" % (category, manner))
                continue
            since = now_ms()
            self.exchange.rest_manner = manner
            session.end()
            await asyncio.sleep(self.random.uniform(0.5, 2.5))
            self.exchange.rest_manner = "good"
            self.rest_bad.append((since, now_ms()))
            await self.settled(category, "REST " + manner, now_ms(), 14)


def main():
    jar, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time()) % 100_000
    sys.exit(0 if asyncio.run(Check(jar, seed).run()) else 1)


if __name__ == "__main__":
    main()
