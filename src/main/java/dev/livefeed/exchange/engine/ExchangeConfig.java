package dev.livefeed.exchange.engine;

import dev.livefeed.exchange.account.ExchangeCredentials;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.market.MarketSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Configuration of a local exchange.
 *
 * <p>Defaults:
 *
 * <ul>
 *   <li>host: 127.0.0.1
 *   <li>port: 0, any free port
 *   <li>venues: Bybit
 *   <li>symbols: none besides the built-in instruments, which are always listed
 *   <li>seed: 1
 *   <li>speed: 1
 *   <li>levels: 1,100 per side
 *   <li>tradesKept: 2,000 per symbol
 *   <li>idleTimeout: 10 minutes
 *   <li>requestTimeout: 30 seconds
 *   <li>maxConnections: 1,000 per stream
 *   <li>outboundLimit: 8 MiB per client
 *   <li>lifetime: 24 hours per connection of Binance
 *   <li>rateLimits: true
 *   <li>apiKey: local-key with the secret local-secret
 *   <li>faults: none
 *   <li>truth: false
 * </ul>
 *
 * @param address not resolved; port 0 is any free port
 * @param venues whose interfaces are served
 * @param symbols each "BTCUSDT" or, for one category only, "spot:BTCUSDT"; plausible instrument facts are generated for
 *     an unknown symbol
 * @param faults each like "lost,topic=orderbook.50.*,every=5s", see {@link FaultReader}
 * @param truth whether every book topic records its published states from the start
 */
public record ExchangeConfig(
        InetSocketAddress address,
        Set<Venue> venues,
        List<String> symbols,
        MarketSettings markets,
        ConnectionLimits limits,
        ExchangeCredentials credentials,
        List<String> faults,
        boolean truth) {

    /** @throws IllegalArgumentException naming the invalid value and the rule */
    public ExchangeConfig {
        symbols = List.copyOf(symbols);
        venues = Set.copyOf(venues);
        require(!venues.isEmpty(), "venues", venues, "must not be empty");
        require(
                markets.speed() > 0 && markets.speed() <= 1000,
                "speed",
                markets.speed(),
                "must be greater than 0 and at most 1000");
        require(
                markets.levels() >= 50 && markets.levels() <= 10_000,
                "levels",
                markets.levels(),
                "must be 50 to 10000");
        require(markets.tradesKept() >= 1000, "trades-kept", markets.tradesKept(), "must be at least 1000");
        requirePositive(limits.idleTimeout(), "idleTimeout");
        requirePositive(limits.requestTimeout(), "requestTimeout");
        requirePositive(limits.lifetime(), "connection-lifetime");
        require(limits.maxConnections() >= 1, "maxConnections", limits.maxConnections(), "must be at least 1");
        require(
                limits.outboundLimit() >= 65536,
                "outboundLimit",
                limits.outboundLimit(),
                "must be at least 65536 bytes");
        SymbolList.parse(symbols);
        faults = List.copyOf(faults);
        faults.forEach(FaultReader::line);
        require(
                !credentials.key().isBlank() && !credentials.secret().isBlank(),
                "API key or secret",
                "empty",
                "must not be empty");
    }

    public String host() {
        return address.getHostString();
    }

    public int port() {
        return address.getPort();
    }

    public static ExchangeConfig defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("exchange " + name + " is " + value + ", " + rule);
        }
    }

    private static void requirePositive(Duration value, String name) {
        require(!value.isNegative() && !value.isZero(), name, value, "must be greater than 0");
    }

    /** Starts from the defaults. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private Set<Venue> venues = Set.of(Venue.BYBIT);
        private Duration lifetime = Duration.ofHours(24);
        private List<String> symbols = List.of();
        private long seed = 1;
        private double speed = 1;
        private int levels = 1100;
        private int tradesKept = 2000;
        private Duration idleTimeout = Duration.ofMinutes(10);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private int maxConnections = 1000;
        private int outboundLimit = 8 << 20;
        private boolean truth;
        private List<String> faults = List.of();
        private ExchangeCredentials credentials = new ExchangeCredentials("local-key", "local-secret");
        private boolean rateLimits = true;

        private Builder() {}

        public Builder host(String host) {
            this.host = host;
            return this;
        }

        public Builder port(int port) {
            this.port = port;
            return this;
        }

        public Builder venues(Set<Venue> venues) {
            this.venues = venues;
            return this;
        }

        public Builder lifetime(Duration lifetime) {
            this.lifetime = lifetime;
            return this;
        }

        public Builder symbols(List<String> symbols) {
            this.symbols = symbols;
            return this;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder speed(double speed) {
            this.speed = speed;
            return this;
        }

        public Builder levels(int levels) {
            this.levels = levels;
            return this;
        }

        public Builder tradesKept(int tradesKept) {
            this.tradesKept = tradesKept;
            return this;
        }

        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        public Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = requestTimeout;
            return this;
        }

        public Builder maxConnections(int maxConnections) {
            this.maxConnections = maxConnections;
            return this;
        }

        public Builder outboundLimit(int outboundLimit) {
            this.outboundLimit = outboundLimit;
            return this;
        }

        public Builder truth(boolean truth) {
            this.truth = truth;
            return this;
        }

        public Builder apiKey(String key, String secret) {
            this.credentials = new ExchangeCredentials(key, secret);
            return this;
        }

        public Builder rateLimits(boolean rateLimits) {
            this.rateLimits = rateLimits;
            return this;
        }

        public Builder faults(List<String> faults) {
            this.faults = faults;
            return this;
        }

        /** @throws IllegalArgumentException naming the invalid value and the rule */
        public ExchangeConfig build() {
            require(!host.isBlank(), "host", host, "must not be empty");
            require(port >= 0 && port <= 65535, "port", port, "must be 0 to 65535");
            return new ExchangeConfig(
                    InetSocketAddress.createUnresolved(host, port),
                    venues,
                    symbols,
                    new MarketSettings(seed, speed, levels, tradesKept),
                    new ConnectionLimits(
                            idleTimeout, requestTimeout, maxConnections, outboundLimit, lifetime, rateLimits),
                    credentials,
                    faults,
                    truth);
        }
    }
}
