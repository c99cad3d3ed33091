package dev.livefeed.exchange.engine;

import dev.livefeed.exchange.account.ApiKeys;
import dev.livefeed.exchange.account.PrivateSide;
import dev.livefeed.exchange.control.ControlEndpoint;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.fault.FaultScheduler;
import dev.livefeed.exchange.fault.HttpFaults;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.RestRouter;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.SubscriptionHandler;
import dev.livefeed.exchange.stream.TopicHub;
import dev.livefeed.exchange.venue.MarketSettings;
import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.venue.SymbolList;
import dev.livefeed.exchange.venue.Venue;
import java.util.Map;
import java.util.Optional;

/**
 * The exchange without its sockets, threads and clock: markets, streams and REST, driven from outside by time and
 * requests, so that a test can live through an hour in a second. All times given are true ones, in milliseconds since
 * 1970; what the exchange tells may be off by a fault of its clock. Not thread-safe: one thread owns it.
 */
public final class Exchange {

    private static final long MAX_CATCH_UP_MILLIS = 2000;

    private final Venue venue;
    private final FaultScheduler faults = new FaultScheduler();
    private final HttpFaults httpFaults = new HttpFaults(faults);
    private final TopicHub hub;
    private final SubscriptionHandler desk;
    private final RestRouter rest;
    private final ControlEndpoint control;
    private final PrivateSide owner;
    private long skew;

    public Exchange(ExchangeConfig config, long now) {
        MarketSettings settings =
                new MarketSettings(config.seed(), config.speed(), config.levels(), config.tapeLength());
        venue = new Venue(settings, SymbolList.parse(config.symbols()), now);
        hub = new TopicHub(venue, faults);
        desk = new SubscriptionHandler(hub);
        rest = new RestRouter(venue, hub);
        owner = new PrivateSide(venue, new ApiKeys(config.apiKey(), config.apiSecret()), config.seed());
        control = new ControlEndpoint(venue, hub, faults, owner);
        if (config.truth()) {
            hub.rememberBooks();
        }
        faults.advance(now, hub);
        config.faults().forEach(line -> faults.order(FaultReader.line(line)));
    }

    /** Lets the markets live up to now and pushes what is due. After a long sleep the time between is skipped. */
    public void advance(long now) {
        faults.advance(now, hub).ifPresent(this::skew);
        long told = now + skew;
        long behind = told - venue.at();
        if (behind > MAX_CATCH_UP_MILLIS) {
            venue.jump(behind - Venue.STEP);
        }
        while (venue.at() + Venue.STEP <= told) {
            venue.step();
            hub.publish(told);
            faults.burst(hub);
            owner.desk().advance(told);
        }
        hub.flush();
    }

    private void skew(long millis) {
        venue.jump(millis - skew);
        skew = millis;
    }

    /** What a handshake for this stream is refused with; empty if it is welcome. */
    public Optional<RestResponse> refusal(ProductCategory category, String path) {
        return httpFaults.handshake(category, path);
    }

    public StreamSession connect(ProductCategory category, ClientConnection wire) {
        return hub.open(category, wire);
    }

    /** @param maxActiveTime the client's parameter of that name; null if it gave none */
    public StreamSession connectPrivately(String maxActiveTime, ClientConnection wire, long now) {
        StreamSession session = hub.open(null, wire);
        owner.desk().open(session, maxActiveTime, now + skew);
        return session;
    }

    public void disconnect(StreamSession session) {
        owner.desk().close(session);
        hub.close(session);
    }

    /** Takes one text frame of a client. */
    public void receive(StreamSession session, String text, long now) {
        if (session.category() == null) {
            owner.desk().receive(session, text, now + skew);
        } else {
            desk.receive(session, text, now + skew);
        }
        hub.flush();
    }

    /** Answers a GET of the REST interface. */
    public RestResponse get(String path, Map<String, String> parameters, long now) {
        return httpFaults.rest(path, now + skew, () -> rest.get(path, parameters, now + skew));
    }

    /**
     * Answers a signed GET of the REST interface.
     *
     * @param headers by lower-case name
     * @param query the query string as it was sent
     */
    public RestResponse getSigned(String path, Map<String, String> headers, String query, long now) {
        return httpFaults.rest(path, now + skew, () -> owner.rest().get(path, headers, query, now + skew));
    }

    /** Whether a path needs a signature. */
    public boolean signed(String path) {
        return owner.rest().serves(path);
    }

    /** Answers what is asked under {@code /control/}. */
    public RestResponse control(String method, String path, Map<String, String> parameters, String body) {
        return control.answer(method, path, parameters, body);
    }

    /** Keys, account and private stream. */
    public PrivateSide owner() {
        return owner;
    }

    public Venue venue() {
        return venue;
    }

    public TopicHub hub() {
        return hub;
    }

    public FaultScheduler faults() {
        return faults;
    }
}
