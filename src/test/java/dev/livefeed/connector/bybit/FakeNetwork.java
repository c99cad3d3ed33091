package dev.livefeed.connector.bybit;

import dev.livefeed.connector.bybit.connection.SubscribeRequest;
import dev.livefeed.connector.session.Network;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records the feed's requests; the test acts as the server. */
public final class FakeNetwork implements Network {

    public final List<URI> opened = new ArrayList<>();
    public final List<Integer> links = new ArrayList<>();
    public final List<Integer> closed = new ArrayList<>();
    /** Requests for trades. */
    public final Map<Integer, URI> tradeRequests = new LinkedHashMap<>();

    /** All other requests. */
    public final Map<Integer, URI> otherRequests = new LinkedHashMap<>();

    /** Everything that was sent. */
    final List<Sent> all = new ArrayList<>();

    private final List<Sent> sent = new ArrayList<>();

    /** A text with the connection that it was sent on. */
    record Sent(int link, String text) {}

    @Override
    public void open(int link, URI uri) {
        opened.add(uri);
        links.add(link);
    }

    @Override
    public void send(int link, String text) {
        sent.add(new Sent(link, text));
        all.add(new Sent(link, text));
    }

    @Override
    public void ping(int link) {
        throw new AssertionError("the venue has a ping of its own");
    }

    @Override
    public void close(int link) {
        closed.add(link);
    }

    @Override
    public void get(int request, URI uri) {
        (uri.getPath().endsWith("/recent-trade") ? tradeRequests : otherRequests).put(request, uri);
    }

    /** Removes and returns the unanswered requests for instruments. */
    public List<Integer> instrumentLists() {
        List<Integer> instrumentLists = new ArrayList<>();
        otherRequests.forEach((request, uri) -> {
            if (uri.getPath().endsWith("/instruments-info")) {
                instrumentLists.add(request);
            }
        });
        instrumentLists.forEach(otherRequests::remove);
        return instrumentLists;
    }

    /** Texts sent since the last call. */
    public List<String> sent() {
        return sentBy().stream().map(Sent::text).toList();
    }

    /** Texts sent since the last call, with their connections. */
    List<Sent> sentBy() {
        List<Sent> since = List.copyOf(sent);
        sent.clear();
        return since;
    }

    /** Removes a ping from the sent texts; false if there is none. */
    public boolean takePing() {
        return sent.remove(new Sent(lastLink(), SubscribeRequest.PING));
    }

    public int lastLink() {
        return links.get(links.size() - 1);
    }
}
