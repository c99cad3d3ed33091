package dev.livefeed.app.sink.http;

import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.LineRefused;
import dev.livefeed.app.sink.RefusedLines;
import dev.livefeed.app.sink.SinkBuffers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Posts lines to a server, each batch in one request. A batch that is refused for a line is sent in parts, and the line
 * is kept beside the buffer. Not for several threads at a time.
 */
public final class HttpLines implements RefusedLines.Target {

    /** Of a line: it is not what the server expects, too long, or has a content that it does not take. */
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

    private static final String CAMEL = "camel";

    private final String url;
    private final HttpSender sender;
    private final SinkBuffers buffers;
    private final RefusedLines refused;
    private Map<String, Object> headers = Map.of();
    /** The status of an answer that has asked to wait, and until when. */
    private int busy;

    private long busyUntil = System.nanoTime();

    public HttpLines(String url, HttpSender sender, SinkBuffers buffers) {
        this.url = url;
        this.buffers = buffers;
        this.sender = sender;
        refused = new RefusedLines(buffers);
    }

    /**
     * Posts all lines.
     *
     * @param with further headers of the requests; those of Camel are not sent
     * @throws IOException if the lines must be posted again
     */
    public synchronized void post(LineBatch lines, Map<String, Object> with) throws Exception {
        headers = with;
        refused.write(lines, this);
    }

    @Override
    public void write(LineBatch lines) throws IOException, InterruptedException {
        long left = busyUntil - System.nanoTime();
        if (left > 0) {
            throw new IOException("the server has answered " + busy + " and asks to wait for "
                    + TimeUnit.NANOSECONDS.toSeconds(left) + " more seconds");
        }
        HttpSender.Answer answer = sender.send(request(lines));
        if (answer.confirms()) {
            return;
        }
        String reason = "the server answers " + answer.told();
        if (REFUSALS.contains(answer.status())) {
            throw new LineRefused(LineRefused.UNKNOWN, reason);
        }
        if (answer.status() / 100 == 3) {
            reason = "the server answers " + answer.status() + " and redirects to "
                    + answer.headers().firstValue("Location").orElse("nowhere").replaceAll("\\?.*", "?…")
                    + "; set SINK_HTTP_URL to the address that takes the lines";
        }
        leaveAlone(answer);
        throw new IOException(reason);
    }

    private void leaveAlone(HttpSender.Answer answer) {
        busy = answer.status();
        Duration wait = answer.headers()
                .firstValue("Retry-After")
                .map(value -> RetryAfter.parse(value, Instant.now()))
                .orElse(Duration.ZERO);
        busyUntil = System.nanoTime() + wait.toNanos();
    }

    private HttpRequest.Builder request(LineBatch lines) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofByteArray(lines.ndjson()));
        request.setHeader("Content-Type", "application/x-ndjson");
        headers.forEach((name, value) -> {
            if (value != null && !name.regionMatches(true, 0, CAMEL, 0, CAMEL.length())) {
                request.setHeader(name, value.toString());
            }
        });
        String span = lines.run() + "-" + lines.first() + "-" + lines.last();
        return request.setHeader("X-Sink-Run", Long.toString(lines.run()))
                .setHeader("X-Sink-First", Long.toString(lines.first()))
                .setHeader("X-Sink-Last", Long.toString(lines.last()))
                .setHeader("Idempotency-Key", lines.name() + '-' + span);
    }

    @Override
    public boolean isRefusal(Exception failure) {
        return failure instanceof LineRefused;
    }

    @Override
    public boolean setAside(LineBatch line, String reason) throws IOException {
        return buffers.setAside(line, reason);
    }

    @Override
    public String place() {
        return SinkBuffers.REFUSED;
    }
}
