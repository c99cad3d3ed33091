package dev.livefeed.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Statuses;
import dev.livefeed.protocol.status.Subscribed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A request for a symbol that has ended is answered with the reason and since when. */
class EndedSymbolTest {

    private static final InstrumentId GONE = InstrumentId.of("bybit", "linear", "GONEUSDT");
    private static final InstrumentId COIN = InstrumentId.of("bybit", "option", "BTC");
    private static final String REASON = "the venue lists it as Closed; it was delivered at 2026-11-20T08:00:00Z";

    private final Instruments instruments = new Instruments("bybit", "linear", List.of(GONE, COIN));
    private final Market market = new Market(() -> 0, dev.livefeed.app.market.ContextRules.DEFAULT, instruments);
    private final InstrumentParameter parameter =
            new InstrumentParameter(instruments, market, of -> List.of("the feed is down"));
    private final MarketApi api = new MarketApi(market, parameter, null);
    private final ContextApi context = new ContextApi(market, parameter);
    private final StrategyApi strategies = new StrategyApi(null, parameter, () -> false);

    private void end(String symbol, String category, String delivery) {
        Map<String, Object> details = delivery == null
                ? Map.of("category", category)
                : Map.of("category", category, "delivery_time", delivery);
        market.status(Statuses.of(InstrumentEnded.STATUS, null, symbol, null, null, REASON, details));
    }

    private static void refuses(Callable<?> request, String text) {
        refuses(404, request, text);
    }

    private static void refuses(int status, Callable<?> request, String text) {
        assertThatThrownBy(request::call).asInstanceOf(type(ApiException.class)).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused).hasMessageMatching(text);
        });
    }

    @Test
    void everyRequestNamesTheReasonAndSinceWhen() {
        refuses(503, () -> api.price(null), "no data of linear:GONEUSDT has come yet: the feed is down");

        end("GONEUSDT", "linear", "2026-11-20T08:00:00Z");

        String text = "GONEUSDT has ended at 2026-11-20T08:00:00Z: " + REASON;
        refuses(() -> api.price(null), text);
        refuses(() -> api.price("GONEUSDT"), text);
        refuses(() -> api.ticker("linear:GONEUSDT"), text);
        refuses(() -> api.book("bybit:linear:GONEUSDT", 1, 1), text);
        refuses(() -> context.context("GONEUSDT", "exact"), text);
        refuses(() -> context.levels("GONEUSDT"), text);
        refuses(() -> context.profile("GONEUSDT", null, 1), text);
        refuses(() -> new BackfillApi(List.of(), market, parameter).exchangeInfo("GONEUSDT"), text);
    }

    @Test
    void withoutATimeOfTheExchangeItIsThatOfTheReport() {
        end("GONEUSDT", "linear", null);

        refuses(
                () -> api.price("GONEUSDT"),
                "GONEUSDT has ended \\(reported at \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\): " + REASON);
    }

    @Test
    void contractOfABaseCoinIsFoundByItsSymbol() {
        end("BTC-20NOV26-70000-C", "option", "2026-11-20T08:00:00Z");

        String text = "BTC-20NOV26-70000-C has ended at 2026-11-20T08:00:00Z: .*";
        refuses(() -> api.price("BTC-20NOV26-70000-C"), text);
        refuses(() -> api.price("option:BTC-20NOV26-70000-C"), text);
        refuses(() -> api.price("BTC-20NOV26-80000-C"), "no data was received for BTC-20NOV26-80000-C.*");
    }

    @Test
    void symbolThatIsListedOrSubscribedAgainHasNotEnded() {
        end("GONEUSDT", "linear", null);
        market.status(Statuses.of(
                InstrumentInfo.STATUS,
                null,
                "GONEUSDT",
                null,
                null,
                null,
                Map.of("category", "linear", "trading_status", "Closed", "phase", "closed")));
        refuses(() -> api.price("GONEUSDT"), "GONEUSDT has ended .*");

        market.status(Statuses.of(
                InstrumentInfo.STATUS,
                null,
                "GONEUSDT",
                null,
                null,
                null,
                Map.of("category", "linear", "trading_status", "Trading", "phase", "trading")));
        refuses(503, () -> api.price("GONEUSDT"), "no data of linear:GONEUSDT has come yet.*");

        end("GONEUSDT", "linear", null);
        market.status(Statuses.of(
                Subscribed.STATUS, null, "GONEUSDT", "trades", "sub-1", null, Map.of("category", "linear")));
        refuses(503, () -> api.price("GONEUSDT"), "no data of linear:GONEUSDT has come yet.*");
    }

    private static Trade trade(InstrumentId instrument) {
        return new Trade(
                instrument,
                "1",
                1_000,
                BigDecimal.TEN,
                BigDecimal.ONE,
                Side.BUY,
                -1,
                false,
                false,
                1_000,
                false,
                false,
                false);
    }

    @Test
    void lateDataDoesNotChangeTheAnswer() {
        end("GONEUSDT", "linear", null);
        for (int n = 0; n < 3; n++) {
            market.trade(trade(GONE));
            assertThat(market.context(GONE)).isNotNull();
            everyRequestSaysSo();
            market.release(GONE);
            everyRequestSaysSo();
        }
    }

    private void everyRequestSaysSo() {
        for (String symbol : new String[] {null, "GONEUSDT", "linear:GONEUSDT", "bybit:linear:GONEUSDT"}) {
            String text = "GONEUSDT has ended .*";
            refuses(() -> api.price(symbol), text);
            refuses(() -> api.ticker(symbol), text);
            refuses(() -> api.book(symbol, 1, 1), text);
            refuses(() -> context.context(symbol, "exact"), text);
            refuses(() -> context.levels(symbol), text);
            refuses(() -> context.profile(symbol, null, 1), text);
            refuses(() -> context.vwapSums(symbol), text);
            refuses(() -> context.pocBins(symbol), text);
            refuses(() -> strategies.candles(symbol, null, 1), text);
            refuses(() -> strategies.diagnostics(symbol), text);
            refuses(() -> new BackfillApi(List.of(), market, parameter).exchangeInfo(symbol), text);
        }
    }

    @Test
    void lateDataOfAContractDoesNotMakeItsBaseCoinAmbiguous() throws Exception {
        InstrumentId ended = InstrumentId.of("bybit", "option", "BTC-20NOV26-70000-C");
        InstrumentId other = InstrumentId.of("bybit", "option", "BTC-27NOV26-70000-C");
        market.trade(trade(other));
        end(ended.symbol(), "option", null);
        market.trade(trade(ended));

        assertThat(context.context("BTC", "exact").price().symbol()).isEqualTo(other.symbol());
    }

    @Test
    void orderOfAnEndedInstrumentIsFoundByItsSymbol() throws Exception {
        InstrumentId ended = InstrumentId.of("bybit", "option", "BTC-20NOV26-70000-C");
        market.trade(trade(ended));
        end(ended.symbol(), "option", null);

        assertThat(parameter.withEnded(ended.symbol())).isEqualTo(ended);
    }

    @Test
    void listingThatSaysNothingOfItsStateDoesNotReviveIt() {
        end("GONEUSDT", "linear", null);
        for (Map<String, Object> listing : List.<Map<String, Object>>of(
                Map.of("category", "linear", "tick_size", "0.1"),
                Map.of("category", "linear", "trading_status", "Closed"))) {
            market.status(Statuses.of(InstrumentInfo.STATUS, null, "GONEUSDT", null, null, null, listing));
            refuses(() -> api.price("GONEUSDT"), "GONEUSDT has ended .*");
        }
    }

    @Test
    void onlyTheLastThousandAreKept() {
        for (int n = 1; n <= 1_001; n++) {
            end("BTC-20NOV26-" + n + "-C", "option", null);
        }
        refuses(() -> api.price("BTC-20NOV26-1-C"), "no data was received for .*");
        refuses(() -> api.price("BTC-20NOV26-2-C"), ".* has ended .*");
        refuses(() -> api.price("BTC-20NOV26-1001-C"), ".* has ended .*");
    }
}
