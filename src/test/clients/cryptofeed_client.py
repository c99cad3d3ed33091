"""cryptofeed against the local exchange: python cryptofeed_client.py PORT [SECONDS]"""

import asyncio
import sys

import cryptofeed.connection as connection
from cryptofeed import FeedHandler
from cryptofeed.connection import RestEndpoint, Routes, WebsocketEndpoint
from cryptofeed.defines import FUTURES, L2_BOOK, PERPETUAL, SPOT, TICKER, TRADES
from cryptofeed.exchanges import Bybit
from truth import Truth, finish

port, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 15
rest = f"http://127.0.0.1:{port}"
DEPTH = 200

# It takes only wss addresses.
connect = connection.connect
connection.connect = lambda address, **options: connect(address.replace("wss:", "ws:"), **options)

counts, truth = {}, Truth(rest)


class Local(Bybit):
    rest_endpoints = [RestEndpoint(rest, routes=Routes(Bybit.rest_endpoints[0].routes.instruments))]
    websocket_endpoints = [
        WebsocketEndpoint(
            f"wss://127.0.0.1:{port}/v5/public/{category}",
            instrument_filter=("TYPE", kinds),
            channel_filter=Bybit.websocket_endpoints[0].channel_filter,
            options={"compression": None},
        )
        for category, kinds in (("linear", (FUTURES, PERPETUAL)), ("spot", (SPOT,)))
    ]


def count(name):
    counts[name] = counts.get(name, 0) + 1


async def book(book, receipt):
    category = "linear" if book.symbol.endswith("PERP") else "spot"
    name = book.symbol.replace("-PERP", "").replace("-", "")
    if book.raw is None:
        return
    sides = [[(p, side[p]) for p in side.keys()] for side in (book.book.bids, book.book.asks)]
    truth.keep(category, name, DEPTH, book.raw["data"]["u"], *sides)
    count(f"book {category} {name}")


async def trade(trade, receipt):
    count(f"trade {trade.symbol}")


async def ticker(ticker, receipt):
    count("ticker")


handler = FeedHandler(config={"log": {"filename": "/dev/null", "level": "WARNING", "disabled": True}, "uvloop": False})
handler.add_feed(
    Local(
        symbols=["BTC-USDT-PERP", "SOL-USDT-PERP"],
        channels=[L2_BOOK, TRADES, TICKER],
        callbacks={L2_BOOK: book, TRADES: trade, TICKER: ticker},
    )
)
handler.add_feed(Local(symbols=["ETH-USDT"], channels=[L2_BOOK, TRADES], callbacks={L2_BOOK: book, TRADES: trade}))
asyncio.get_event_loop().call_later(seconds, lambda: asyncio.get_event_loop().stop())
handler.run(install_signal_handlers=False)
finish(
    "cryptofeed",
    counts,
    truth,
    ["book linear BTCUSDT", "book linear SOLUSDT", "book spot ETHUSDT", "trade BTC-USDT-PERP", "trade ETH-USDT", "ticker"],
)
