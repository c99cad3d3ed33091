package dev.livefeed.exchange.engine;

import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.venue.SymbolList;
import java.time.Duration;
import java.util.List;

/**
 * How a local exchange is set up.
 *
 * <ul>
 *   <li>host: 127.0.0.1
 *   <li>port: 0, which takes any free one
 *   <li>symbols: none beside the usual ones, which are always listed
 *   <li>seed: 1
 *   <li>speed: 1, times the usual number of orders
 *   <li>levels: 1,100 price levels a side
 *   <li>tapeLength: 2,000 trades remembered for each symbol
 *   <li>idleTimeout: 10 minutes without a frame from the client
 *   <li>requestTimeout: 30 seconds until a new connection has sent a whole request
 *   <li>maxConnections: 1,000 at a time for each stream; six times as many of all kinds
 *   <li>outboundLimit: 8 MiB waiting for one client
 *   <li>truth: false; true remembers what every book topic told from its start
 *   <li>faults: none
 *   <li>rateLimits: true; the venue's 500 connections in 5 minutes and 600 requests in 5 seconds
 *   <li>apiKey, apiSecret: local-key, local-secret; what the private side lets in
 * </ul>
 *
 * @param symbols each "BTCUSDT" or, for one category only, "spot:BTCUSDT"; a name that is not known gets plausible
 *     parameters
 * @param outboundLimit bytes; a client that is further behind is closed
 * @param faults each like "lost,topic=orderbook.50.*,every=5s", see {@link FaultReader}
 */
public record ExchangeConfig(
        String host,
        int port,
        List<String> symbols,
        long seed,
        double speed,
        int levels,
        int tapeLength,
        Duration idleTimeout,
        Duration requestTimeout,
        int maxConnections,
        int outboundLimit,
        boolean truth,
        List<String> faults,
        String apiKey,
        String apiSecret,
        boolean rateLimits) {

    /** @throws IllegalArgumentException naming the value that cannot be used and the rule */
    public ExchangeConfig {
        symbols = List.copyOf(symbols);
        require(!host.isBlank(), "host", host, "must not be empty");
        require(port >= 0 && port <= 65535, "port", port, "must be 0 to 65535");
        require(speed > 0 && speed <= 1000, "speed", speed, "must be greater than 0 and at most 1000");
        require(levels >= 50 && levels <= 10_000, "levels", levels, "must be 50 to 10000");
        require(tapeLength >= 1000, "tapeLength", tapeLength, "must be at least 1000");
        require(
                !idleTimeout.isNegative() && !idleTimeout.isZero(),
                "idleTimeout",
                idleTimeout,
                "must be greater than 0");
        require(
                !requestTimeout.isNegative() && !requestTimeout.isZero(),
                "requestTimeout",
                requestTimeout,
                "must be greater than 0");
        require(maxConnections >= 1, "maxConnections", maxConnections, "must be at least 1");
        require(outboundLimit >= 65536, "outboundLimit", outboundLimit, "must be at least 65536 bytes");
        SymbolList.parse(symbols);
        faults = List.copyOf(faults);
        faults.forEach(FaultReader::line);
        require(!apiKey.isBlank() && !apiSecret.isBlank(), "apiKey or apiSecret", "empty", "must be given");
    }

    /** All but the secret. */
    @Override
    public String toString() {
        return "ExchangeConfig[host=" + host + ", port=" + port + ", symbols=" + symbols + ", seed=" + seed + ", speed="
                + speed
                + ", levels=" + levels + ", tapeLength=" + tapeLength + ", idleTimeout=" + idleTimeout
                + ", requestTimeout=" + requestTimeout
                + ", maxConnections="
                + maxConnections + ", outboundLimit=" + outboundLimit + ", truth=" + truth + ", faults=" + faults
                + ", apiKey="
                + apiKey + ", rateLimits=" + rateLimits + "]";
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

    /** Collects settings over the defaults. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private List<String> symbols = List.of();
        private long seed = 1;
        private double speed = 1;
        private int levels = 1100;
        private int tapeLength = 2000;
        private Duration idleTimeout = Duration.ofMinutes(10);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private int maxConnections = 1000;
        private int outboundLimit = 8 << 20;
        private boolean truth;
        private List<String> faults = List.of();
        private String apiKey = "local-key";
        private String apiSecret = "local-secret";
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

        public Builder tapeLength(int tapeLength) {
            this.tapeLength = tapeLength;
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
            this.apiKey = key;
            this.apiSecret = secret;
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

        /** @throws IllegalArgumentException naming the value that cannot be used and the rule */
        public ExchangeConfig build() {
            return new ExchangeConfig(
                    host,
                    port,
                    symbols,
                    seed,
                    speed,
                    levels,
                    tapeLength,
                    idleTimeout,
                    requestTimeout,
                    maxConnections,
                    outboundLimit,
                    truth,
                    faults,
                    apiKey,
                    apiSecret,
                    rateLimits);
        }
    }
}
