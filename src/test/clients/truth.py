"""Compares books that a client kept, and the trades it saw, with what the exchange says it told."""

import json
import urllib.request


class Truth:
    def __init__(self, rest, venue="bybit"):
        self.rest = rest
        self.venue = venue
        self.seen = {}
        self.trades = {}
        self.faults = []

    def keep(self, category, symbol, depth, update_id, bids, asks):
        """Remembers a book as it is now; the last few of each topic are compared at the end."""
        key = (category, symbol, depth)
        levels = [[(float(p), float(q)) for p, q, *_ in side] for side in (bids, asks)]
        for side in levels:
            if len(side) != depth:
                self.faults.append(f"{key} u {update_id}: {len(side)} levels")
        best_bid, best_ask = max(levels[0])[0], min(levels[1])[0]
        if best_bid >= best_ask:
            self.faults.append(f"{key} u {update_id}: crossed {best_bid} {best_ask}")
        self.seen.setdefault(key, []).append((update_id, levels))
        del self.seen[key][:-3]

    def trade(self, category, symbol, trade_id, single=False):
        """Remembers a trade; all of them must be a run of those that were made, in their order."""
        self.trades.setdefault((category, symbol, single), []).append(str(trade_id))

    def made(self, category, symbol, single):
        """The ids of the kept trades."""
        ids, start = [], 0
        while True:
            query = f"venue={self.venue}&category={category}&symbol={symbol}&single={str(single).lower()}&from={start}"
            page = self.get(f"/control/trades?{query}")
            if not page["list"]:
                return ids
            ids += [str(row.get("execId") or row.get("id") or row.get("a")) for row in page["list"]]
            start = page["next"]

    def get(self, path):
        with urllib.request.urlopen(self.rest + path) as answer:
            return json.load(answer)

    def compare(self):
        compared = 0
        for (category, symbol, single), ids in self.trades.items():
            made = self.made(category, symbol, single)
            first = made.index(ids[0]) if ids[0] in made else len(made)
            if made[first : first + len(ids)] != ids:
                self.faults.append(f"{category} {symbol}: the {len(ids)} trades seen are no run of those made")
        for (category, symbol, depth), books in self.seen.items():
            for update_id, levels in books:
                query = f"venue={self.venue}&category={category}&symbol={symbol}&depth={depth}&u={update_id}"
                told = self.get(f"/control/book?{query}")
                for name, kept in zip("ba", levels):
                    if sorted(kept) != sorted((float(p), float(q)) for p, q in told[name]):
                        self.faults.append(f"{category} {symbol} {depth} u {update_id}: {name} differs")
                compared += 1
        return compared


def finish(name, counts, truth, expected):
    missing = [topic for topic in expected if not counts.get(topic)]
    compared = truth.compare()
    print(name, "counts", dict(sorted(counts.items())), "books compared", compared)
    for fault in truth.faults[:10]:
        print(name, "FAULT", fault)
    if missing:
        print(name, "MISSING", missing)
    if truth.faults or missing or not compared:
        raise SystemExit(1)
    print(name, "ok")
