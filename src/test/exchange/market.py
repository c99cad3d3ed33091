"""Made-up markets that live by the exchange's rules, and a memory of all that is true about them."""

import time
import uuid
from dataclasses import dataclass


def now_ms():
    return int(time.time() * 1000)


@dataclass(frozen=True)
class Trade:
    id: str
    symbol: str
    at: int
    price: int
    size: int
    buy: bool
    seq: int
    block: bool
    rpi: bool


class Tape:
    """The trades of one trade topic, oldest first; those of an option topic are of several contracts."""

    def __init__(self, category):
        self.category = category
        self.trades = []
        self.next_spot_id = 2290000001227213949

    def id(self, random):
        if self.category != "spot":
            return str(uuid.UUID(int=random.getrandbits(128), version=4))
        self.next_spot_id += random.choice((1, 1, 4))
        return str(self.next_spot_id)


class Market:
    """One book and its orders. Prices and sizes are whole numbers of 10^-digits."""

    def __init__(self, random, category, symbol, tape, price_digits, size_digits, mid, levels):
        self.random = random
        self.category, self.symbol, self.tape = category, symbol, tape
        self.price_digits, self.size_digits = price_digits, size_digits
        self.mid, self.levels = mid, levels
        self.bids, self.asks = {}, {}
        self.seq = random.randrange(10**10, 10**12)
        self.at = now_ms()
        for side in (self.bids, self.asks):
            while len(side) < levels:
                self._place(side)

    def step(self):
        """Lets some orders come; returns the trades they made."""
        before = len(self.tape.trades)
        actions = self.random.choice((0, 0, 1, 1, 2, 4))
        if actions:
            self.seq += self.random.randrange(1, 9)
            self.at = max(self.at, now_ms())
        for _ in range(actions):
            chance = self.random.random()
            side = self.random.choice((self.bids, self.asks))
            if chance < 0.55:
                self._place(side)
            elif chance < 0.85:
                if side and (len(side) > self.levels * 0.8 or self.levels < 20):
                    del side[self.random.choice(list(side))]
            else:
                self._take(side, self.random.randrange(1, 4))
        return self.tape.trades[before:]

    def sweep(self, count):
        """One order that makes so many trades; returns them."""
        before = len(self.tape.trades)
        self.seq += 1
        self.at = max(self.at, now_ms())
        side = self.bids if self.bids else self.asks
        if not side:
            self._place(side)
        for _ in range(count):
            if not side:
                break
            self._fill(side, 1)
        return self.tape.trades[before:]

    def _place(self, side):
        best_bid = max(self.bids, default=None)
        best_ask = min(self.asks, default=None)
        reach = max(4, int(self.levels * 1.5))
        offset = min(reach, int(self.random.expovariate(3 / reach)) + (0 if self.random.random() < 0.4 else 1))
        self.mid = max(reach * 3, self.mid + self.random.choice((-1, 0, 0, 1)))
        if side is self.bids:
            price = self.mid - offset
            price = price if best_ask is None else min(price, best_ask - 1)
        else:
            price = self.mid + 1 + offset
            price = price if best_bid is None else max(price, best_bid + 1)
        side[price] = self.random.randrange(1, 90_000)
        if len(side) > self.levels:
            del side[min(side) if side is self.bids else max(side)]

    def _take(self, side, most):
        for _ in range(most):
            if side:
                price = max(side) if side is self.bids else min(side)
                self._fill(side, self.random.randrange(1, side[price] + 1))
        if self.random.random() < 0.15:
            # Off the book, or against orders that the book does not show.
            block = self.random.random() < 0.5
            self._print(self.mid, self.random.randrange(1, 900), self.random.random() < 0.5, block, not block)

    def _fill(self, side, size):
        price = max(side) if side is self.bids else min(side)
        side[price] -= size
        if side[price] <= 0:
            del side[price]
        self._print(price, size, side is self.asks, False, False)

    def _print(self, price, size, buy, block, rpi):
        tape = self.tape
        tape.trades.append(Trade(tape.id(self.random), self.symbol, self.at, price, size, buy, self.seq, block, rpi))

    def window(self, depth):
        return (
            {p: self.bids[p] for p in sorted(self.bids, reverse=True)[:depth]},
            {p: self.asks[p] for p in sorted(self.asks)[:depth]},
        )


class BookTopic:
    """What one book topic tells, with every state it ever told."""

    SHOWN = 400

    def __init__(self, market, depth, random):
        self.market, self.depth = market, depth
        self.u = random.randrange(1000, 10**9)
        self.bids, self.asks = market.window(depth)
        self.cts, self.seq = market.at, market.seq
        self.states = {}
        self.shown = {}
        self.repeated = now_ms()
        self._remember()

    def name(self):
        return "orderbook.%d.%s" % (self.depth, self.market.symbol)

    def _remember(self):
        self.states.setdefault(self.u, []).append((self.cts, fingerprint(self.bids, self.asks)))
        self.shown[self.u] = (dict(self.bids), dict(self.asks))
        if len(self.shown) > self.SHOWN:
            del self.shown[next(iter(self.shown))]

    def told(self, u, cts, bids, asks):
        """Whether the topic told this book under that update id at that time."""
        mark = fingerprint(bids, asks)
        return any(at == cts and state == mark for at, state in self.states.get(u, ()))

    def changes(self):
        """The next delta as ({price: size}, {price: size}), or None where nothing changed."""
        bids, asks = self.market.window(self.depth)
        changes = tuple(
            {**{p: 0 for p in old if p not in new}, **{p: q for p, q in new.items() if old.get(p) != q}}
            for old, new in ((self.bids, bids), (self.asks, asks))
        )
        if not any(changes):
            return None
        self.u += 1
        self._now(bids, asks)
        return changes

    def restart(self, u, empty=False):
        """Begins anew under another update id."""
        self.u = u
        self._now(*(({}, {}) if empty else self.market.window(self.depth)))

    def _now(self, bids, asks):
        self.bids, self.asks = bids, asks
        self.cts, self.seq = self.market.at, self.market.seq
        self.repeated = now_ms()
        self._remember()


def fingerprint(bids, asks):
    return hash((frozenset(bids.items()), frozenset(asks.items())))
