package dev.livefeed.soak;

import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.NetworkFeed;
import dev.livefeed.exchange.binance.stream.StreamPath;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.Venue;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connects the connector's core and the exchange's core in one thread. Packets are delayed and may be lost. */
final class SimulatedNetwork implements Network {

    private static final long REFUSAL = SimulatedTime.MILLI;

    private final SimulatedTime time;
    private final Exchange exchange;
    private final NetworkConditions conditions;
    private final Map<Integer, SimulatedLink> links = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<long[]> troubles = new ArrayList<>();
    private final AskedTradeLists tradeLists = new AskedTradeLists();
    private NetworkFeed feed;
    private Runnable afterDelivery = () -> {};

    long frames;
    long opens;
    long restAsked;

    /** Until when an unanswered or refused REST request excuses a trade that was not fetched. */
    long restExcusedUntil;

    SimulatedNetwork(SimulatedTime time, Exchange exchange, NetworkConditions conditions) {
        this.time = time;
        this.exchange = exchange;
        this.conditions = conditions;
    }

    /** @param after called after each event that is passed to the feed */
    void listener(NetworkFeed listener, Runnable after) {
        feed = listener;
        afterDelivery = after;
    }

    /** The client process ends; what is on its way to it is lost. */
    void clientEnds() {
        links().forEach(SimulatedLink::leave);
        links.clear();
        feed = null;
    }

    SimulatedTime time() {
        return time;
    }

    Exchange exchange() {
        return exchange;
    }

    NetworkFeed feed() {
        return feed;
    }

    /** Forbidden actions of the connector. */
    List<String> problems() {
        return problems;
    }

    /** The connections that the client has not closed. */
    List<SimulatedLink> links() {
        return List.copyOf(links.values());
    }

    /** Arrival time of a packet that is sent now. */
    long arrival() {
        return time.nanos() + conditions.delay(time.nanos());
    }

    void deliver(Runnable arrival) {
        if (feed == null) {
            return;
        }
        arrival.run();
        afterDelivery.run();
    }

    void ended(SimulatedLink link, String reason, int httpStatus) {
        if (!link.clientLeft()) {
            link.clientKnowsEnd();
            links.remove(link.id());
            feed.closed(link.id(), reason, httpStatus);
        }
    }

    @Override
    public void open(int id, URI uri) {
        opens++;
        SimulatedLink link = link(id, uri.getPath());
        links.put(id, link);
        if (time.nanos() < conditions.refusingUntil) {
            time.in(REFUSAL, () -> deliver(() -> ended(link, "connection refused", 0)));
        } else if (time.nanos() >= conditions.swallowingUntil) {
            link.connect();
        }
    }

    private SimulatedLink link(int id, String path) {
        if (exchange.serves(Venue.BINANCE)) {
            StreamPath streams = StreamPath.parse(path, null).orElseThrow();
            return new SimulatedLink(
                    id, streams.category(), path, link -> exchange.connect(streams, link, time.millis()), this);
        }
        ProductCategory category =
                ProductCategory.of(path.substring(path.lastIndexOf('/') + 1)).orElseThrow();
        return new SimulatedLink(id, category, path, link -> exchange.connect(category, link), this);
    }

    @Override
    public void send(int id, String text) {
        SimulatedLink link = links.get(id);
        if (link != null) {
            link.text(text);
        }
    }

    @Override
    public void ping(int id) {
        if (exchange.serves(Venue.BYBIT)) {
            throw new AssertionError("the connector must use the venue's own ping");
        }
        SimulatedLink link = links.get(id);
        if (link != null) {
            link.clientPing();
        }
    }

    @Override
    public void close(int id) {
        SimulatedLink link = links.remove(id);
        if (link != null) {
            link.leave();
        }
    }

    @Override
    public void get(int request, URI uri) {
        NetworkFeed asking = feed;
        restAsked++;
        long now = time.nanos();
        if (now < conditions.restRefusedUntil) {
            undetectable(5);
            time.in(
                    REFUSAL,
                    () -> deliver(() -> {
                        if (feed == asking) {
                            feed.unanswered(request, "connection refused");
                        }
                    }));
        } else if (now < conditions.restSwallowedUntil) {
            undetectable(10);
        } else {
            time.at(arrival(), () -> answer(asking, request, uri));
        }
    }

    private void answer(NetworkFeed asking, int request, URI uri) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part :
                uri.getQuery() == null ? new String[0] : uri.getQuery().split("&")) {
            int equals = part.indexOf('=');
            parameters.put(part.substring(0, equals), part.substring(equals + 1));
        }
        RestResponse answer = exchange.get(uri.getPath(), parameters, time.millis());
        undetectable(answer);
        if (answer.status() == 200) {
            tradeLists.answered(uri.getPath(), parameters, time.nanos());
        }
        String reset = answer.headers().get("X-Bapi-Limit-Reset-Timestamp");
        HttpAnswer given = new HttpAnswer(
                answer.status(),
                reset == null ? 0 : Long.parseLong(reset),
                answer.headers().get("Retry-After"),
                Integer.parseInt(answer.headers().getOrDefault("X-MBX-USED-WEIGHT-1M", "-1")),
                answer.body().getBytes(StandardCharsets.UTF_8));
        time.at(
                arrival() + answer.delay().toNanos(),
                () -> deliver(() -> {
                    if (feed == asking) {
                        feed.answered(request, given);
                    }
                }));
    }

    private void undetectable(RestResponse answer) {
        if (answer.status() == 403) {
            undetectable(620);
        } else if (answer.status() != 200
                || (exchange.serves(Venue.BYBIT) && !answer.body().startsWith("{\"retCode\":0"))) {
            undetectable(80);
        } else if (!answer.delay().isZero()) {
            undetectable(20);
        }
    }

    /** The requests for trades that were answered. */
    AskedTradeLists tradeLists() {
        return tradeLists;
    }

    /** Whether REST was not available at some time in between. */
    boolean restFailedBetween(long from, long to) {
        return troubles.stream().anyMatch(trouble -> trouble[0] <= to && trouble[1] >= from);
    }

    private void undetectable(long seconds) {
        troubles.add(new long[] {time.nanos(), time.nanos() + seconds * SimulatedTime.SECOND});
        restExcusedUntil = Math.max(restExcusedUntil, time.nanos() + seconds * SimulatedTime.SECOND);
    }
}
