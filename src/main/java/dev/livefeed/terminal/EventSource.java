package dev.livefeed.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;

/** Reads the stream of a running program over Server-Sent Events, and reconnects where it left off. */
public final class EventSource implements AutoCloseable {

    /** The stream cannot be had, and trying again does not help. */
    public static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        RefusedException(String reason) {
            super(reason);
        }
    }

    /** Takes the messages. */
    public interface Receiver {

        /** @throws IOException if the output is closed, which ends the reading */
        void message(String json) throws IOException;
    }

    /** Notified when the connection is opened or lost. */
    public interface Listener {

        /** @param again whether it had been lost */
        void connected(boolean again);

        /** @param pauseMillis until the next attempt */
        void lost(String reason, long pauseMillis);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long FIRST_MILLIS = 500;
    private static final long MOST_MILLIS = 10_000;
    /** The server sends a comment every {@code STREAM_PING}, 20 s by default. */
    private static final Duration SILENCE = Duration.ofSeconds(65);

    private final RunningProgram program;
    private final URI address;
    private final Listener listener;
    private final Duration silence;
    private String lastId;
    private boolean connected;
    private InputStream open;
    private boolean closed;

    /** @param symbols all if it is empty */
    public EventSource(
            RunningProgram program, Collection<String> channels, Collection<String> symbols, Listener listener) {
        this(program, program.stream(channels, symbols, 0), listener, SILENCE);
    }

    /** @param history the number of past candles */
    public EventSource(
            RunningProgram program,
            Collection<String> channels,
            Collection<String> symbols,
            int history,
            Listener listener) {
        this(program, program.stream(channels, symbols, history), listener, SILENCE);
    }

    EventSource(RunningProgram program, URI address, Listener listener, Duration silence) {
        this.program = program;
        this.address = address;
        this.listener = listener;
        this.silence = silence;
    }

    /**
     * Passes on messages until the receiver fails, it is closed, or the thread is interrupted.
     *
     * @throws RefusedException if the first connection does not come about, or the server refuses the request
     * @throws IOException of the receiver
     */
    public void read(Receiver receiver) throws RefusedException, IOException, InterruptedException {
        long pause = FIRST_MILLIS;
        while (true) {
            String why;
            try {
                HttpResponse<InputStream> answer =
                        program.http().send(request(), HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = new SilentConnection(answer.body(), silence)) {
                    if (answer.statusCode() == 200) {
                        if (!opened(body)) {
                            return;
                        }
                        pause = FIRST_MILLIS;
                        why = pass(body, receiver);
                    } else {
                        why = reason(answer.statusCode(), body);
                        if (answer.statusCode() < 500 && answer.statusCode() != 429 || !connected) {
                            throw new RefusedException(address + " answered " + why);
                        }
                    }
                }
            } catch (OutputClosedException e) {
                throw e.why;
            } catch (IOException e) {
                why = e.getMessage() == null ? e.toString() : e.getMessage();
                if (!connected) {
                    throw new RefusedException(program.address() + " is not reached: " + why
                            + "; does the program run there (HTTP_HOST, HTTP_PORT)?");
                }
            }
            if (isClosed()) {
                return;
            }
            listener.lost(why, pause);
            if (closedWithin(pause)) {
                return;
            }
            pause = Math.min(MOST_MILLIS, pause * 2);
        }
    }

    private HttpRequest request() {
        HttpRequest.Builder request = program.request(address).header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        return request.build();
    }

    /** Whether it is still wanted. */
    private boolean opened(InputStream body) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            open = body;
        }
        listener.connected(connected);
        connected = true;
        return true;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean closedWithin(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        long left;
        while (!closed && (left = (end - System.nanoTime()) / 1_000_000) > 0) {
            wait(left);
        }
        return closed;
    }

    /** Ends the reading; can be called by any thread. */
    @Override
    public void close() {
        InputStream body;
        synchronized (this) {
            closed = true;
            body = open;
            notifyAll();
        }
        if (body != null) {
            try {
                body.close();
            } catch (IOException e) {
                // It was closed before.
            }
        }
    }

    /** Returns why the stream ended. */
    private String pass(InputStream body, Receiver receiver) throws IOException, OutputClosedException {
        ServerSentEvents events =
                new ServerSentEvents(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)), lastId);
        String json;
        while ((json = events.next()) != null) {
            lastId = events.lastId();
            try {
                receiver.message(json);
            } catch (IOException e) {
                throw new OutputClosedException(e);
            }
        }
        return events.lastComment().isEmpty() ? "the server has closed it" : events.lastComment();
    }

    private static String reason(int status, InputStream body) throws IOException {
        String text = new String(body.readNBytes(10_000), StandardCharsets.UTF_8);
        try {
            text = JSON.readTree(text).path("error").asText(text);
        } catch (JsonProcessingException e) {
            // Of another server: shown as it is.
        }
        return status + (text.isBlank() ? "" : ": " + text.strip());
    }

    private static final class OutputClosedException extends Exception {

        private static final long serialVersionUID = 1;

        private final IOException why;

        OutputClosedException(IOException why) {
            super(why);
            this.why = why;
        }
    }
}
