"""Follows the health of the feed and its trades by WebSocket (pip install websockets)."""
import asyncio, json, sys
import websockets

URL = (sys.argv[1] if len(sys.argv) > 1 else "ws://localhost:8080") + "/ws/stream?channels=health,trades"


async def main():
    async for ws in websockets.connect(URL):  # connects again after each loss
        try:
            async for text in ws:
                m = json.loads(text)
                if m["type"] == "health":
                    print(m["data"]["state"], "ready" if m["data"]["ready"] else m["data"]["reasons"], flush=True)
                elif m["type"] == "trade":
                    print(m["symbol"], m["side"], m["qty"], "at", m["price"], flush=True)
        except websockets.ConnectionClosed as e:
            print("disconnected:", e, flush=True)


asyncio.run(main())
