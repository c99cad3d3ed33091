package dev.livefeed.soak;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A WebSocket of the simulated network. Messages are delayed and keep their order in each direction; messages in flight
 * are lost when the connection breaks.
 */
final class SimulatedLink implements ClientConnection {

    private static final long LEFT_BEHIND = 30 * SimulatedTime.SECOND;

    private final int id;
    private final ProductCategory category;
    private final String path;
    private final Opener opener;
    private final SimulatedNetwork network;
    private final RequestedTopics requestedTopics = new RequestedTopics();
    private final List<String> unread = new ArrayList<>();
    private List<TextFrame> batch = new ArrayList<>();
    private StreamSession session;
    private boolean readingPaused;
    private int pingsUnread;
    /** Messages are lost in both directions, and neither side is notified. */
    private boolean severed;
    /** The client has closed its side. */
    private boolean closedByClient;
    /** The server has closed its side. */
    private boolean closedByServer;

    private long toClientAt;
    private long toServerAt;

    /** How a link reaches the streams of its venue. */
    interface Opener {
        StreamSession open(SimulatedLink link);
    }

    SimulatedLink(int id, ProductCategory category, String path, Opener opener, SimulatedNetwork network) {
        this.id = id;
        this.category = category;
        this.path = path;
        this.opener = opener;
        this.network = network;
    }

    ProductCategory category() {
        return category;
    }

    /** The session at the exchange; null before the handshake. */
    StreamSession session() {
        return session;
    }

    boolean open() {
        return session != null && !closedByClient && !closedByServer && !severed;
    }

    void connect() {
        toServer(() -> {
            Optional<RestResponse> refusal = network.exchange().refusal(category, path);
            if (refusal.isPresent()) {
                closedByServer = true;
                int status = refusal.get().status();
                toClient(() -> network.ended(this, "the handshake was answered with " + status, status));
            } else {
                session = opener.open(this);
                toClient(() -> network.feed().opened(id, true));
            }
        });
    }

    /** The client sends a text frame. */
    void text(String text) {
        network.problems().addAll(requestedTopics.request(text, network.time().nanos()));
        toServer(() -> arrived(text));
    }

    /** The client sends a WebSocket ping. */
    void clientPing() {
        toServer(() -> {
            if (readingPaused) {
                pingsUnread++;
            } else if (session != null && !closedByServer) {
                network.exchange().pinged(session, network.time().millis());
                toClient(() -> network.feed().pong(id));
            }
        });
    }

    private void arrived(String text) {
        if (readingPaused) {
            unread.add(text);
        } else if (session != null && !closedByServer) {
            network.exchange().receive(session, text, network.time().millis());
        }
    }

    /** The client closes its side. */
    void leave() {
        closedByClient = true;
        if (severed) {
            network.time().in(LEFT_BEHIND, this::disconnect);
        } else {
            toServer(this::disconnect);
        }
    }

    /** Loses all messages from now on without notifying either side. */
    void sever() {
        severed = true;
    }

    /** Resets the connection: both sides are notified at once, and messages in flight are lost. */
    void cut() {
        if (!closedByClient && !severed) {
            severed = true;
            network.time().in(0, this::disconnect);
            network.deliver(() -> network.ended(this, "connection reset by peer", 0));
        }
    }

    int id() {
        return id;
    }

    boolean clientLeft() {
        return closedByClient;
    }

    void clientKnowsEnd() {
        closedByClient = true;
    }

    private void disconnect() {
        if (session != null) {
            closedByServer = true;
            network.exchange().disconnect(session);
        }
    }

    // Called by the exchange.

    @Override
    public void send(TextFrame frame) {
        if (!closedByServer) {
            batch.add(frame);
        }
    }

    @Override
    public void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<TextFrame> frames = batch;
        batch = new ArrayList<>();
        toClient(() -> frames.forEach(this::frame));
    }

    private void frame(TextFrame frame) {
        if (closedByClient) {
            return;
        }
        byte[] bytes = frame.bytes();
        int header = (bytes[1] & 0x7F) < 126 ? 2 : (bytes[1] & 0x7F) == 126 ? 4 : 10;
        requestedTopics.answer(bytes, header);
        network.frames++;
        network.feed()
                .frame(id, bytes, header, bytes.length - header, network.time().micros());
    }

    @Override
    public void ping(String payload) {
        toClient(() -> {
            network.feed().pinged(id);
            toServer(() -> {
                if (session != null && !closedByServer && !readingPaused) {
                    network.exchange().ponged(session, payload, network.time().millis());
                }
            });
        });
    }

    @Override
    public void close() {
        end("the other side closed the connection");
    }

    @Override
    public void resetWithin(TextFrame frame) {
        end("connection reset by peer");
    }

    private void end(String reason) {
        if (!closedByServer) {
            flush();
            closedByServer = true;
            network.time().in(0, () -> network.exchange().disconnect(session));
            toClient(() -> network.ended(this, reason, 0));
        }
    }

    @Override
    public void setReadingPaused(boolean paused) {
        readingPaused = paused;
        for (; !readingPaused && pingsUnread > 0; pingsUnread--) {
            clientPing();
        }
        if (!readingPaused && !unread.isEmpty()) {
            List<String> texts = List.copyOf(unread);
            unread.clear();
            network.time().in(0, () -> texts.forEach(this::arrived));
        }
    }

    private void toClient(Runnable arrival) {
        if (severed) {
            return;
        }
        toClientAt = Math.max(toClientAt, network.arrival());
        network.time().at(toClientAt, () -> {
            if (!severed && !closedByClient) {
                network.deliver(arrival);
            }
        });
    }

    private void toServer(Runnable arrival) {
        if (severed) {
            return;
        }
        toServerAt = Math.max(toServerAt, network.arrival());
        network.time().at(toServerAt, () -> {
            if (!severed) {
                arrival.run();
            }
        });
    }
}
