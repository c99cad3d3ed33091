package dev.livefeed.app.route.http.stream;

import dev.livefeed.app.stream.ClientSink;
import dev.livefeed.app.stream.StreamHub;
import dev.livefeed.app.stream.StreamMessage;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A client of Server-Sent Events: its messages are numbered, and the last ones are kept for a client that connects
 * again. Thread-safe.
 */
final class EventStreamSink implements ClientSink {

    /** Keeps an idle connection open. */
    private static final Comment PING = new Comment(":\n\n");

    /** An event. */
    private record Sent(String token, long number, StreamMessage message) implements ClientQueue.Part {

        @Override
        public int held() {
            return message.held();
        }

        @Override
        public void to(ByteBuf block) {
            block.writeCharSequence("id: " + token + '-' + number + "\ndata: ", StandardCharsets.US_ASCII);
            block.writeBytes(message.bytes());
            block.writeCharSequence("\n\n", StandardCharsets.US_ASCII);
        }
    }

    private record Comment(String text) implements ClientQueue.Part {

        @Override
        public int held() {
            return text.length();
        }

        @Override
        public void to(ByteBuf block) {
            block.writeCharSequence(text, StandardCharsets.US_ASCII);
        }
    }

    private final String token;
    private final StreamQuery query;
    private final StreamHub hub;
    private final LongSupplier millis;
    private final Runnable forget;
    private final int kept;
    private final Deque<Sent> last = new ArrayDeque<>();
    private long bytes;
    private long number;
    /** Null while the client is absent. */
    private EventStreamConnection connection;

    private EventStreamConnection lost;
    private long absentSince = -1;
    /** Number of the last message before the connection was lost. */
    private long lostAt;

    private boolean ended;

    /**
     * @param token identifies the client, as the first part of the ids of its events
     * @param forget called once, at the end
     */
    EventStreamSink(String token, StreamQuery query, StreamHub hub, LongSupplier millis, Runnable forget) {
        this.token = token;
        this.query = query;
        this.hub = hub;
        this.millis = millis;
        this.forget = forget;
        this.kept = hub.limits().queueBytes();
    }

    StreamQuery query() {
        return query;
    }

    /** Since when the client is absent, or -1. */
    synchronized long absentSince() {
        return absentSince;
    }

    synchronized void attach(EventStreamConnection opened) {
        connection = opened;
        absentSince = -1;
    }

    /** The connection is lost; returns whether it was that of the client. */
    synchronized boolean detach(EventStreamConnection closed) {
        if (ended || connection != closed) {
            return false;
        }
        connection = null;
        lost = closed;
        absentSince = millis.getAsLong();
        lostAt = number;
        return true;
    }

    /**
     * Continues after a message.
     *
     * @param opener opens the new connection
     * @return why it cannot, or null
     */
    String resume(long after, Supplier<EventStreamConnection> opener) {
        EventStreamConnection before;
        synchronized (this) {
            long oldest = last.isEmpty() ? number + 1 : last.peekFirst().number();
            if (ended || after > number || after < oldest - 1) {
                return "the messages after Last-Event-ID are no longer kept";
            }
            before = connection;
            EventStreamConnection opened = opener.get();
            attach(opened);
            last.stream().filter(sent -> sent.number() > after).forEach(opened::add);
            opened.flush();
        }
        if (before != null) {
            before.close("the client has connected again");
        }
        hub.drained(this);
        return null;
    }

    @Override
    public synchronized long pending() {
        return connection == null ? 0 : connection.waitingBytes();
    }

    @Override
    public void send(StreamMessage message) {
        synchronized (this) {
            if (ended) {
                return;
            }
            Sent sent = new Sent(token, ++number, message);
            last.addLast(sent);
            bytes += sent.held();
            while (bytes > kept && last.size() > 1) {
                bytes -= last.removeFirst().held();
            }
            if (connection != null) {
                connection.add(sent);
                return;
            }
            if (last.peekFirst().number() <= lostAt + 1) {
                return;
            }
        }
        end(); // What it missed is no longer kept.
    }

    @Override
    public synchronized void flush() {
        if (connection != null) {
            connection.flush();
        }
    }

    @Override
    public synchronized void ping() {
        if (connection != null) {
            connection.add(PING);
            connection.flush();
        }
    }

    /** A client of events sends nothing; that it is gone shows when its connection is closed, or it is slow. */
    @Override
    public long heardAt() {
        return millis.getAsLong();
    }

    @Override
    public void close(int code, String reason) {
        EventStreamConnection open;
        synchronized (this) {
            open = connection;
        }
        if (open != null) {
            open.close(code + " " + reason);
        }
        end();
    }

    /** Ends the client if it has not connected again since it lost this connection. */
    void endIfAbsent(EventStreamConnection closed) {
        synchronized (this) {
            if (connection != null || lost != closed) {
                return;
            }
        }
        end();
    }

    /** Ends the client if it is absent; returns whether it was. */
    boolean endIfAbsent() {
        synchronized (this) {
            if (connection != null) {
                return false;
            }
        }
        return end();
    }

    private boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            connection = null;
            last.clear();
        }
        forget.run();
        hub.gone(this);
        hub.leave();
        return true;
    }
}
