"""Reads the lines of a connector as any reader of the protocol would, and holds each against what is true at the exchange."""

import json
import time
from datetime import datetime
from decimal import Decimal

SKEW_MICROS = 5_000_000

# A connector looks at REST so often at least, and needs a second look for a trade that was the newest.
LOOK_MILLIS = 32_000


class Kept:
    """A book kept from depth events."""

    def __init__(self):
        self.bids, self.asks = {}, {}
        self.u = None
        self.right = False
        self.at = 0


class Witness:
    def __init__(self, exchange):
        self.exchange = exchange
        self.faults = []
        self.lines = 0
        self.books = {}
        self.compared = 0
        self.trades = {}
        self.trade_at = {}
        self.statuses = []
        self.errors = []
        self.connected = False
        self.heartbeat_at = time.time()
        self.figures = {}

    def fault(self, text):
        if len(self.faults) < 200:
            self.faults.append(text)

    def line(self, line):
        self.lines += 1
        try:
            event = json.loads(line, parse_float=Decimal, parse_constant=lambda c: self.fault("a line holds " + c))
        except ValueError as e:
            self.fault("a line is no JSON: %s: %r" % (e, line[:200]))
            return
        if len(line) > 1 << 20:
            self.fault("a line of %d bytes" % len(line))
        kind = event.get("type")
        if kind == "depth":
            self._depth(event)
        elif kind == "trade":
            self._trade(event)
        elif kind == "status":
            self._status(event)
        elif kind == "error":
            self.errors.append((time.time(), event))
        if kind in ("depth", "trade"):
            late = event["received_at"] - time.time() * 1e6
            if late > SKEW_MICROS or event["received_at"] < 1e15:
                self.fault("received_at is %s" % event["received_at"])

    # ------------------------------------------------------------------------------------------------ books

    def _units(self, number, digits, what):
        scaled = Decimal(number).scaleb(digits)
        if scaled != int(scaled):
            self.fault("%s %s is not of its market" % (what, number))
        return int(scaled)

    def _depth(self, event):
        category, symbol, depth = event["category"], event["symbol"], event["levels"]
        name = "orderbook.%d.%s" % (depth, symbol)
        topic = self.exchange.books.get((category, name))
        if topic is None:
            self.fault("depth of %s %s, which nobody asked for" % (category, name))
            return
        kept = self.books.setdefault((category, name), Kept())
        u, where = event["last_update_id"], "%s %s u %s" % (category, name, event["last_update_id"])
        digits = topic.market.price_digits, topic.market.size_digits
        if event["snapshot"]:
            kept.bids, kept.asks = {}, {}
            kept.right = True
            for side, down in ((event["bids"], True), (event["asks"], False)):
                prices = [Decimal(level[0]) for level in side]
                if prices != sorted(prices, reverse=down):
                    self.fault(where + ": a snapshot that is not best first")
        else:
            if not kept.right:
                self.fault(where + ": a delta while the book is stale")
                return
            if event["prev_update_id"] != kept.u:
                self.fault(where + ": continues %s, but the last was %s" % (event["prev_update_id"], kept.u))
        for side, levels in ((kept.bids, event["bids"]), (kept.asks, event["asks"])):
            for price, size in levels:
                p, q = self._units(price, digits[0], "price"), self._units(size, digits[1], "size")
                if q:
                    side[p] = q
                else:
                    side.pop(p, None)
        kept.u = u
        kept.at = event["timestamp"]
        self.compared += 1
        if not topic.told(u, event["timestamp"], kept.bids, kept.asks):
            true = topic.shown.get(u)
            known = [cts for cts, _ in topic.states.get(u, ())]
            detail = "no such state" if true is None else "bids %s asks %s" % tuple(
                sorted(set(a.items()) ^ set(b.items()))[:6] for a, b in zip(true, (kept.bids, kept.asks))
            )
            self.fault("%s: a wrong book at %s (known times %s): %s" % (where, event["timestamp"], known, detail))

    # ------------------------------------------------------------------------------------------------ trades

    def _trade(self, event):
        category, symbol = event["category"], event["symbol"]
        name = "publicTrade." + (symbol.split("-")[0] if category == "option" else symbol)
        if (category, name) not in self.exchange.tapes:
            self.fault("a trade of %s %s, which nobody asked for" % (category, name))
            return
        self.trades.setdefault((category, name), []).append(event)
        self.trade_at[category, name] = event["timestamp"]

    def judge_trades(self, until, allowed_gap):
        """
        Each trade once, in order, exact, and none missing that is not announced.

        until: exchange time up to which all must be there; allowed_gap(category, from, to) says whether a gap had a cause
        """
        total = missing_total = 0
        gaps = [s for _, s in self.statuses if s["status"] == "gap"]
        repaired = [s for _, s in self.statuses if s["status"] == "repaired"]
        for key, events in self.trades.items():
            tape = self.exchange.tapes[key]
            index = {trade.id: i for i, trade in enumerate(tape.trades)}
            seen, last, where = set(), -1, "%s %s" % key
            mine = [s for s in gaps if (s["category"], s["symbol"]) == (key[0], key[1].split(".", 1)[1])]
            mended = [s for s in repaired if (s["category"], s["symbol"]) == (key[0], key[1].split(".", 1)[1])]
            lately = [s for s in mended if "omitted" in s.get("reason", "")]
            for event in events:
                at = index.get(event["id"])
                if at is None:
                    self.fault("%s: trade %s was never made" % (where, event["id"]))
                    continue
                if at in seen:
                    self.fault("%s: trade %s twice" % (where, event["id"]))
                seen.add(at)
                self._same(where, tape.trades[at], event)
                if at > last:
                    last = at
                elif not self._late(key, tape.trades[at], mended, lately):
                    self.fault("%s: trade %s (number %d) comes after number %d" % (where, event["id"], at, last))
            first = min(seen, default=0)
            for at in range(first, len(tape.trades)):
                trade = tape.trades[at]
                if at in seen or trade.at > until:
                    continue
                missing_total += 1
                if self._beyond_reach(key, tape, at, until):
                    continue
                if not any(millis(s["from"]) <= trade.at <= millis(s["to"]) for s in mine):
                    self.fault("%s: trade number %d of %d at %d is missing and no gap tells of it" % (where, at, len(tape.trades), trade.at))
            for gap in mine:
                if not allowed_gap(key[0], millis(gap["from"]), millis(gap["to"])):
                    self.fault("%s: a gap without a cause: %s" % (where, gap))
            total += len(seen)
        return total, missing_total, len(gaps)

    def _late(self, key, trade, mended, lately):
        """Whether a trade may come behind newer ones: found by holding the stream against REST, or after a silence nobody could notice."""
        if any(millis(s["from"]) <= trade.at <= millis(s["to"]) for s in lately):
            return True
        silent = any(of == key[0] and a <= trade.at <= b for of, a, b in self.exchange.silences)
        return silent and any(millis(s["from"]) <= trade.at <= millis(s["to"]) for s in mended)

    def _beyond_reach(self, key, tape, at, until):
        """Whether a trade that the exchange left out was gone from REST, or the check over, before it could be found."""
        trade = tape.trades[at]
        if trade.id not in self.exchange.left_out:
            return False
        most = 60 if key[0] == "spot" else 1000
        behind = sum(t.at <= trade.at + LOOK_MILLIS for t in tape.trades[at:])
        return behind >= most or until - trade.at < LOOK_MILLIS

    def _same(self, where, trade, event):
        market = self.exchange.markets[event["category"], trade.symbol]
        told = (
            self._units(event["price"], market.price_digits, "price"),
            self._units(event["qty"], market.size_digits, "qty"),
            event["side"] == "buy",
            event["timestamp"],
            event.get("seq", -1),
            event.get("block_trade", False),
            event.get("rpi", False),
            event["is_buyer_maker"],
            event["symbol"],
        )
        true = (trade.price, trade.size, trade.buy, trade.at, trade.seq, trade.block, trade.rpi, not trade.buy, trade.symbol)
        if told != true:
            self.fault("%s: trade %s is told as %s and was %s" % (where, trade.id, told, true))

    # ------------------------------------------------------------------------------------------------ statuses

    def _status(self, event):
        status = event["status"]
        if status == "heartbeat":
            self.heartbeat_at = time.time()
            self.figures = event
            return
        self.statuses.append((time.time(), event))
        if status == "connected":
            self.connected = True
        elif status == "disconnected":
            self.connected = False
            category = event.get("url", "").rsplit("/", 1)[-1]
            for (of, _), kept in self.books.items():
                if of == category:
                    kept.right = False
        elif status == "resyncing":
            kept = self.books.get((event.get("category"), "orderbook.%s.%s" % (event.get("levels"), event.get("symbol"))))
            if kept:
                kept.right = False

    def said(self, since, status, **details):
        """The first status of that kind since then, or None."""
        for at, event in self.statuses:
            if at >= since and event["status"] == status and all(event.get(k) == v for k, v in details.items()):
                return event
        return None


def millis(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)
