package dev.livefeed.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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

        public RefusedException(String reason) {
            super(reason);
        }
    }

    /** Takes the messages. */
    public interface Receiver {

        /**
         * @param text as it was sent
         * @param message the same, parsed: an object
         * @throws IOException if the output is closed, which ends the reading
         */
        void message(String text, JsonNode message) throws IOException;
    }

    /** Notified when the connection is opened or lost. */
    public interface Listener {

        /** @param again whether it had been lost */
        void connected(boolean again);

        /** @param pauseMillis until the next attempt */
        void lost(String reason, long pauseMillis);
    }

    private static final ObjectMapper JSON = ExactJson.mapper();
    private static final long FIRST_MILLIS = 500;
    private static final long MOST_MILLIS = 10_000;
    /** Of a line and of an event; the longest messages of a program with 2,000 symbols have less than a megabyte. */
    private static final int MOST_LENGTH = 16 * 1024 * 1024;

    private final RunningProgram program;
    private final URI address;
    private final Listener listener;
    private final Duration silence;
    private String lastId;
    private boolean connected;
    /** Whether a message has come: it is a stream of such a program. */
    private boolean heard;

    private InputStream open;
    private boolean closed;

    /** @param symbols all if it is empty */
    public EventSource(
            RunningProgram program, Collection<String> channels, Collection<String> symbols, Listener listener) {
        this(program, program.stream(channels, symbols, 0), listener, null);
    }

    /** @param history the number of past candles */
    public EventSource(
            RunningProgram program,
            Collection<String> channels,
            Collection<String> symbols,
            int history,
            Listener listener) {
        this(program, program.stream(channels, symbols, history), listener, null);
    }

    /** @param silence after which a connection is lost; null for that of the server */
    EventSource(RunningProgram program, URI address, Listener listener, Duration silence) {
        this.program = program;
        this.address = address;
        this.listener = listener;
        this.silence = silence;
    }

    /**
     * Passes on messages until the receiver fails, it is closed, or the thread is interrupted. A program that has sent
     * the stream once is expected to send it again: after a restart it may not know all symbols and paths at once.
     *
     * @throws RefusedException if the first connection does not come about or is no stream of such a program, or a
     *     later one is refused for good
     * @throws IOException of the receiver
     */
    public void read(Receiver receiver) throws RefusedException, IOException, InterruptedException {
        long pause = FIRST_MILLIS;
        while (true) {
            String why;
            try {
                HttpResponse<InputStream> response =
                        program.http().send(request(), HttpResponse.BodyHandlers.ofInputStream());
                StreamAnswer answer = new StreamAnswer(response);
                try (InputStream body =
                        new SilentConnection(response.body(), silence == null ? answer.silence() : silence)) {
                    if (answer.isStream()) {
                        if (!opened(body)) {
                            return;
                        }
                        pause = FIRST_MILLIS;
                        why = pass(body, receiver);
                    } else {
                        why = answer.reason(body);
                        if (answer.isFinal() || !connected) {
                            throw new RefusedException(address + " answered " + why);
                        }
                    }
                }
            } catch (OutputClosedException e) {
                throw e.why;
            } catch (NoMessageException e) {
                why = e.getMessage();
                if (!heard) {
                    throw new RefusedException(address + " is no stream of such a program: " + why);
                }
            } catch (IOException e) {
                why = StreamAnswer.failure(e);
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
    private String pass(InputStream body, Receiver receiver)
            throws IOException, OutputClosedException, NoMessageException {
        InputStreamReader text = new InputStreamReader(new BoundedLines(body, MOST_LENGTH), StandardCharsets.UTF_8);
        ServerSentEvents events = new ServerSentEvents(new BufferedReader(text), MOST_LENGTH, lastId);
        String data;
        while ((data = events.next()) != null) {
            lastId = events.lastId();
            JsonNode message = parsed(data);
            heard = true;
            try {
                receiver.message(data, message);
            } catch (IOException e) {
                throw new OutputClosedException(e);
            }
        }
        return events.lastComment().isEmpty() ? "the server has closed it" : events.lastComment();
    }

    private static JsonNode parsed(String data) throws NoMessageException {
        JsonNode message;
        try {
            message = JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new NoMessageException("a message is no JSON: " + e.getOriginalMessage());
        }
        if (!message.isObject()) {
            throw new NoMessageException("a message is no JSON object");
        }
        return message;
    }

    /** What came is not what such a program sends. */
    private static final class NoMessageException extends Exception {

        private static final long serialVersionUID = 1;

        NoMessageException(String reason) {
            super(reason);
        }
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
