package dev.livefeed.connector.bybit;

import dev.livefeed.connector.net.Network;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records what the feed asks of the network; the test plays the other side. */
final class FakeNetwork implements Network {

    final List<URI> opened = new ArrayList<>();
    final List<Integer> links = new ArrayList<>();
    final List<Integer> closed = new ArrayList<>();
    /** Questions about trades. */
    final Map<Integer, URI> asked = new LinkedHashMap<>();

    /** Every other question. */
    final Map<Integer, URI> askedElse = new LinkedHashMap<>();

    private final List<String> sent = new ArrayList<>();

    @Override
    public void open(int link, URI uri) {
        opened.add(uri);
        links.add(link);
    }

    @Override
    public void send(int link, String text) {
        sent.add(text);
    }

    @Override
    public void close(int link) {
        closed.add(link);
    }

    @Override
    public void get(int request, URI uri) {
        (uri.getPath().endsWith("/recent-trade") ? asked : askedElse).put(request, uri);
    }

    /** What was sent since the last call. */
    List<String> sent() {
        List<String> since = List.copyOf(sent);
        sent.clear();
        return since;
    }

    /** Removes a ping from what was sent; false where there is none. */
    boolean takePing() {
        return sent.remove(Request.PING);
    }

    int lastLink() {
        return links.get(links.size() - 1);
    }
}
