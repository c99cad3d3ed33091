"""Binance's own clients (binance-sdk) against the local exchange, spot and futures: python binance_sdk_client.py PORT [SECONDS]"""

import asyncio
import sys
from decimal import Decimal

from binance_common.configuration import ConfigurationRestAPI, ConfigurationWebSocketStreams
from binance_sdk_derivatives_trading_usds_futures.derivatives_trading_usds_futures import DerivativesTradingUsdsFutures
from binance_sdk_spot.spot import Spot
from truth import Truth, finish

port, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 8
rest = f"http://127.0.0.1:{port}"
DEPTH = 100
counts, truth = {}, Truth(rest, "binance")


def count(name):
    counts[name] = counts.get(name, 0) + 1


class Book:
    """The book that these clients leave to their user, by the venue's rules."""

    def __init__(self, category, symbol):
        self.category, self.symbol = category, symbol
        self.last, self.fresh = None, False
        self.early, self.bids, self.asks = [], {}, {}

    def snapshot(self, data):
        self.bids, self.asks = ({Decimal(p): Decimal(q) for p, q in side} for side in (data.bids, data.asks))
        self.last, self.fresh = data.last_update_id, True
        early, self.early = self.early, []
        for event in early:
            self.update(event)

    def update(self, event):
        if self.last is None:
            self.early.append(event)
            return
        if event.u < self.last or (self.category == "spot" and event.u == self.last):
            return
        first = event.U <= self.last + (self.category == "spot") <= event.u
        if not (first if self.fresh else event.U == self.last + 1 if self.category == "spot" else event.pu == self.last):
            truth.faults.append(f"{self.category} {self.symbol}: update {event.U}-{event.u} follows {self.last}")
        for side, changes in ((self.bids, event.b), (self.asks, event.a)):
            for price, size in changes:
                side[Decimal(price)] = Decimal(size)
                if Decimal(size) == 0:
                    del side[Decimal(price)]
        self.last, self.fresh = event.u, False
        bids, asks = sorted(self.bids.items(), reverse=True)[:DEPTH], sorted(self.asks.items())[:DEPTH]
        truth.keep(self.category, self.symbol, DEPTH, self.last, bids, asks)
        count(f"book {self.category}")


def trades(category, symbol):
    def trade(event):
        truth.trade(category, symbol, event.a)
        count(f"trades {category}")

    return trade


def rows(name, kind):
    def counted(events):
        for event in events if isinstance(events, list) else [events]:
            assert event.e == kind, event
        count(name)

    return counted


async def spot():
    client = Spot(ConfigurationRestAPI(base_path=rest), None, ConfigurationWebSocketStreams(stream_url=f"ws://127.0.0.1:{port}"))
    assert (await asyncio.to_thread(client.rest_api.exchange_info, symbol="BTCUSDT")).data().symbols[0].symbol == "BTCUSDT"
    assert len((await asyncio.to_thread(client.rest_api.klines, "BTCUSDT", "1s", limit=60)).data()) == 60
    streams = await client.websocket_streams.create_connection()
    book = Book("spot", "BTCUSDT")
    (await streams.diff_book_depth("btcusdt", update_speed="100ms")).on("message", book.update)
    (await streams.agg_trade("btcusdt")).on("message", trades("spot", "BTCUSDT"))
    (await streams.kline("btcusdt", interval="1s")).on("message", rows("seconds spot", "kline"))
    (await streams.all_mini_ticker()).on("message", rows("mini tickers spot", "24hrMiniTicker"))
    book.snapshot((await asyncio.to_thread(client.rest_api.depth, "BTCUSDT", limit=1000)).data())
    await asyncio.sleep(seconds)
    await streams.close_connection(close_session=True)


async def futures():
    streaming = ConfigurationWebSocketStreams(stream_url=f"ws://127.0.0.1:{port}")
    client = DerivativesTradingUsdsFutures(ConfigurationRestAPI(base_path=rest), None, streaming)
    assert any(one.symbol == "ETHUSDT" for one in (await asyncio.to_thread(client.rest_api.exchange_information)).data().symbols)
    streams = await client.websocket_streams.create_connection()
    book = Book("linear", "ETHUSDT")
    (await streams.diff_book_depth_streams("ethusdt", update_speed="100ms")).on("message", book.update)
    (await streams.aggregate_trade_streams("ethusdt")).on("message", trades("linear", "ETHUSDT"))
    (await streams.all_book_tickers_stream()).on("message", rows("book tickers linear", "bookTicker"))
    (await streams.all_market_tickers_streams()).on("message", rows("tickers linear", "24hrTicker"))
    (await streams.all_market_mini_tickers_stream()).on("message", rows("mini tickers linear", "24hrMiniTicker"))
    prices = await streams.mark_price_stream_for_all_market(update_speed="1s")
    prices.on("message", rows("mark prices linear", "markPriceUpdate"))
    book.snapshot((await asyncio.to_thread(client.rest_api.order_book, "ETHUSDT", limit=1000)).data())
    await asyncio.sleep(seconds)
    await streams.close_connection(close_session=True)


async def main():
    await asyncio.gather(spot(), futures())


asyncio.run(main())
both = [f"{what} {category}" for what in ("book", "trades", "mini tickers") for category in ("spot", "linear")]
finish("binance-sdk", counts, truth, both + ["seconds spot", "book tickers linear", "tickers linear", "mark prices linear"])
