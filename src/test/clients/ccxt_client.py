"""ccxt pro against the local exchange: python ccxt_client.py PORT [SECONDS]"""

import asyncio
import sys
import time

import ccxt.pro
from truth import Truth, finish

port, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 15
rest = f"http://127.0.0.1:{port}"


def point_at(urls):
    for name, url in urls.items():
        if isinstance(url, dict):
            point_at(url)
        elif url.startswith("wss://") and "/v5" in url:
            urls[name] = f"ws://127.0.0.1:{port}" + url[url.index("/v5") :]
        elif url.startswith("https://"):
            urls[name] = rest


async def main():
    exchange = ccxt.pro.bybit({"newUpdates": True})
    point_at(exchange.urls["api"])
    counts, truth = {}, Truth(rest)
    until = time.time() + seconds
    # ccxt keeps no update id: look at the frames as they pass.
    update_ids = {}
    handle = exchange.handle_order_book

    def watched(client, message):
        handle(client, message)
        update_ids[(client.url, message["topic"])] = message["data"]["u"]

    exchange.handle_order_book = watched

    def count(name, more=1):
        counts[name] = counts.get(name, 0) + more

    async def repeat(name, call, size=lambda result: 1):
        while time.time() < until:
            try:
                count(name, size(await asyncio.wait_for(call(), until + 1 - time.time())))
            except asyncio.TimeoutError:
                return

    async def book(category, symbol, depth):
        while time.time() < until:
            kept = await exchange.watch_order_book(symbol, depth)
            name = exchange.market(symbol)["id"]
            url = f"ws://127.0.0.1:{port}/v5/public/{category}"
            truth.keep(category, name, depth, update_ids[(url, f"orderbook.{depth}.{name}")], kept["bids"], kept["asks"])
            count(f"book {symbol} {depth}")

    try:
        markets = await exchange.load_markets()
        option = next(symbol for symbol, market in markets.items() if market["option"])
        books = [
            ("linear", "BTC/USDT:USDT", 50),
            ("linear", "ETH/USDT:USDT", 1000),
            ("spot", "BTC/USDT", 200),
            ("inverse", "BTC/USD:BTC", 50),
            ("option", option, 25),
        ]
        assert len(await exchange.fetch_trades("BTC/USDT:USDT", limit=20)) > 0
        assert len(await exchange.fetch_ohlcv("BTC/USDT", "1h", limit=24)) == 24
        assert (await exchange.fetch_order_book("BTC/USDT:USDT", 50))["bids"]
        assert (await exchange.fetch_ticker("BTC/USDT"))["last"] > 0
        await asyncio.gather(
            *(book(*each) for each in books),
            repeat("trades linear", lambda: exchange.watch_trades("BTC/USDT:USDT"), len),
            repeat("trades spot", lambda: exchange.watch_trades("BTC/USDT"), len),
            repeat("ticker linear", lambda: exchange.watch_ticker("BTC/USDT:USDT")),
            repeat("ticker spot", lambda: exchange.watch_ticker("BTC/USDT")),
            repeat("candles", lambda: exchange.watch_ohlcv("BTC/USDT:USDT", "1m")),
        )
    finally:
        await exchange.close()
    finish(
        "ccxt",
        counts,
        truth,
        [f"book {symbol} {depth}" for _, symbol, depth in books]
        + ["trades linear", "trades spot", "ticker linear", "ticker spot", "candles"],
    )


asyncio.run(main())
