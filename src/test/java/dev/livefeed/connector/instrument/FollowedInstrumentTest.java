package dev.livefeed.connector.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.protocol.model.TradingPhase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowedInstrumentTest {

    private static final long SECOND = 1_000_000_000L;

    private final FollowedInstrument one = new FollowedInstrument(BinanceMarket.SPOT, "BTCUSDT");

    private void refuseAndList(long now) {
        one.refused("trades");
        one.refusedWhileTrading(now);
        one.listed(new ListedInstrument("BTCUSDT", "TRADING", TradingPhase.TRADING, "0.01", null, true, 0, 0));
    }

    /** A day of refusals: more than a long has doublings. */
    @Test
    void theWaitGrowsToTenMinutesAndNoFurther() {
        List<Long> waits = new ArrayList<>();
        long at = 0;
        refuseAndList(at);
        for (long now = SECOND; now < 86_400 * SECOND; now += SECOND) {
            if (one.retryDue(now)) {
                waits.add((now - at) / SECOND);
                at = now;
                refuseAndList(now);
            }
        }

        assertThat(waits).startsWith(5L, 10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L);
        assertThat(waits.subList(7, waits.size())).hasSizeGreaterThan(100).containsOnly(600L);
    }

    @Test
    void refusalsOfSeveralChannelsAreOne() {
        refuseAndList(0);
        refuseAndList(0);

        assertThat(one.retryDue(5 * SECOND)).isTrue();
    }

    @Test
    void afterAQuietTimeTheWaitIsShortAgain() {
        refuseAndList(0);
        refuseAndList(5 * SECOND);
        refuseAndList(2_000 * SECOND);

        assertThat(one.retryDue(2_004 * SECOND)).isFalse();
        assertThat(one.retryDue(2_005 * SECOND)).isTrue();
    }
}
