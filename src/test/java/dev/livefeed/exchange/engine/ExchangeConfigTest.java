package dev.livefeed.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Pins the defaults of the configuration. */
class ExchangeConfigTest {

    @Test
    void defaults() {
        assertThat(ExchangeConfig.defaults())
                .hasToString("ExchangeConfig[address=127.0.0.1/<unresolved>:0, venues=[bybit], symbols=[], "
                        + "markets=MarketSettings[seed=1, speed=1.0, levels=1100, tradesKept=2000], "
                        + "limits=ConnectionLimits[idleTimeout=PT10M, requestTimeout=PT30S, maxConnections=1000, "
                        + "outboundLimit=8388608, lifetime=PT24H, rateLimits=true], "
                        + "credentials=ExchangeCredentials[key=local-key], faults=[], truth=false]");
    }
}
