package dev.livefeed.connector.bybit.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symbols that the venue does not list are not subscribed, and the wait for the list is bounded. */
class InstrumentDirectoryTest {

    private static final String LISTED = row("BTCUSDT", "Trading", 0) + "," + row("ETHUSDT", "Trading", 0);

    private FeedHarness feed = open();

    private static FeedHarness open(String... environment) {
        FeedHarness harness = FeedHarness.open(environment);
        harness.answersInstrumentLists = true;
        return harness;
    }

    @Test
    void anUnknownSymbolIsRefusedWithAHintAndTheOthersAreAskedForInTheirOrder() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSD", "c-2");
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "u-1");
        feed.command(Kind.SUBSCRIBE, "depth", "ETHUSDT", "c-3");
        assertThat(feed.network.sent()).noneMatch(text -> text.contains("subscribe"));

        answer("&status=Trading", LISTED, "");
        answer("&status=PreLaunch", "", "");
        assertThat(feed.network.sent())
                .as("the instrument list is not complete")
                .noneMatch(text -> text.contains("subscribe"));
        answer("&status=Delivering", "", "");
        assertThat(feed.network.sent()).noneMatch(text -> text.contains("subscribe"));
        notFoundAlone();

        assertThat(feed.lines.failures())
                .contains(new Failure(
                        "linear has no instrument BTCUSD; did you mean BTCUSDT?",
                        "refused",
                        "BTCUSD",
                        "depth",
                        "c-2",
                        false));
        assertThat(feed.accept()).singleElement().asString().contains("[\"orderbook.50.ETHUSDT\"]");
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-3");
        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("u-1");
    }

    @Test
    void nobodyWaitsLongerThanASecond() {
        feed.command(Kind.SUBSCRIBE, "trades", "NOSUCH", "c-1");
        feed.pass(Duration.ofMillis(950));
        assertThat(feed.network.sent()).noneMatch(text -> text.contains("subscribe"));
        feed.pass(Duration.ofMillis(100));
        assertThat(feed.network.sent()).anyMatch(text -> text.contains("publicTrade.NOSUCH"));

        feed.command(Kind.SUBSCRIBE, "trades", "XYZUSDT", "c-2");
        assertThat(feed.network.sent()).as("the wait has ended for all").anyMatch(text -> text.contains("XYZUSDT"));
    }

    @Test
    void whereTheInstrumentListFailsTheVenueIsAskedAtOnceAndTheInstrumentListAgainLater() {
        feed.command(Kind.SUBSCRIBE, "trades", "NOSUCH", "c-1");
        List<Integer> requests = feed.network.instrumentLists();
        assertThat(requests).hasSize(3);
        requests.forEach(requestId -> feed.feed.unanswered(requestId, "no route"));
        assertThat(feed.network.sent()).anyMatch(text -> text.contains("publicTrade.NOSUCH"));

        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-2");
        assertThat(feed.network.sent()).anyMatch(text -> text.contains("publicTrade.BTCUSDT"));
        feed.pass(Duration.ofSeconds(59));
        assertThat(feed.network.instrumentLists()).isEmpty();
        feed.pass(Duration.ofSeconds(2));
        assertThat(feed.network.instrumentLists()).hasSize(3);
    }

    @Test
    void whereRestIsNotSetNothingIsAskedAndNothingWaits() {
        feed = open("BYBIT_WS_BASE_URL", "ws://somewhere");
        feed.command(Kind.SUBSCRIBE, "trades", "NOSUCH", "c-1");

        assertThat(feed.network.sent()).anyMatch(text -> text.contains("publicTrade.NOSUCH"));
        assertThat(feed.network.instrumentLists()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7", "null", "[1,{}]", "{\"status\":\"Trading\"}", "{\"symbol\":\"\"}"})
    void aRowThatIsNoInstrumentCostsOnlyItself(String row) {
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "XRPUSDT", "c-2");
        list(row + ',' + LISTED);

        assertThat(feed.lines.statuses("instrument")).singleElement().satisfies(told -> assertThat(told.symbol())
                .isEqualTo("BTCUSDT"));
        assertThat(feed.lines.failures())
                .as("it may be the row that could not be read")
                .isEmpty();
        assertThat(feed.network.sent()).anyMatch(text -> text.contains("publicTrade.XRPUSDT"));
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows_form", 1L);
    }

    @Test
    void allPagesAreRead() {
        feed.command(Kind.SUBSCRIBE, "trades", "ETHUSDT", "c-1");
        answer("&status=PreLaunch", "", "");
        answer("&status=Delivering", "", "");
        answer("&status=Trading", row("BTCUSDT", "Trading", 0), "first%3D1%26last%3D2");
        assertThat(feed.lines.failures()).isEmpty();
        answer("&status=Trading", row("ETHUSDT", "Trading", 0), "", "&limit=1000&cursor=first%3D1%26last%3D2");

        assertThat(feed.network.sent()).anyMatch(text -> text.contains("publicTrade.ETHUSDT"));
    }

    @Test
    void tickAndLotAreTold() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-2");
        list(LISTED);

        assertThat(feed.lines.statuses("instrument")).singleElement().satisfies(told -> {
            assertThat(told.symbol()).isEqualTo("BTCUSDT");
            assertThat(told.reason()).isNull();
            assertThat(told.details())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "category",
                            "linear",
                            "trading_status",
                            "Trading",
                            "phase",
                            "trading",
                            "tick_size",
                            "0.10",
                            "qty_step",
                            "0.001",
                            "max_qty",
                            "1190"));
        });
    }

    @Test
    void whatIsListedAndNotTradingIsSaidAndAskedForAllTheSame() {
        feed.command(Kind.SUBSCRIBE, "trades", "NEWUSDT", "c-1");
        answer("&status=Trading", LISTED, "");
        answer("&status=PreLaunch", row("NEWUSDT", "PreLaunch", 0), "");
        answer("&status=Delivering", "", "");

        assertThat(feed.lines.statuses("instrument").get(0).reason())
                .isEqualTo("it is listed, but not trading: PreLaunch");
        assertThat(feed.network.sent()).anyMatch(text -> text.contains("publicTrade.NEWUSDT"));
    }

    @Test
    void theInstrumentListIsRenewedEachHourAndADelistingIsSaidOnce() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        list(LISTED);
        feed.accept();
        feed.lines.next();
        hour();
        list(row("BTCUSDT", "Trading", 1_790_100_000_000L) + "," + row("ETHUSDT", "Trading", 0));

        assertThat(feed.lines.statuses("delisting")).singleElement().satisfies(said -> {
            assertThat(said.symbol()).isEqualTo("BTCUSDT");
            assertThat(said.details()).containsEntry("delivery_time", "2026-09-22T18:00:00Z");
        });
        feed.lines.next();
        hour();
        list(row("BTCUSDT", "Trading", 1_790_100_000_000L));
        assertThat(feed.lines.statuses("delisting")).isEmpty();
        assertThat(feed.lines.statuses("instrument")).isEmpty();
        hour();
        list(row("ETHUSDT", "Trading", 0));
        assertThat(feed.lines.statuses("delisting"))
                .extracting(Status::reason)
                .containsExactly("the venue does not list it any more");
    }

    @Test
    void anOldInstrumentListIsRenewedBeforeItRefuses() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        list(LISTED);
        feed.command(Kind.SUBSCRIBE, "trades", "NEWUSDT", "c-2");
        notFoundAlone();
        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("c-2");
        feed.accept();
        feed.answerPings(Duration.ofSeconds(61));

        feed.command(Kind.SUBSCRIBE, "trades", "NEWUSDT", "c-3");
        list(LISTED + "," + row("NEWUSDT", "Trading", 0));

        assertThat(feed.lines.failures()).hasSize(1);
        assertThat(feed.network.sent()).anyMatch(text -> text.contains("publicTrade.NEWUSDT"));
    }

    @Test
    void whereTheRenewalFailsNobodyWaitsAndItIsNotAskedForWithoutEnd() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        list(LISTED);
        feed.accept();
        feed.answerPings(Duration.ofSeconds(61));

        feed.command(Kind.SUBSCRIBE, "trades", "NEWUSDT", "c-2");
        feed.command(Kind.SUBSCRIBE, "trades", "ETHUSDT", "c-3");
        feed.network.instrumentLists().forEach(requestId -> feed.feed.unanswered(requestId, "no route"));

        assertThat(feed.network.instrumentLists()).isEmpty();
        assertThat(feed.network.sent())
                .anyMatch(text -> text.contains("publicTrade.NEWUSDT"))
                .anyMatch(text -> text.contains("publicTrade.ETHUSDT"));
    }

    @ParameterizedTest
    @CsvSource({"100%,100%25", "a%zz,a%25zz", "a b,a+b", "first%3D1,first%3D1"})
    void aCursorGoesBackWhateverItIs(String cursor, String asked) {
        feed.command(Kind.SUBSCRIBE, "trades", "ETHUSDT", "c-1");
        answer("&status=Trading", row("BTCUSDT", "Trading", 0), cursor);

        assertThat(feed.network.otherRequests.values())
                .anyMatch(uri -> uri.toString().endsWith("&cursor=" + asked));
    }

    @Test
    void spotComesWholeWithoutStatusOrLimit() {
        feed = open("BYBIT_CATEGORY", "spot");
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSD", "c-1");
        assertThat(feed.network.otherRequests.values()).anyMatch(uri -> "category=spot".equals(uri.getQuery()));
        answer("category=spot", row("BTCUSDT", "Trading", 0), "", "");
        notFoundAlone();

        assertThat(feed.lines.failures())
                .extracting(Failure::error)
                .containsExactly("spot has no instrument BTCUSD; did you mean BTCUSDT?");
    }

    @Test
    void optionsAreListedByBaseCoin() {
        feed = open("BYBIT_CATEGORY", "option");
        feed.command(Kind.SUBSCRIBE, "trades", "BTC-27NOV26-70000-C", "c-1");
        feed.command(Kind.SUBSCRIBE, "depth", "BTC-27NOV26-71000-C", "c-2");
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-3");
        feed.command(Kind.SUBSCRIBE, "trades", "XYZ", "c-4");
        answer("baseCoin=BTC", row("BTC-27NOV26-70000-C", "Trading", 1_795_766_400_000L), "", "&limit=1000");
        answer("baseCoin=XYZ", "", "", "&limit=1000");
        notFoundAlone();

        assertThat(feed.lines.failures())
                .extracting(Failure::id, Failure::error)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "c-2",
                                "option has no instrument BTC-27NOV26-71000-C; did you mean BTC-27NOV26-70000-C?"),
                        org.assertj.core.groups.Tuple.tuple("c-4", "option has no contract of the base coin XYZ"));
        assertThat(feed.accept()).anyMatch(text -> text.contains("[\"publicTrade.BTC\"]"));
        assertThat(feed.lines.statuses("delisting"))
                .as("the expiry of an option is not a delisting")
                .isEmpty();
    }

    @Test
    void anAnswerThatCannotBeReadRefusesNothing() {
        feed.command(Kind.SUBSCRIBE, "trades", "NOSUCH", "c-1");
        for (int requestId : feed.network.instrumentLists()) {
            feed.feed.answered(requestId, body("{\"retCode\":0,\"result\":{\"list\":[{\"status\":\"Trading\"}]}}"));
        }

        assertThat(feed.lines.failures()).isEmpty();
        assertThat(feed.network.sent()).anyMatch(text -> text.contains("publicTrade.NOSUCH"));
    }

    /** Advances the clock until the instrument list is requested again. */
    private void hour() {
        long began = feed.time.nanos();
        while (feed.network.otherRequests.values().stream()
                .noneMatch(uri -> uri.getPath().endsWith("/instruments-info"))) {
            feed.answerPings(Duration.ofSeconds(1));
            feed.receive(feed.trade("BTCUSDT", "t-" + feed.time.micros()));
            for (int requestId : List.copyOf(feed.network.tradeRequests.keySet())) {
                feed.network.tradeRequests.remove(requestId);
                feed.feed.unanswered(requestId, "not of interest");
            }
            feed.accept();
        }
        assertThat(Duration.ofNanos(feed.time.nanos() - began))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(67));
    }

    private void list(String trading) {
        answer("&status=Trading", trading, "");
        answer("&status=PreLaunch", "", "");
        answer("&status=Delivering", "", "");
    }

    /** The venue does not find the symbols that are asked for by themselves. */
    private void notFoundAlone() {
        while (feed.network.otherRequests.values().stream()
                .anyMatch(uri -> uri.toString().contains("&symbol="))) {
            answer("&symbol=", "", "", "");
        }
    }

    private void answer(String query, String rows, String cursor) {
        answer(query, rows, cursor, "&limit=1000");
    }

    /** Answers the request that contains one text and ends with the other. */
    private void answer(String holds, String rows, String cursor, String end) {
        for (Map.Entry<Integer, URI> requestId : List.copyOf(feed.network.otherRequests.entrySet())) {
            String query = requestId.getValue().getRawQuery();
            if (requestId.getValue().getPath().endsWith("/instruments-info")
                    && query.contains(holds)
                    && query.endsWith(end)) {
                feed.network.otherRequests.remove(requestId.getKey());
                feed.feed.answered(
                        requestId.getKey(),
                        body("{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"category\":\"x\",\"list\":[" + rows
                                + "],\"nextPageCursor\":\"" + cursor + "\"},\"time\":1}"));
                feed.outbox.flush();
                return;
            }
        }
        throw new IllegalStateException("nobody asked for " + holds + " in " + feed.network.otherRequests);
    }

    private static HttpAnswer body(String text) {
        return new HttpAnswer(200, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String row(String symbol, String status, long deliveryTime) {
        return "{\"symbol\":\"" + symbol + "\",\"contractType\":\"" + (symbol.contains("-") ? "" : "LinearPerpetual")
                + "\",\"status\":\"" + status + "\",\"deliveryTime\":\"" + deliveryTime
                + "\",\"leverageFilter\":{\"minLeverage\":\"1\"},\"priceFilter\":{\"minPrice\":\"0.10\","
                + "\"tickSize\":\"0.10\"},"
                + "\"lotSizeFilter\":{\"maxOrderQty\":\"1190\",\"qtyStep\":\"0.001\"},\"preListingInfo\":null}";
    }
}
