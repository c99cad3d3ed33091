"""cryptofeed against the local exchange as Binance, spot and futures: python cryptofeed_binance_client.py PORT [SECONDS]"""

import asyncio
import sys

import cryptofeed.connection as connection
from cryptofeed import FeedHandler
from cryptofeed.connection import RestEndpoint, WebsocketEndpoint
from cryptofeed.defines import CANDLES, FUNDING, L2_BOOK, LIQUIDATIONS, TICKER, TRADES
from cryptofeed.exchanges import Binance, BinanceFutures
from truth import Truth, finish

port, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 8
rest = f"http://127.0.0.1:{port}"
DEPTH = 100

# It takes only wss addresses.
connect = connection.connect
connection.connect = lambda address, **options: connect(address.replace("wss:", "ws:"), **options)

counts, truth = {}, Truth(rest, "binance")


class Spot(Binance):
    rest_endpoints = [RestEndpoint(rest, routes=Binance.rest_endpoints[0].routes)]
    websocket_endpoints = [WebsocketEndpoint(f"wss://127.0.0.1:{port}", options={"compression": None})]


class PublicFutures(BinanceFutures):
    """The streams of one route of 2026; cryptofeed knows the address without routes only."""

    rest_endpoints = [RestEndpoint(rest, routes=BinanceFutures.rest_endpoints[0].routes)]
    websocket_endpoints = [WebsocketEndpoint(f"wss://127.0.0.1:{port}/public", options={"compression": None})]


class MarketFutures(PublicFutures):
    websocket_endpoints = [WebsocketEndpoint(f"wss://127.0.0.1:{port}/market", options={"compression": None})]


def count(name):
    counts[name] = counts.get(name, 0) + 1


def market(symbol):
    return ("linear" if symbol.endswith("PERP") else "spot"), symbol.replace("-PERP", "").replace("-", "")


async def book(book, receipt):
    category, name = market(book.symbol)
    if len(book.book.bids) >= DEPTH and len(book.book.asks) >= DEPTH:
        sides = [[(p, side[p]) for p in list(side.keys())[:DEPTH]] for side in (book.book.bids, book.book.asks)]
        truth.keep(category, name, DEPTH, book.sequence_number, *sides)
        count(f"book {category}")


async def trade(trade, receipt):
    category, name = market(trade.symbol)
    truth.trade(category, name, trade.id)
    count(f"trades {category}")


def counted(name):
    async def callback(event, receipt):
        count(name)

    return callback


handler = FeedHandler(config={"log": {"filename": "/dev/null", "level": "WARNING", "disabled": True}, "uvloop": False})
handler.add_feed(
    Spot(
        symbols=["BTC-USDT"],
        channels=[L2_BOOK, TRADES, TICKER, CANDLES],
        max_depth=0,
        callbacks={L2_BOOK: book, TRADES: trade, TICKER: counted("ticker spot"), CANDLES: counted("candles spot")},
        candle_interval="1m",
        candle_closed_only=False,
    )
)
handler.add_feed(
    PublicFutures(
        symbols=["ETH-USDT-PERP"],
        channels=[L2_BOOK, TICKER],
        max_depth=0,
        callbacks={L2_BOOK: book, TICKER: counted("ticker linear")},
    )
)
handler.add_feed(
    MarketFutures(
        symbols=["ETH-USDT-PERP"],
        channels=[TRADES, FUNDING, LIQUIDATIONS],
        callbacks={TRADES: trade, FUNDING: counted("funding linear"), LIQUIDATIONS: counted("liquidations linear")},
    )
)
asyncio.get_event_loop().call_later(seconds, lambda: asyncio.get_event_loop().stop())
handler.run(install_signal_handlers=False)
both = [f"{what} {category}" for what in ("book", "trades", "ticker") for category in ("spot", "linear")]
finish("cryptofeed binance", counts, truth, both + ["candles spot", "funding linear"])
