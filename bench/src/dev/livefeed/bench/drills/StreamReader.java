package dev.livefeed.bench.drills;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** A client of the stream that reads: the age of each trade on arrival, and whether one is missing. */
final class StreamReader implements WebSocket.Listener, AutoCloseable {

    private static final String ID = "\"id\":\"";
    private static final String RECEIVED = "\"received_at\":";

    private final LatencyHistogram ages = new LatencyHistogram();
    private final AtomicLong trades = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();
    private final AtomicLong announced = new AtomicLong();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private long last = -1;
    private volatile String closed = "";

    StreamReader(int port) throws InterruptedException, ExecutionException {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/stream?channels=trades"), this)
                .get();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            message(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void message(String text) {
        if (text.contains("\"type\":\"lost\"")) {
            announced.addAndGet(Long.parseLong(value(text, "\"count\":", ",}")));
        }
        if (!text.contains("\"type\":\"trade\"")) {
            return;
        }
        double received = Double.parseDouble(value(text, RECEIVED, ",}"));
        ages.add(System.currentTimeMillis() - received);
        long number = Long.parseLong(value(text, ID, "\""));
        if (last >= 0 && number != last + 1) {
            missing.addAndGet(Math.max(1, number - last - 1));
        }
        last = number;
        trades.incrementAndGet();
    }

    private static String value(String text, String name, String ends) {
        int from = text.indexOf(name) + name.length();
        int to = from;
        while (ends.indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return text.substring(from, to);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = code + " " + reason;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed = error.toString();
    }

    /** Ages of the trades on arrival, from the receipt of the connector on. */
    LatencyHistogram ages() {
        return ages;
    }

    long trades() {
        return trades.get();
    }

    /** Number of trades that did not come, or came twice or unordered. */
    long missing() {
        return missing.get();
    }

    /** Number of trades of which the server has said that this client has lost them. */
    long announced() {
        return announced.get();
    }

    /** Empty while it is open. */
    String closed() {
        return closed;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
