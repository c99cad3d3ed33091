// Follows the health of the feed and its trades by Server-Sent Events. In a browser, EventSource does all of this.
const url = (process.argv[2] ?? "http://localhost:8080") + "/stream?channels=health,trades";
let last;
for (;;) {
  try {
    const response = await fetch(url, { headers: last ? { "Last-Event-ID": last } : {} });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    let rest = "";
    for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + part).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        if (line.startsWith("id: ")) last = line.slice(4);
        if (line.startsWith("data: ")) show(JSON.parse(line.slice(6)));
      }
    }
  } catch (e) { console.log("disconnected:", e.message); }
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
function show(m) {
  if (m.type === "health") console.log(m.data.state, m.data.ready ? "ready" : m.data.reasons);
  if (m.type === "trade") console.log(m.symbol, m.side, m.qty, "at", m.price);
}
