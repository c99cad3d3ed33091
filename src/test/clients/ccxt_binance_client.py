"""ccxt pro against the local exchange as Binance, spot and futures: python ccxt_binance_client.py PORT [SECONDS]"""

import asyncio
import sys
import time

import ccxt.pro
from truth import Truth, finish

port, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 15
rest = f"http://127.0.0.1:{port}"
stream = f"ws://127.0.0.1:{port}"
DEPTH = 100


def count(counts, name, more=1):
    counts[name] = counts.get(name, 0) + more


async def watch(category, symbol, counts, truth):
    """One symbol of one market, with a client of its own."""
    spot = category == "spot"
    exchange = (ccxt.pro.binance if spot else ccxt.pro.binanceusdm)({"newUpdates": True})
    exchange.options["fetchMarkets"] = {"types": [category]} if spot else {"types": ["linear"]}
    exchange.options["fetchCurrencies"] = False
    api = exchange.urls["api"]
    api["public"], api["v1"] = f"{rest}/api/v3", f"{rest}/api/v1"
    api["fapiPublic"] = f"{rest}/fapi/v1"
    api["ws"]["spot"] = f"{stream}/ws"
    api["ws"]["linear"] = api["ws"]["future"] = f"{stream}/ws"
    until = time.time() + seconds

    async def repeat(name, call, size=lambda result: 1):
        while time.time() < until:
            try:
                count(counts, name, size(await asyncio.wait_for(call(), until + 1 - time.time())))
            except asyncio.TimeoutError:
                return

    def trades(seen):
        for trade in seen:
            truth.trade(category, exchange.market(symbol)["id"], trade["id"], trade["info"]["e"] == "trade")
        return len(seen)

    async def book():
        while time.time() < until:
            kept = await exchange.watch_order_book(symbol, 1000)
            bids, asks = kept["bids"][:DEPTH], kept["asks"][:DEPTH]
            truth.keep(category, exchange.market(symbol)["id"], DEPTH, kept["nonce"], bids, asks)
            count(counts, f"book {category}")

    try:
        await exchange.load_markets()
        assert len(await exchange.fetch_trades(symbol, limit=20)) > 0
        assert len(await exchange.fetch_ohlcv(symbol, "1h", limit=24)) == 24
        assert (await exchange.fetch_order_book(symbol, 50))["bids"]
        await asyncio.gather(
            book(),
            repeat(f"trades {category}", lambda: exchange.watch_trades(symbol), trades),
            repeat(f"ticker {category}", lambda: exchange.watch_ticker(symbol)),
            repeat(f"candles {category}", lambda: exchange.watch_ohlcv(symbol, "1m")),
        )
    finally:
        await exchange.close()


async def main():
    counts, truth = {}, Truth(rest, "binance")
    await asyncio.gather(
        watch("spot", "BTC/USDT", counts, truth),
        watch("linear", "ETH/USDT:USDT", counts, truth),
    )
    finish(
        "ccxt binance",
        counts,
        truth,
        [f"{what} {category}" for what in ("book", "trades", "ticker", "candles") for category in ("spot", "linear")],
    )


asyncio.run(main())
