package dev.livefeed.exchange;

import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.net.HttpListener;
import dev.livefeed.exchange.net.MarketThread;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A running local exchange: WebSocket streams at {@code /v5/public/{category}} and REST at {@code /v5/market/…} on
 * one port. Its markets run whether or not a client is connected. A closed server cannot be restarted.
 */
public final class ExchangeServer implements AutoCloseable {

    private final MarketThread market;
    private final HttpListener listener;
    private final String host;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ExchangeServer(MarketThread market, HttpListener listener, String host) {
        this.market = market;
        this.listener = listener;
        this.host = host;
    }

    /**
     * Starts an exchange on the machine's clock.
     *
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static ExchangeServer start(ExchangeConfig config) throws IOException {
        long wall = System.currentTimeMillis();
        long steady = System.nanoTime();
        // A monotonic clock: a correction of the system clock must not stop the markets or make them jump.
        return start(config, () -> wall + (System.nanoTime() - steady) / 1_000_000);
    }

    /**
     * Starts an exchange on a given clock.
     *
     * @param clock milliseconds since 1970; must not run backwards
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static ExchangeServer start(ExchangeConfig config, LongSupplier clock) throws IOException {
        Exchange exchange = new Exchange(config, clock.getAsLong());
        MarketThread market = new MarketThread(exchange, clock);
        try {
            HttpListener listener = HttpListener.bind(config, market);
            market.start();
            return new ExchangeServer(market, listener, config.host());
        } catch (IOException e) {
            market.close();
            throw e;
        }
    }

    /** The bound port. */
    public int port() {
        return listener.port();
    }

    /** Base URL of the streams, without "/v5/public/…", for example "ws://127.0.0.1:8090". */
    public String streamUrl() {
        return "ws://" + host + ":" + port();
    }

    /** Base URL of the REST interface, without "/v5/market/…", for example "http://127.0.0.1:8090". */
    public String restUrl() {
        return "http://" + host + ":" + port();
    }

    /** Closes all connections and stops the threads. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            listener.close();
            market.close();
        }
    }
}
