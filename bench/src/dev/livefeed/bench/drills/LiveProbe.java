package dev.livefeed.bench.drills;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Asks {@code /live} as a liveness probe of Kubernetes does, on a new connection each time. */
final class LiveProbe implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final byte[] REQUEST =
            "GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final LatencyHistogram answers = new LatencyHistogram();
    private final AtomicLong failures = new AtomicLong();
    private final Thread thread;

    /** Asks up to 50 times per second until it is closed. */
    LiveProbe(int port) {
        thread = new Thread(() -> run(port), "live-probe");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(int port) {
        try {
            while (true) {
                double millis = millis(port);
                if (Double.isNaN(millis)) {
                    failures.incrementAndGet();
                } else {
                    answers.add(millis);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    LatencyHistogram answers() {
        return answers;
    }

    /** Number of requests without the answer 200 within {@value #TIMEOUT_MILLIS} ms. */
    long failures() {
        return failures.get();
    }

    /** Milliseconds until the answer 200 of one request, or NaN without one. */
    static double millis(int port) {
        long begin = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            byte[] head = in.readNBytes(12);
            in.readAllBytes();
            return new String(head, StandardCharsets.US_ASCII).equals("HTTP/1.1 200")
                    ? (System.nanoTime() - begin) / 1e6
                    : Double.NaN;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
