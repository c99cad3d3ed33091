"""A small Bybit V5 server with bad manners, written from what is documented of the exchange and from nothing of this project."""

import asyncio
import json
import random
import socket
import struct
import time
from urllib.parse import parse_qsl, urlsplit

from market import BookTopic, Market, Tape, now_ms
from wire import BINARY, CLOSE, PING, PONG, TEXT, Decimals, Writer, accept_key, frame, read_frame

STEP = 0.02
TRADES_A_FRAME = 1024
REST_TRADES = {"spot": 60}
DEPTHS = {"option": (25, 100)}


class Exchange:
    """The markets, their topics, the connections, and what is to go wrong."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.writer = Writer(self.random)
        self.decimals = Decimals(self.random)
        self.markets, self.books, self.tapes = {}, {}, {}
        self.sessions = []
        self.faults = []
        self.handshakes = []
        # Categories whose handshakes are all refused.
        self.refused = set()
        self.rest_manner = "good"
        self.rest_requests = 0
        # What a client cannot know at once: trades that were left out, and short times of silence on a living connection.
        self.left_out = set()
        self.silences = []
        self.paused = False
        self.port = None
        for category, symbol, digits, mid, levels in (
            ("linear", "BTCUSDT", (2, 3), 7142380, 260),
            ("linear", "THINUSDT", (4, 0), 30000, 5),
            ("spot", "BTCUSDT", (1, 6), 771405, 260),
            ("spot", "THINUSDT", (5, 2), 51000, 6),
            ("inverse", "BTCUSD", (1, 0), 714238, 120),
            ("option", "BTC-25DEC26-80000-C-USDT", (0, 2), 4000, 110),
            ("option", "BTC-25DEC26-90000-P-USDT", (0, 2), 9000, 40),
        ):
            tape_name = "publicTrade." + (symbol.split("-")[0] if category == "option" else symbol)
            tape = self.tapes.setdefault((category, tape_name), Tape(category))
            market = Market(self.random, category, symbol, tape, *digits, mid, levels)
            self.markets[category, symbol] = market
            for depth in DEPTHS.get(category, (1, 50, 200)):
                topic = BookTopic(market, depth, self.random)
                self.books[category, topic.name()] = topic

    # ------------------------------------------------------------------------------------------------ life

    async def start(self):
        self.server = await asyncio.start_server(self._client, "127.0.0.1", 0, limit=1 << 21)
        self.port = self.server.sockets[0].getsockname()[1]
        self.living = asyncio.ensure_future(self._live())

    async def stop(self):
        self.living.cancel()
        self.server.close()
        for session in list(self.sessions):
            session.abort()

    async def _live(self):
        tick = 0
        while True:
            await asyncio.sleep(STEP)
            tick += 1
            for market in self.markets.values():
                if not self.paused:
                    self._tell(market, market.step())
            for session in list(self.sessions):
                session.tick(tick)

    def _tell(self, market, trades):
        """Pushes what has changed in a market to all who listen, trades before or after the books."""
        first = self.random.random() < 0.5
        if first:
            self.push_trades(market.category, trades)
        for (category, name), topic in self.books.items():
            if topic.market is market:
                self._push_book(category, name, topic)
        if not first:
            self.push_trades(market.category, trades)

    def _push_book(self, category, name, topic):
        changes = topic.changes()
        if changes is None and not (topic.depth == 1 and now_ms() - topic.repeated > 3000):
            return
        topic.repeated = now_ms()
        for session in self.sessions:
            if session.category == category and name in session.topics:
                whole = topic.depth == 1
                session.book(topic, (topic.bids, topic.asks) if whole else changes, whole)

    def push_trades(self, category, trades):
        for at in range(0, len(trades), TRADES_A_FRAME):
            part = trades[at : at + TRADES_A_FRAME]
            name = "publicTrade." + (part[0].symbol.split("-")[0] if category == "option" else part[0].symbol)
            for session in self.sessions:
                if session.category == category and name in session.topics:
                    session.trades(name, part)

    def sweep(self, category, symbol, count):
        market = self.markets[category, symbol]
        self._tell(market, market.sweep(count))

    def of(self, category):
        """The newest connection of a category, or None."""
        return next((s for s in reversed(self.sessions) if s.category == category and s.alive), None)

    def fault(self, text):
        self.faults.append(text)

    # ------------------------------------------------------------------------------------------------ clients

    async def _client(self, reader, writer):
        try:
            while await self._request(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, ValueError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _request(self, reader, writer):
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
        if headers.get("upgrade", "").lower() == "websocket":
            await self._upgrade(target, headers, reader, writer)
            return False
        return await self._rest(target, writer)

    async def _upgrade(self, target, headers, reader, writer):
        path = urlsplit(target).path
        category = path.rsplit("/", 1)[-1]
        refusal = next((h for h in self.handshakes if h[0] in (category, "*")), None)
        if refusal:
            self.handshakes.remove(refusal)
            await self._refuse(refusal[1], writer)
            return
        if category in self.refused:
            await self._refuse("502", writer)
            return
        if not path.startswith("/v5/public/") or category not in ("spot", "linear", "inverse", "option"):
            writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
            return
        if "sec-websocket-extensions" in headers:
            self.fault("the client offers " + headers["sec-websocket-extensions"])
        answer = [
            self.random.choice(("Upgrade: websocket", "upgrade: WebSocket")),
            self.random.choice(("Connection: Upgrade", "connection: keep-alive, upgrade")),
            "sec-websocket-accept: " + accept_key(headers["sec-websocket-key"]),
            "X-Cache: Miss from cloudfront",
        ]
        self.random.shuffle(answer)
        session = Session(self, category, reader, writer)
        # The first frame may stand in the same segment as the answer.
        greeting = frame(PING, b"early") if self.random.random() < 0.5 else b""
        writer.write(("HTTP/1.1 101 Switching Protocols\r\n" + "\r\n".join(answer) + "\r\n\r\n").encode() + greeting)
        self.sessions.append(session)
        try:
            await session.listen()
        finally:
            session.alive = False
            if session.silence is not None:
                session.silence[2] = min(session.silence[2], now_ms() + 50)
            self.sessions.remove(session)

    async def _refuse(self, how, writer):
        answers = {
            "redirect": b"HTTP/1.1 301 Moved Permanently\r\nLocation: http://127.0.0.1:1/v5\r\ncontent-length: 0\r\n\r\n",
            "ok": b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
            "accept": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: nonsense\r\n\r\n",
            "garbage": b"\x15\x03\x01\x00\x02\x02\x28" + bytes(range(256)) * 4 + b"\r\n\r\n",
            "endless": b"HTTP/1.1 200 OK\r\n" + b"x-filler: " + b"a" * 60_000 + b"\r\n",
            "nothing": b"",
        }
        if how == "silence":
            await asyncio.sleep(30)
        elif how in answers:
            writer.write(answers[how])
        else:
            body = b"<html><body>%s error</body></html>" % how.encode()
            writer.write(b"HTTP/1.1 %s Whatever\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n%s" % (how.encode(), len(body), body))
        await asyncio.sleep(0.05)

    # ------------------------------------------------------------------------------------------------ REST

    async def _rest(self, target, writer):
        self.rest_requests += 1
        url = urlsplit(target)
        query = dict(parse_qsl(url.query))
        manner = self.rest_manner
        if manner == "silence":
            await asyncio.sleep(30)
            return False
        if manner == "slow":
            await asyncio.sleep(self.random.uniform(0.2, 1.0))
        if manner in ("403", "404", "429", "500", "502"):
            body = b"<html>access too frequent</html>"
            writer.write(b"HTTP/1.1 %s No\r\ncontent-length: %d\r\n\r\n%s" % (manner.encode(), len(body), body))
            return True
        result, code = self._answer(url.path, query)
        if result is None:
            writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
            return True
        envelope = {"retCode": code, "retMsg": self.random.choice(("OK", "success", "")), "result": result, "retExtInfo": {}, "time": now_ms()}
        if manner in ("10006", "10016", "10000"):
            envelope.update(retCode=int(manner), result={})
        body = self.writer.write(envelope).encode()
        if manner == "html":
            body = b"<!DOCTYPE html><html><head></head><body>Access denied</body></html>"
        elif manner == "cut":
            body = body[: len(body) * 2 // 3]
        elif manner == "empty":
            body = b""
        elif manner == "nolist":
            body = b'{"retCode":0,"retMsg":"OK","result":{"category":"linear"},"time":1}'
        elif manner == "rubbish":
            body = bytes(self.random.randrange(256) for _ in range(500))
        if manner == "hole":
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body[: len(body) // 2]))
            await writer.drain()
            return False
        if manner == "drip":
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body))
            for at in range(0, len(body), 4):
                writer.write(body[at : at + 4])
                await writer.drain()
                await asyncio.sleep(0.2)
            return True
        if self.random.random() < 0.3:
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json; charset=utf-8\r\n\r\n")
            for at in range(0, len(body), 700):
                part = body[at : at + 700]
                writer.write(b"%x\r\n%s\r\n" % (len(part), part))
            writer.write(b"0\r\n\r\n")
            return True
        keep = self.random.random() < 0.7
        writer.write(b"HTTP/1.1 200 OK\r\n%scontent-length: %d\r\n\r\n%s" % (b"" if keep else b"connection: close\r\n", len(body), body))
        return keep

    def _answer(self, path, query):
        category = query.get("category", "linear")
        if path == "/v5/market/time":
            nanos = time.time_ns()
            return {"timeSecond": str(nanos // 10**9), "timeNano": str(nanos)}, 0
        if path == "/v5/market/recent-trade":
            return self._recent_trades(category, query)
        if path == "/v5/market/instruments-info":
            return self._instruments(category, query), 0
        return None, 0

    def _recent_trades(self, category, query):
        symbol = query.get("baseCoin" if category == "option" else "symbol", "")
        tape = self.tapes.get((category, "publicTrade." + symbol))
        if tape is None:
            return {}, 10001
        most = REST_TRADES.get(category, 1000)
        limit = min(most, int(query.get("limit", 500)))
        rows = [self._rest_row(category, trade) for trade in reversed(tape.trades[-limit:])]
        return {"category": category, "list": rows}, 0

    def _rest_row(self, category, trade):
        market = self.markets[category, trade.symbol]
        style = self.random.choice(("padded", "trimmed"))
        return {
            "execId": trade.id,
            "symbol": trade.symbol,
            "price": self.decimals.text(trade.price, market.price_digits, style),
            "size": self.decimals.text(trade.size, market.size_digits, style),
            "side": "Buy" if trade.buy else "Sell",
            "time": str(trade.at),
            "isBlockTrade": trade.block,
            "isRPITrade": trade.rpi,
            "seq": str(trade.seq),
        }

    def _instruments(self, category, query):
        rows = []
        for (of, symbol), market in self.markets.items():
            if of == category and query.get("symbol", symbol) == symbol:
                tick, lot = (self.decimals.text(1, d, "padded") for d in (market.price_digits, market.size_digits))
                size = {"basePrecision": lot} if category == "spot" else {"qtyStep": lot}
                rows.append({"symbol": symbol, "status": "Trading", "priceFilter": {"tickSize": tick}, "lotSizeFilter": {**size, "minOrderQty": lot}})
        result = {"category": category, "list": rows}
        return result if category == "spot" else {**result, "nextPageCursor": ""}


class Session:
    """One WebSocket connection: what it listens to, and how it is treated."""

    def __init__(self, exchange, category, reader, writer):
        self.exchange, self.category = exchange, category
        self.random = exchange.random
        self.reader, self.writer = reader, writer
        self.topics = {}
        self.out = bytearray()
        self.alive = True
        self.silent_until = 0
        self.silence = None
        self.pongs = True
        self.frozen = False
        self.armed = {}
        self.later = []
        self.pings = 0
        self.pongs_heard = 0
        self.connection_id = "%s-%s" % (self.random.getrandbits(40), category[:1])
        self.price_style = {}

    # ------------------------------------------------------------------------------------------------ in

    async def listen(self):
        while self.alive:
            opcode, payload = await read_frame(self.reader)
            while self.frozen:
                await asyncio.sleep(0.2)
                if not self.alive:
                    return
            if opcode == CLOSE:
                self.writer.write(frame(CLOSE, payload[:2]))
                return
            if opcode == PONG:
                self.pongs_heard += 1
            elif opcode == TEXT:
                self._asked(payload.decode())

    def _asked(self, text):
        request = json.loads(text)
        op, req_id = request.get("op"), request.get("req_id")
        if op == "ping":
            self._pong(req_id)
        elif op == "subscribe":
            self._subscribe(request.get("args", []), req_id)
        elif op == "unsubscribe":
            for name in request.get("args", []):
                self.topics.pop(name, None)
            self._answer(True, "unsubscribe", req_id, request.get("args", []))
        else:
            self.exchange.fault("the client sends " + text[:200])

    def _pong(self, req_id):
        if not self.pongs or time.time() < self.silent_until and self.pongs is None:
            return
        shapes = [
            {"success": True, "ret_msg": "pong", "conn_id": self.connection_id, "op": "ping"},
            {"success": True, "ret_msg": "pong", "conn_id": self.connection_id, "req_id": req_id or "", "op": "ping"},
            {"args": [str(now_ms())], "op": "pong"},
            {"req_id": "test", "op": "pong", "args": [str(now_ms())], "conn_id": self.connection_id},
        ]
        self.control(self.random.choice(shapes))

    def _subscribe(self, names, req_id):
        if self.category == "spot" and len(names) > 10:
            self.exchange.fault("%d topics in one request on spot" % len(names))
            self.control({"success": False, "ret_msg": "args size >10", "conn_id": self.connection_id, "op": "subscribe"})
            return
        known = [n for n in names if (self.category, n) in self.exchange.books or (self.category, n) in self.exchange.tapes]
        bad = [n for n in names if n not in known]
        twice = [n for n in known if n in self.topics]
        if self.category == "option":
            self._start([n for n in known if n not in twice])
            self._answer(not bad, "subscribe", req_id, names, bad)
        elif bad or twice:
            # Whether the good ones of such a request begin all the same is not documented on spot.
            if self.category == "spot" and self.random.random() < 0.5:
                self._start([n for n in known if n not in twice])
            refused = (bad or twice)[0]
            if twice and not bad:
                self.control({"success": False, "ret_msg": "error:already subscribed,topic:" + refused, "conn_id": self.connection_id, "req_id": req_id or "", "op": "subscribe"})
            elif self.category == "spot":
                self.control({"success": False, "ret_msg": "Invalid symbol :[%s]" % refused, "conn_id": self.connection_id, "op": "subscribe"})
            else:
                self.control({"success": False, "ret_msg": "error:handler not found,topic:" + refused, "conn_id": self.connection_id, "req_id": req_id or "", "op": "subscribe"})
        else:
            self._start(known)
            self._answer(True, "subscribe", req_id, names)

    def _start(self, names):
        for name in names:
            self.topics[name] = True
            topic = self.exchange.books.get((self.category, name))
            if topic:
                if self.random.random() < 0.2 and topic.depth != 1:
                    # Deltas come first now and then.
                    self.later.append((time.time() + self.random.uniform(0.05, 0.3), lambda t=topic, n=name: n in self.topics and self.book(t, (t.bids, t.asks), True)))
                else:
                    self.book(topic, (topic.bids, topic.asks), True)

    def _answer(self, success, op, req_id, names, bad=()):
        if self.category == "option":
            answer = {"success": success, "conn_id": self.connection_id, "data": {"failTopics": list(bad), "successTopics": [n for n in names if n not in bad]}, "type": "COMMAND_RESP"}
        else:
            answer = {"success": success, "ret_msg": op if self.category == "spot" else "", "conn_id": self.connection_id, "op": op}
            if self.random.random() < 0.8:
                answer["req_id"] = req_id or ""
            elif self.random.random() < 0.5:
                answer["req_id"] = ""
        if self.random.random() < 0.4:
            self.later.append((time.time() + self.random.uniform(0.02, 0.5), lambda: self.control(answer)))
        else:
            self.control(answer)

    # ------------------------------------------------------------------------------------------------ out

    def tick(self, number):
        now = time.time()
        due = [each for each in self.later if each[0] <= now]
        # Answers keep their order.
        self.later = [each for each in self.later if each[0] > now]
        for _, act in sorted(due, key=lambda each: each[0]):
            act()
        if number % 50 == 0 and not self.frozen:
            self.pings += 1
            self.raw(frame(PING, b"p%d" % self.pings))
        if self.frozen or not self.alive:
            return
        # Segments end anywhere.
        length = len(self.out) if self.random.random() < 0.7 else self.random.randrange(len(self.out) + 1)
        if length:
            self.writer.write(bytes(self.out[:length]))
            del self.out[:length]

    def raw(self, data):
        if not self.frozen and self.alive:
            self.out += data

    def control(self, value):
        if self.pongs is not None or time.time() >= self.silent_until:
            self.text(self.exchange.writer.write(value))

    def text(self, text):
        data = text.encode() if isinstance(text, str) else text
        if self.random.random() < 0.9 or len(data) < 4:
            self.raw(frame(TEXT, data))
            return
        cuts = sorted(self.random.randrange(len(data)) for _ in range(self.random.randrange(1, 4)))
        parts = [data[a:b] for a, b in zip([0] + cuts, cuts + [len(data)])]
        for i, part in enumerate(parts):
            self.raw(frame(TEXT if i == 0 else 0, part, final=i == len(parts) - 1))
            if i < len(parts) - 1 and self.random.random() < 0.5:
                self.raw(frame(PING, b"between"))

    def _levels(self, topic, levels, reverse, style):
        market, decimals = topic.market, self.exchange.decimals
        keys = sorted(levels, reverse=reverse)
        if self.random.random() < 0.1:
            self.random.shuffle(keys)
        return [[decimals.text(p, market.price_digits, style()), decimals.text(levels[p], market.size_digits, style())] for p in keys]

    def _style(self):
        fixed = self.random.choice(("padded", "trimmed", "padded", "trimmed", "exponent", "number", None))
        return lambda: fixed or self.random.choice(("padded", "trimmed", "exponent", "number"))

    def book(self, topic, levels, whole, u=None):
        """Sends one frame of a book topic, or what an armed fault makes of it."""
        if time.time() < self.silent_until:
            return
        name, style = topic.name(), self._style()
        armed = None if whole and topic.depth != 1 else self.armed.pop(name, None)
        bids, asks = (dict(side) for side in levels)
        if armed == "back":
            u = topic.u - 5
        elif armed == "deep":
            low, high = min(topic.bids, default=topic.market.mid), max(topic.asks, default=topic.market.mid)
            bids.update({low - 10 * i: 7 for i in range(1, topic.depth + 1)})
            asks.update({high + 10 * i: 7 for i in range(1, topic.depth + 1)})
        elif armed == "crossed":
            above = max([*topic.asks, *topic.bids, topic.market.mid]) + 1000
            bids[above], asks[above - 1] = 5, 5
        elif armed == "absent":
            bids[1], asks[10**9] = 0, 0
        data = {"s": topic.market.symbol, "b": self._levels(topic, bids, True, style), "a": self._levels(topic, asks, False, style), "u": topic.u if u is None else u, "seq": topic.seq}
        message = {"topic": name, "type": "snapshot" if whole else "delta", "ts": max(now_ms(), topic.cts), "data": data, "cts": topic.cts}
        if whole and self.random.random() < 0.3:
            data["b"] = data["b"] + [["0.1" if topic.market.price_digits else "1", "0.000"]]
        text = self.exchange.writer.write(message)
        self._mangled(armed, text, name)

    def trades(self, name, trades):
        if time.time() < self.silent_until:
            return
        rows = []
        for trade in trades:
            market, style = self.exchange.markets[self.category, trade.symbol], self._style()
            row = {
                "T": trade.at,
                "s": trade.symbol,
                "S": "Buy" if trade.buy else "Sell",
                "v": self.exchange.decimals.text(trade.size, market.size_digits, style()),
                "p": self.exchange.decimals.text(trade.price, market.price_digits, style()),
                "i": trade.id,
                "BT": trade.block,
                "RPI": trade.rpi,
                "seq": trade.seq,
            }
            if self.category in ("linear", "inverse"):
                row["L"] = "ZeroPlusTick"
            if self.category == "option":
                row.update(mP="4000.1", iP="71423.8", mIv="0.5", iv="0.51")
            rows.append(row)
        message = {"topic": name, "type": "snapshot", "ts": now_ms(), "data": rows}
        if self.category == "option":
            message["id"] = str(self.random.getrandbits(64))
        text = self.exchange.writer.write(message, 0.3 if len(rows) < 100 else 0)
        armed = self.armed.pop(name, None)
        if armed == "lost":
            self.exchange.left_out.update(trade.id for trade in trades)
        self._mangled(armed, text, name)

    def _mangled(self, armed, text, name):
        if armed == "lost":
            return
        if armed == "late":
            # Sent after the next frame of its topic.
            self.armed[name] = ("after", text)
            return
        if armed == "cut":
            text = text[: len(text) // 2]
        elif armed == "utf8":
            at = len(text) // 3
            self.text(text[:at].encode() + b"\xc3\x28\xff" + text[at:].encode())
            return
        elif armed == "binary":
            self.raw(frame(BINARY, text.encode()))
            return
        elif armed == "other":
            # Not of the exchange at all, and then the frame itself.
            for odd in ("hello", "[]", "3", '""', "", " ", "null", '{"topic":7}', '{"topic":"orderbook.50.BTCUSDT"}', '{"success":true}', "{" * 5000, '{"a":' * 100_000):
                self.text(odd)
        self.text(text)
        if armed == "twice":
            self.text(text)
        if isinstance(armed, tuple):
            self.text(armed[1])

    # ------------------------------------------------------------------------------------------------ ends

    def abort(self):
        """A TCP reset."""
        self.alive = False
        sock = self.writer.get_extra_info("socket")
        if sock is not None and not self.writer.transport.is_closing():
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    def reset_in_frame(self):
        whole = frame(TEXT, b'{"topic":"orderbook.50.BTCUSDT","type":"delta","data":{')
        self.writer.write(bytes(self.out) + whole[: len(whole) // 2])
        self.out.clear()
        asyncio.get_running_loop().call_later(0.03, self.abort)

    def end(self):
        """An end of the stream without a close frame."""
        self.alive = False
        self.writer.close()

    def close(self, payload):
        self.raw(frame(CLOSE, payload))
        self.tick(1)
        self.alive = False
        asyncio.get_running_loop().call_later(0.3, self.writer.close)

    def freeze(self):
        """Half-open: nothing is sent and nothing is heard any more."""
        self.frozen = True

    def stall(self, pongs, seconds=float("inf")):
        """Sends no data for so long, or until the client gives up the connection."""
        self.silence = [self.category, now_ms() - 50, now_ms() + seconds * 1000 + 50]
        self.exchange.silences.append(self.silence)
        self.silent_until = time.time() + seconds
        self.pongs = True if pongs else None
