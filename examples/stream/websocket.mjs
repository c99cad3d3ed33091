// Follows the health of the feed and its trades by WebSocket: Node 22, or Node 20 with --experimental-websocket.
const url = (process.argv[2] ?? "ws://localhost:8080") + "/ws/stream?channels=health,trades";

function connect() {
  const socket = new WebSocket(url);
  let ended = false;
  const again = (reason) => {
    if (ended) return;
    ended = true;
    console.log("disconnected:", reason);
    setTimeout(connect, 1000);
  };
  socket.onmessage = ({ data }) => {
    const m = JSON.parse(data);
    if (m.type === "health") console.log(m.data.state, m.data.ready ? "ready" : m.data.reasons);
    if (m.type === "trade") console.log(m.symbol, m.side, m.qty, "at", m.price);
  };
  socket.onclose = ({ code, reason }) => again(`${code} ${reason}`);
  socket.onerror = () => again("no connection"); // Node 20 does not close what was never open
}
connect();
