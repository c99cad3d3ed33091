"""pybit against the local exchange: python pybit_client.py PORT [SECONDS]"""

import sys
import time

import pybit._http_manager as http_manager
import pybit.unified_trading as unified
from pybit.exceptions import InvalidRequestError
from truth import Truth, finish

port, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 15
rest = f"http://127.0.0.1:{port}"
unified.PUBLIC_WSS = f"ws://127.0.0.1:{port}/v5/public/{{CHANNEL_TYPE}}"
unified.PRIVATE_WSS = f"ws://127.0.0.1:{port}/v5/private"
http_manager.HTTP_URL = rest

counts, truth = {}, Truth(rest)


def count(name):
    def heard(message):
        counts[name] = counts.get(name, 0) + len(message["data"]) if name.startswith("trade") else counts.get(name, 0) + 1

    return heard


def book(category, symbol, depth):
    def heard(message):
        data = message["data"]
        truth.keep(category, symbol, depth, data["u"], data["b"], data["a"])
        count(f"book {category} {symbol} {depth}")(message)

    return heard


session = unified.HTTP()
assert session.get_server_time()["retCode"] == 0
assert len(session.get_kline(category="linear", symbol="BTCUSDT", interval=60, limit=48)["result"]["list"]) == 48
assert session.get_orderbook(category="spot", symbol="BTCUSDT", limit=200)["result"]["u"] > 0
assert session.get_tickers(category="inverse", symbol="BTCUSD")["result"]["list"]
option = session.get_instruments_info(category="option", baseCoin="BTC")["result"]["list"][0]["symbol"]
try:
    unified.HTTP(api_key="nobody", api_secret="nothing").get_wallet_balance(accountType="UNIFIED")
    raise SystemExit("a key that nobody has was let in")
except InvalidRequestError as refused:
    assert refused.status_code == 10003, refused

linear, spot, inverse, options = (
    unified.WebSocket(testnet=False, channel_type=c) for c in ("linear", "spot", "inverse", "option")
)
for depth in (1, 50, 200, 1000):
    linear.orderbook_stream(depth, "BTCUSDT", book("linear", "BTCUSDT", depth))
    spot.orderbook_stream(depth, "ETHUSDT", book("spot", "ETHUSDT", depth))
inverse.orderbook_stream(50, "BTCUSD", book("inverse", "BTCUSD", 50))
options.orderbook_stream(25, option, book("option", option, 25))
linear.trade_stream(["BTCUSDT", "ETHUSDT"], count("trade linear"))
spot.trade_stream("BTCUSDT", count("trade spot"))
inverse.trade_stream("BTCUSD", count("trade inverse"))
options.trade_stream("BTC", count("trade option"))
linear.ticker_stream("BTCUSDT", count("ticker linear"))
spot.ticker_stream("BTCUSDT", count("ticker spot"))
options.ticker_stream(option, count("ticker option"))
linear.kline_stream(1, "BTCUSDT", count("kline linear"))
private = unified.WebSocket(testnet=False, channel_type="private", api_key="local-key", api_secret="local-secret")
private.order_stream(count("order"))
private.execution_stream(count("execution"))
private.position_stream(count("position"))
private.wallet_stream(count("wallet"))

time.sleep(seconds)
for socket in (linear, spot, inverse, options, private):
    socket.exit()
finish(
    "pybit",
    counts,
    truth,
    [f"book linear BTCUSDT {d}" for d in (1, 50, 200, 1000)]
    + [f"book spot ETHUSDT {d}" for d in (1, 50, 200, 1000)]
    + ["book inverse BTCUSD 50", f"book option {option} 25", "trade linear", "trade spot", "trade inverse", "trade option"]
    + ["ticker linear", "ticker spot", "ticker option", "kline linear", "order", "execution", "position", "wallet"],
)
