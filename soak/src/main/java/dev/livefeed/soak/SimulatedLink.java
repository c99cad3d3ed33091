package dev.livefeed.soak;

import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One WebSocket of the simulated network: bytes keep their order in each direction, take their time, and what is
 * under way is lost when the connection breaks.
 */
final class SimulatedLink implements ClientConnection {

    private static final long LEFT_BEHIND = 30 * SimulatedTime.SECOND;

    private final int id;
    private final ProductCategory category;
    private final SimulatedNetwork network;
    private final RequestedTopics asked = new RequestedTopics();
    private final List<String> unread = new ArrayList<>();
    private List<TextFrame> batch = new ArrayList<>();
    private StreamSession session;
    private boolean frozen;
    /** Nothing passes any more, in either direction, and neither side is told. */
    private boolean severed;
    /** The client's side is closed. */
    private boolean left;
    /** The server's side is closed. */
    private boolean gone;

    private long toClientAt;
    private long toServerAt;

    SimulatedLink(int id, ProductCategory category, SimulatedNetwork network) {
        this.id = id;
        this.category = category;
        this.network = network;
    }

    ProductCategory category() {
        return category;
    }

    /** The exchange's view, null before the handshake. */
    StreamSession session() {
        return session;
    }

    boolean open() {
        return session != null && !left && !gone && !severed;
    }

    void connect() {
        toServer(() -> {
            Optional<RestResponse> refusal = network.exchange().refusal(category, "/v5/public/" + category.id());
            if (refusal.isPresent()) {
                gone = true;
                int status = refusal.get().status();
                toClient(() -> network.ended(this, "the handshake was answered with " + status, status));
            } else {
                session = network.exchange().connect(category, this);
                toClient(() -> network.feed().opened(id, true));
            }
        });
    }

    /** The client sends a text. */
    void text(String text) {
        network.problems().addAll(asked.request(text, network.time().nanos()));
        toServer(() -> arrived(text));
    }

    private void arrived(String text) {
        if (frozen) {
            unread.add(text);
        } else if (session != null && !gone) {
            network.exchange().receive(session, text, network.time().millis());
        }
    }

    /** The client closes its side. */
    void leave() {
        left = true;
        if (severed) {
            network.time().in(LEFT_BEHIND, this::disconnect);
        } else {
            toServer(this::disconnect);
        }
    }

    /** Packets pass no more; nobody is told. */
    void sever() {
        severed = true;
    }

    /** Both sides learn at once that the connection is broken; what is under way is lost. */
    void cut() {
        if (!left && !severed) {
            severed = true;
            network.time().in(0, this::disconnect);
            network.deliver(() -> network.ended(this, "connection reset by peer", 0));
        }
    }

    int id() {
        return id;
    }

    boolean clientLeft() {
        return left;
    }

    void clientKnowsEnd() {
        left = true;
    }

    private void disconnect() {
        if (session != null) {
            gone = true;
            network.exchange().disconnect(session);
        }
    }

    // The exchange's side.

    @Override
    public void send(TextFrame frame) {
        if (!gone) {
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
        if (left) {
            return;
        }
        byte[] bytes = frame.bytes();
        int header = (bytes[1] & 0x7F) < 126 ? 2 : (bytes[1] & 0x7F) == 126 ? 4 : 10;
        asked.answer(bytes, header);
        network.frames++;
        network.feed()
                .frame(id, bytes, header, bytes.length - header, network.time().micros());
    }

    @Override
    public void close() {
        end("the other side closed the connection");
    }

    @Override
    public void tear(TextFrame frame) {
        end("connection reset by peer");
    }

    private void end(String reason) {
        if (!gone) {
            flush();
            gone = true;
            network.time().in(0, () -> network.exchange().disconnect(session));
            toClient(() -> network.ended(this, reason, 0));
        }
    }

    @Override
    public void freeze(boolean nowFrozen) {
        frozen = nowFrozen;
        if (!frozen && !unread.isEmpty()) {
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
            if (!severed && !left) {
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
