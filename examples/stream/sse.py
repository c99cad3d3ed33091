"""Follows the health of the feed and its trades by Server-Sent Events, with the standard library only."""
import json, sys, time, urllib.request

url = (sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080") + "/stream?channels=health,trades"
last = None
while True:
    try:
        request = urllib.request.Request(url, headers={"Last-Event-ID": last} if last else {})
        for line in urllib.request.urlopen(request, timeout=60):
            field, _, value = line.decode().rstrip("\n").partition(": ")
            if field == "id":
                last = value
            elif field == "data":
                m = json.loads(value)
                if m["type"] == "health":
                    print(m["data"]["state"], "ready" if m["data"]["ready"] else m["data"]["reasons"], flush=True)
                elif m["type"] == "trade":
                    print(m["symbol"], m["side"], m["qty"], "at", m["price"], flush=True)
    except OSError as e:
        print("disconnected:", e, flush=True)
    time.sleep(1)
