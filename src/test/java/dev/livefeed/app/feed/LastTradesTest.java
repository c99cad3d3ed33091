package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.process.Events;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Statuses;
import dev.livefeed.protocol.status.Subscribed;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a new connector process resumes after an earlier one. */
class LastTradesTest {

    private static final String CALL = "BTC-27NOV26-70000-C";
    private static final String PUT = "BTC-27NOV26-70000-P";

    private static Trade trade(String symbol, String id, long micros) {
        return new Trade(
                symbol, null, id, micros, BigDecimal.ONE, BigDecimal.ONE, Side.BUY, -1, false, false, micros, false);
    }

    private static Subscribed subscribed(String symbol, String since) {
        return (Subscribed)
                Statuses.with(Events.status(Subscribed.STATUS, "trades", symbol, "sub-1", null), "since", since);
    }

    @Test
    void aContractGoesOnAtItsOwnLastTrade() {
        LastTrades last = new LastTrades(Ids.bare(List.of(CALL, PUT)));
        last.trade(trade(CALL, "c-1", Events.AT));
        last.trade(trade(PUT, "p-1", Events.AT + 1_000));
        last.trade(trade(PUT, "p-2", Events.AT + 1_000));
        last.trade(trade(PUT, "p-0", Events.AT));

        assertThat(last.fields(Ids.bare(CALL)))
                .containsEntry("since", Times.instant(Events.AT).toString())
                .containsEntry("known", List.of("c-1"));
        assertThat(last.fields(Ids.bare(PUT)))
                .containsEntry("since", Times.instant(Events.AT + 1_000).toString())
                .containsEntry("known", List.of("p-1", "p-2"));
    }

    @Test
    void aBaseCoinGoesOnALittleBeforeTheLastTradeOfAnyContract() {
        LastTrades last = new LastTrades(Ids.bare(List.of("BTC", PUT)));
        last.trade(trade(CALL, "c-1", Events.AT));
        last.trade(trade(CALL, "c-2", Events.AT + 3_000_000));
        last.trade(trade("BTC-27NOV26-80000-C", "c-3", Events.AT + 2_900_000));
        last.trade(trade(PUT, "p-1", Events.AT + 9_000_000));
        last.trade(trade("ETH-27NOV26-80000-C", "e-1", Events.AT + 9_000_000));

        assertThat(last.fields(Ids.bare("BTC")))
                .as("contracts need not come in the order of their times; one of its own subscription "
                        + "is not its affair")
                .containsEntry("since", Times.instant(Events.AT + 1_000_000).toString())
                .containsEntry("known", List.of("c-2", "c-3"));
        assertThat(last.fields(Ids.bare("ETH"))).isEmpty();
    }

    @Test
    void whatWasSubscribedAndHasNotTradedGoesOnWhereItBegan() {
        LastTrades last = new LastTrades(Ids.bare(List.of(CALL)));
        assertThat(last.fields(Ids.bare(CALL))).isEmpty();
        last.subscribed(Ids.bare(CALL), subscribed(CALL, "2026-06-03T12:00:00.123Z"));
        last.subscribed(Ids.bare(CALL), subscribed(CALL, "2026-06-03T13:00:00Z"));
        last.subscribed(Ids.bare(CALL), subscribed(CALL, "yesterday"));
        last.subscribed(null, (Subscribed) Events.status(Subscribed.STATUS, null, null, "sub-1", null));

        assertThat(last.fields(Ids.bare(CALL)))
                .containsEntry("since", "2026-06-03T12:00:00.123Z")
                .containsEntry("known", List.of());
        last.trade(trade(CALL, "c-1", Events.AT));
        assertThat(last.fields(Ids.bare(CALL))).containsEntry("known", List.of("c-1"));
    }

    @Test
    void theIdsAreFewEnoughForALineOfCommand() {
        LastTrades last = new LastTrades(Ids.bare(List.of("BTCUSDT", "BTC")));
        for (int i = 0; i < 5_000; i++) {
            last.trade(trade("BTCUSDT", "an-id-as-long-as-those-of-the-venue-" + i, Events.AT));
            last.trade(trade(CALL, "an-id-as-long-as-those-of-the-venue-" + i, Events.AT + i * 1_000));
        }

        assertThat(last.fields(Ids.bare("BTCUSDT")))
                .containsEntry("since", Times.instant(Events.AT).toString());
        assertThat((List<?>) last.fields(Ids.bare("BTCUSDT")).get("known"))
                .hasSizeBetween(1_000, 1_300)
                .last()
                .isEqualTo("an-id-as-long-as-those-of-the-venue-4999");
        List<?> ofCoin = (List<?>) last.fields(Ids.bare("BTC")).get("known");
        assertThat(ofCoin).hasSizeBetween(1_000, 1_300);
        assertThat(last.fields(Ids.bare("BTC")))
                .as("from then on all are known")
                .containsEntry(
                        "since",
                        Times.instant(Events.AT + (5_000 - ofCoin.size()) * 1_000L)
                                .toString());
    }
}
