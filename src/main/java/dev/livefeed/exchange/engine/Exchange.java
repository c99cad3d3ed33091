package dev.livefeed.exchange.engine;

import dev.livefeed.exchange.account.ApiKeys;
import dev.livefeed.exchange.account.PrivateApi;
import dev.livefeed.exchange.binance.BinanceVenue;
import dev.livefeed.exchange.binance.market.BinanceMarkets;
import dev.livefeed.exchange.binance.rest.BinanceRouter;
import dev.livefeed.exchange.binance.stream.StreamPath;
import dev.livefeed.exchange.control.ControlEndpoint;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.fault.FaultScheduler;
import dev.livefeed.exchange.fault.HttpFaults;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.RestRouter;
import dev.livefeed.exchange.rest.VenueRefusals;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.stream.FrameForm;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.SubscriptionHandler;
import dev.livefeed.exchange.stream.TopicHub;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The exchange without sockets, threads and clock: markets, streams and REST, driven by the time and the requests that
 * the caller passes in, so that a test can simulate an hour in a second. All time arguments are true times in
 * milliseconds since 1970; the times that clients see may differ by a clock skew fault. Not thread-safe.
 */
public final class Exchange {

    private static final long MAX_CATCH_UP_MILLIS = 2000;
    private static final String CATEGORY = "category=";

    private final SimulatedMarkets markets;
    private final FaultScheduler faults = new FaultScheduler();
    private final HttpFaults httpFaults = new HttpFaults(faults);
    private final TopicHub hub;
    private final SubscriptionHandler subscriptions;
    private final RestRouter rest;
    private final ControlEndpoint control;
    private final PrivateApi privateApi;
    private final boolean bybit;
    /** Null if this venue is not served. */
    private final BinanceVenue binance;

    private long skew;

    public Exchange(ExchangeConfig config, long now) {
        markets = new SimulatedMarkets(config.markets(), SymbolList.parse(config.symbols()), now);
        hub = new TopicHub(markets, faults);
        subscriptions = new SubscriptionHandler(hub);
        rest = new RestRouter(markets, hub);
        privateApi = new PrivateApi(
                markets, new ApiKeys(config.credentials()), config.markets().seed());
        bybit = config.venues().contains(Venue.BYBIT);
        binance = config.venues().contains(Venue.BINANCE) ? binance(config) : null;
        control = new ControlEndpoint(markets, hub, faults, privateApi, binance == null ? null : binance.data());
        if (config.truth()) {
            hub.recordBooks();
        }
        faults.advance(now, hub);
        config.faults().forEach(line -> faults.schedule(FaultReader.line(line)));
    }

    private BinanceVenue binance(ExchangeConfig config) {
        return new BinanceVenue(
                markets,
                hub,
                faults,
                new BinanceVenue.Rules(
                        config.limits().rateLimits(),
                        config.limits().lifetime(),
                        config.markets().tradesKept(),
                        config.truth()));
    }

    /** Advances the markets to now and pushes what is due. A gap of more than two seconds is skipped. */
    public void advance(long now) {
        faults.advance(now, hub).ifPresent(this::skew);
        long exchangeTime = now + skew;
        long lag = exchangeTime - markets.at();
        if (lag > MAX_CATCH_UP_MILLIS) {
            markets.jump(lag - SimulatedMarkets.STEP);
        }
        while (markets.at() + SimulatedMarkets.STEP <= exchangeTime) {
            markets.step();
            if (binance != null) {
                binance.data().advance();
                binance.streams().advance(exchangeTime);
            }
            hub.publish(exchangeTime);
            faults.burst(hub);
            privateApi.stream().advance(exchangeTime);
        }
        hub.flush();
    }

    private void skew(long millis) {
        markets.jump(millis - skew);
        skew = millis;
    }

    /** The response that rejects a handshake; empty if it is accepted. */
    public Optional<RestResponse> refusal(ProductCategory category, String path) {
        return httpFaults.handshake(category, path);
    }

    /** Whether the venue's interface is served. */
    public boolean serves(Venue venue) {
        return venue == Venue.BYBIT ? bybit : binance != null;
    }

    /** Connects to the streams of Binance. */
    public StreamSession connect(StreamPath path, ClientConnection connection, long now) {
        return binance.streams().open(path, connection, now + skew);
    }

    /** A WebSocket pong of the client. */
    public void ponged(StreamSession session, String payload, long now) {
        if (binance != null) {
            binance.streams().ponged(session, payload, now + skew);
        }
    }

    /** A WebSocket ping of the client, which has been answered. */
    public void pinged(StreamSession session, long now) {
        if (binance != null) {
            binance.streams().pinged(session, now + skew);
        }
    }

    public StreamSession connect(ProductCategory category, ClientConnection connection) {
        return hub.open(category, connection);
    }

    /** Connects to the stream of the announcements. */
    public StreamSession connectAnnouncements(ClientConnection connection) {
        return hub.openAnnouncements(connection);
    }

    /** @param maxActiveTime the client's parameter {@code max_active_time}; null if it was not given */
    public StreamSession connectPrivately(String maxActiveTime, ClientConnection connection, long now) {
        StreamSession session = hub.open(null, connection);
        privateApi.stream().open(session, maxActiveTime, now + skew);
        return session;
    }

    public void disconnect(StreamSession session) {
        privateApi.stream().close(session);
        if (binance != null) {
            binance.streams().closed(session);
        }
        hub.close(session);
    }

    /** Handles a text frame of a client. */
    public void receive(StreamSession session, String text, long now) {
        if (session.form() == FrameForm.RAW || session.form() == FrameForm.COMBINED) {
            binance.streams().receive(session, text, now + skew);
        } else if (session.category() == null) {
            privateApi.stream().receive(session, text, now + skew);
        } else {
            subscriptions.receive(session, text, now + skew);
        }
        hub.flush();
    }

    /** Answers a GET of the REST interface. */
    public RestResponse get(String path, Map<String, String> parameters, long now) {
        boolean ofBinance = binance != null && !VenueRefusals.ofBybit(path);
        return httpFaults.rest(
                ofBinance ? BinanceRouter.category(path).orElse(null) : category(parameters.get("category")),
                path,
                now + skew,
                () -> ofBinance
                        ? binance.rest().get(path, parameters, now + skew)
                        : bybit ? rest.get(path, parameters, now + skew) : new RestResponse(404, "{}"));
    }

    /**
     * Answers a signed GET of the REST interface.
     *
     * @param headers by lower-case name
     * @param query raw query string
     */
    public RestResponse getSigned(String path, Map<String, String> headers, String query, long now) {
        String category = Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.startsWith(CATEGORY))
                .findFirst()
                .map(parameter -> parameter.substring(CATEGORY.length()))
                .orElse(null);
        return httpFaults.rest(
                category(category), path, now + skew, () -> privateApi.rest().get(path, headers, query, now + skew));
    }

    private static ProductCategory category(String name) {
        return name == null ? null : ProductCategory.of(name).orElse(null);
    }

    /** Whether a path needs a signature. */
    public boolean signed(String path) {
        return privateApi.rest().serves(path);
    }

    /** Handles a request under {@code /control/}. */
    public RestResponse control(String method, String path, Map<String, String> parameters, String body) {
        return control.answer(method, path, parameters, body);
    }

    /** API keys, account and private stream. */
    public PrivateApi privateApi() {
        return privateApi;
    }

    /** The markets in the terms of Binance; null if it is not served. */
    public BinanceMarkets binance() {
        return binance == null ? null : binance.data();
    }

    public SimulatedMarkets markets() {
        return markets;
    }

    public TopicHub hub() {
        return hub;
    }

    public FaultScheduler faults() {
        return faults;
    }
}
