#!/usr/bin/env python3
"""A connector in Python: replace market() by a venue. Rules: doc/PROTOCOL.md; test: check --connector."""
import json, os, select, sys, time

WORDS = {"subscribe": "subscribed", "unsubscribe": "unsubscribed", "resync": "resyncing", "history": None}
INTERVAL = os.environ.get("TEMPLATE_INTERVAL_MS", "50")
active, books, trade_id = {}, {}, 0  # subscriptions and last update ids, by (channel, symbol, category)
def emit(event_type, **fields):
    print(json.dumps({"type": event_type, **fields}), flush=True)  # each line at once

def answer(command):
    word, channel, symbol = (command.get(name) for name in ("command", "channel", "symbol"))
    about = {name: command[name] for name in ("channel", "symbol", "category", "id") if command.get(name) is not None}
    key = (channel, symbol, command.get("category"))
    if word == "stop":
        sys.exit(0)
    elif word == "ping":
        emit("status", status="heartbeat", **about)
    elif word not in WORDS or not channel or not symbol:
        emit("error", error="no command, or no channel and symbol", code="bad-command", **about)
    elif word == "history":
        emit("error", error="there is no history", code="unsupported", **about)
    elif channel not in ("trades", "depth") or (word == "resync" and key not in active):
        emit("error", error="no such channel or book", code="refused", **about)
    else:
        books.pop(key, None)  # the next event of a book is a snapshot
        active.pop(key, None)
        if word != "unsubscribe":
            active[key] = {name: about[name] for name in about if name in ("symbol", "category")}
        emit("status", status=WORDS[word], **about)

def market():
    global trade_id
    for key, instrument in active.items():  # one event each; prices and sizes are texts, exact decimals
        fields = {"timestamp": time.time_ns() // 10**6, "received_at": time.time_ns() // 1000, **instrument}
        if key[0] == "trades":
            trade_id += 1
            emit("trade", id=trade_id, price=f"100.{10 + trade_id % 90}", qty="0.5", side="buy", **fields)
        else:
            last = books[key] = books.get(key, 0) + 1
            chain = {"snapshot": False, "prev_update_id": last - 1} if last > 1 else {"snapshot": True}
            emit("depth", bids=[["100", "1.5"]], asks=[["101", str(last)]], last_update_id=last, **chain, **fields)

if not INTERVAL.isdigit():
    print(f"TEMPLATE_INTERVAL_MS is {INTERVAL}, must be a number", file=sys.stderr)
    sys.exit(78)
emit("status", status="connected", synthetic=True)
pending, beat = b"", 0
while True:
    if select.select([0], [], [], int(INTERVAL) / 1000)[0]:
        *lines, pending = (pending + (os.read(0, 65536) or sys.exit(0))).split(b"\n")  # end of stdin: stop
        for line in filter(bytes.strip, lines):
            try:
                answer(dict(json.loads(line)))
            except (ValueError, TypeError) as e:
                emit("error", error=str(e), code="bad-command")
    if time.monotonic() >= beat:
        emit("status", status="heartbeat")
        beat = time.monotonic() + 2
    market()
