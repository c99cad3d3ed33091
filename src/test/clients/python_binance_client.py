"""python-binance against the local exchange, spot and futures: python python_binance_client.py PORT [SECONDS]"""

import asyncio
import sys
import time

from binance import AsyncClient, BinanceSocketManager
from binance.ws.depthcache import DepthCacheManager
from truth import Truth, finish

port, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 15
rest = f"http://127.0.0.1:{port}"
DEPTH = 100
BinanceSocketManager.STREAM_URL = f"ws://127.0.0.1:{port}/"
BinanceSocketManager.FSTREAM_URL = f"ws://127.0.0.1:{port}/"


class Manager(DepthCacheManager):
    """After a second snapshot the client applies the message that led to it, even if the snapshot contains it. Until it
    has caught up with the snapshot, its book is wrong by its own doing; that happens if REST is slow."""

    snapshot_id = 0

    async def _init_cache(self):
        await super()._init_cache()
        self.snapshot_id = max(self.snapshot_id, self._last_update_id)


async def book(name, category, symbol, manager, counts, truth, until):
    async with manager as updates:
        while time.time() < until:
            try:
                cache = await asyncio.wait_for(updates.recv(), until + 1 - time.time())
            except asyncio.TimeoutError:
                return
            if cache is None or isinstance(cache, dict) or manager._last_update_id < manager.snapshot_id:
                continue
            bids, asks = cache.get_bids()[:DEPTH], cache.get_asks()[:DEPTH]
            truth.keep(category, symbol, DEPTH, manager._last_update_id, bids, asks)
            counts[name] = counts.get(name, 0) + 1


async def trades(category, symbol, socket, counts, truth, until):
    async with socket as messages:
        while time.time() < until:
            try:
                message = await asyncio.wait_for(messages.recv(), until + 1 - time.time())
            except asyncio.TimeoutError:
                return
            row = message.get("data", message)
            assert float(row["p"]) > 0 and float(row["q"]) > 0, message
            truth.trade(category, symbol, row["a"])
            counts[f"trades {category}"] = counts.get(f"trades {category}", 0) + 1


async def main():
    client = AsyncClient()
    client.API_URL = f"{rest}/api"
    client.FUTURES_URL = f"{rest}/fapi"
    counts, truth = {}, Truth(rest, "binance")
    until = time.time() + seconds
    try:
        assert (await client.ping()) == {}
        assert any(one["symbol"] == "BTCUSDT" for one in (await client.get_exchange_info())["symbols"])
        assert len(await client.get_aggregate_trades(symbol="BTCUSDT", limit=20)) > 0
        assert len(await client.get_klines(symbol="BTCUSDT", interval="1h", limit=24)) == 24
        sockets = BinanceSocketManager(client)
        await asyncio.gather(
            book("book spot", "spot", "BTCUSDT", Manager(client, "BTCUSDT", limit=1000, ws_interval=100),
                 counts, truth, until),
            trades("spot", "BTCUSDT", sockets.aggtrade_socket("BTCUSDT"), counts, truth, until),
            trades("linear", "ETHUSDT", sockets.aggtrade_futures_socket("ETHUSDT"), counts, truth, until),
        )
    finally:
        await client.close_connection()
    finish("python-binance", counts, truth, ["book spot", "trades spot", "trades linear"])


asyncio.run(main())
