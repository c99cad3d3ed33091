package dev.livefeed.connector.bybit.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.RiskEvent.AdlAlert;
import dev.livefeed.protocol.model.RiskEvent.InsurancePool;
import dev.livefeed.protocol.model.RiskEvent.PriceLimit;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Auto-deleveraging, insurance pools and price limits, from the frames of the venue's documentation. */
class RiskChannelsTest {

    private final FeedHarness feed = FeedHarness.open();

    private long millis() {
        return feed.time.micros() / 1_000;
    }

    private void subscribe(String channel, String symbol, String topic) {
        feed.command(Kind.SUBSCRIBE, channel, symbol, "c-" + symbol);
        assertThat(feed.accept()).singleElement().asString().contains("\"" + topic + "\"");
    }

    private String adl(String... rows) {
        return "{\"topic\":\"adlAlert.USDT\",\"type\":\"snapshot\",\"ts\":" + millis() + ",\"data\":["
                + String.join(",", rows) + "]}";
    }

    private static String adlRow(String symbol, String balance, String drawdown) {
        return "{\"c\":\"USDT\",\"s\":\"" + symbol + "\",\"b\":" + balance + ",\"mb\":\"\",\"i_pr\":-0.3,\"pr\":"
                + drawdown + ",\"adl_tt\":10000,\"adl_sr\":-0.25}";
    }

    @Test
    void adlOfTheWantedContractsOnly() {
        subscribe("adl", "FWOGUSDT", "adlAlert.USDT");
        feed.command(Kind.SUBSCRIBE, "adl", "BERAUSDT", "c-2");
        assertThat(feed.accept()).as("the topic is already subscribed").isEmpty();

        feed.receive(adl(
                adlRow("FWOGUSDT", "-5421.29889888", "0"),
                adlRow("ZORAUSDT", "19873.46255153", "0.000174"),
                adlRow("BERAUSDT", "453.36427074", "0.24576")));

        List<AdlAlert> alerts = feed.lines.of(AdlAlert.class);
        assertThat(alerts).extracting(AdlAlert::symbol).containsExactly("FWOGUSDT", "BERAUSDT");
        assertThat(alerts.get(0).category()).isEqualTo("linear");
        assertThat(alerts.get(0).triggered()).isTrue();
        assertThat(alerts.get(0).figures().balance()).isEqualByComparingTo("-5421.29889888");
        assertThat(alerts.get(1).triggered()).isFalse();
        assertThat(alerts.get(1).figures().stopDrawdown()).isEqualByComparingTo("-0.25");
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::symbol)
                .containsExactly("FWOGUSDT", "BERAUSDT");
    }

    @Test
    void theNameOfTheCoinSubscribesAllItsContracts() {
        subscribe("adl", "USDT", "adlAlert.USDT");

        feed.receive(adl(adlRow("FWOGUSDT", "\"1\"", "\"0\""), adlRow("ZORAUSDT", "\"2\"", "\"\"")));

        assertThat(feed.lines.of(AdlAlert.class)).extracting(AdlAlert::symbol).containsExactly("FWOGUSDT", "ZORAUSDT");
        assertThat(feed.lines.of(AdlAlert.class).get(1).figures().drawdown()).isNull();
    }

    @Test
    void onlyChangesAreEmitted() {
        subscribe("adl", "FWOGUSDT", "adlAlert.USDT");
        feed.receive(adl(adlRow("FWOGUSDT", "5", "0")));
        feed.receive(adl(adlRow("FWOGUSDT", "5", "0")));
        feed.receive(adl(adlRow("FWOGUSDT", "5", "-0.1")));

        assertThat(feed.lines.of(AdlAlert.class)).hasSize(2);
    }

    @Test
    void anUnusableRowCostsOnlyItself() {
        subscribe("adl", "USDT", "adlAlert.USDT");

        feed.receive(adl(
                adlRow("AUSDT", "\"x\"", "0"),
                "7",
                "{\"c\":\"USDT\"}",
                adlRow("BUSDT", "{}", "0"),
                adlRow("CUSDT", "1e999999999", "0"),
                adlRow("DUSDT", "12", "0")));

        assertThat(feed.lines.of(AdlAlert.class)).extracting(AdlAlert::symbol).containsExactly("DUSDT");
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows", 5L).containsEntry("unreadable_frames", 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pr", "i_pr", "adl_sr", "adl_tt"})
    void anUnusableOptionalFigureIsLeftOut(String name) {
        subscribe("adl", "USDT", "adlAlert.USDT");

        feed.receive(adl(
                adlRow("AUSDT", "5", "0.1").replaceAll("\"" + name + "\":[^,}]+", "\"" + name + "\":\"x\""),
                adlRow("BUSDT", "6", "0.1")));

        assertThat(feed.lines.of(AdlAlert.class)).extracting(AdlAlert::symbol).containsExactly("AUSDT", "BUSDT");
        AdlAlert.Figures figures = feed.lines.of(AdlAlert.class).get(0).figures();
        assertThat(Stream.of(
                                figures.drawdown(),
                                figures.triggerDrawdown(),
                                figures.stopDrawdown(),
                                figures.triggerBalance())
                        .filter(Objects::isNull))
                .hasSize(1);
        assertThat(feed.feed.figures())
                .containsEntry("unreadable_rows_form", 1L)
                .containsEntry("unreadable_rows", 1L);
    }

    @Test
    void anInvalidSymbolIsNoInstrument() {
        subscribe("adl", "USDT", "adlAlert.USDT");
        subscribe("insurance", "USDT", "insurance.USDT");
        subscribe("price-limit", "BTCUSDT", "priceLimit.BTCUSDT");

        feed.receive(adl(adlRow("A USDT", "5", "0"), adlRow("BUSDT", "6", "0")));
        feed.receive("{\"topic\":\"insurance.USDT\",\"type\":\"delta\",\"ts\":" + millis()
                + ",\"data\":[{\"coin\":\"USDT\",\"symbols\":\"AUSDT, B/USDT,CUSDT\",\"balance\":\"1\","
                + "\"updateTime\":\"soon\"}]}");
        feed.receive("{\"topic\":\"priceLimit.BTCUSDT\",\"data\":{\"symbol\":\"ETHUSDT\",\"buyLmt\":\"114450.00\","
                + "\"sellLmt\":\"103550.00\"},\"ts\":" + millis() + "}");

        assertThat(feed.lines.of(AdlAlert.class)).extracting(AdlAlert::symbol).containsExactly("BUSDT");
        assertThat(feed.lines.of(InsurancePool.class))
                .extracting(InsurancePool::symbol)
                .containsExactly("AUSDT", "CUSDT");
        assertThat(feed.lines.of(InsurancePool.class).get(0).timestampMicros()).isEqualTo(millis() * 1_000);
        assertThat(feed.lines.of(PriceLimit.class)).isEmpty();
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows", 4L);
    }

    @Test
    void insurancePools() {
        subscribe("insurance", "CGPTUSDT", "insurance.USDT");
        feed.command(Kind.SUBSCRIBE, "insurance", "BTCUSDT", "c-2");

        feed.receive("{\"topic\":\"insurance.USDT\",\"type\":\"delta\",\"ts\":" + millis()
                + ",\"data\":[{\"coin\":\"USDT\",\"symbols\":\"GRIFFAINUSDT\",\"balance\":\"25614.92972633\","
                + "\"updateTime\":\""
                + millis()
                + "\"},{\"coin\":\"USDT\",\"symbols\":\"CGPTUSDT\",\"balance\":\"100000.27064825\",\"updateTime\":\""
                + (millis() - 500)
                + "\"},{\"coin\":\"USDT\",\"symbols\":\"ETHUSDT,BTCUSDT\",\"balance\":\"-3\",\"updateTime\":\"\"}]}");

        List<InsurancePool> pools = feed.lines.of(InsurancePool.class);
        assertThat(pools).extracting(InsurancePool::symbol).containsExactly("CGPTUSDT", "BTCUSDT");
        assertThat(pools.get(0).balance()).isEqualByComparingTo("100000.27064825");
        assertThat(pools.get(0).timestampMicros()).isEqualTo((millis() - 500) * 1_000);
        assertThat(pools.get(1).sharedBy()).isEqualTo(2);
        assertThat(pools.get(1).balance()).isEqualByComparingTo("-3");
    }

    @Test
    void priceLimitsHaveNoType() {
        subscribe("price-limit", "BTCUSDT", "priceLimit.BTCUSDT");

        feed.receive("{\"topic\":\"priceLimit.BTCUSDT\",\"data\":{\"symbol\":\"BTCUSDT\",\"buyLmt\":\"114450.00\","
                + "\"sellLmt\":\"103550.00\"},\"ts\":" + millis() + "}");
        feed.receive("{\"topic\":\"priceLimit.BTCUSDT\",\"data\":{\"symbol\":\"BTCUSDT\",\"buyLmt\":\"0\","
                + "\"sellLmt\":\"\"},\"ts\":" + millis() + "}");

        assertThat(feed.lines.of(PriceLimit.class)).singleElement().satisfies(limit -> {
            assertThat(limit.highestBid()).isEqualTo("114450.00");
            assertThat(limit.lowestAsk()).isEqualTo("103550.00");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "linear, BTCUSDT, adlAlert.USDT",
        "linear, BTCUSDT-27NOV26, adlAlert.USDT",
        "linear, BTCPERP, adlAlert.USDC",
        "linear, BTC-27NOV26, adlAlert.USDC",
        "linear, USDC, adlAlert.USDC",
        "inverse, BTCUSD, adlAlert.inverse",
        "inverse, INVERSE, adlAlert.inverse"
    })
    void theTopicOfTheSettlementCoin(String category, String symbol, String topic) {
        FeedHarness other = FeedHarness.open("BYBIT_CATEGORY", category);
        other.command(Kind.SUBSCRIBE, "adl", symbol, "c-1");

        assertThat(other.accept()).singleElement().asString().contains("\"" + topic + "\"");
    }

    @ParameterizedTest
    @CsvSource({"spot, adl", "spot, insurance", "option, adl", "option, price-limit", "option, depth.rpi"})
    void categoriesWithoutTheChannelRefuseIt(String category, String channel) {
        FeedHarness other = FeedHarness.open("BYBIT_CATEGORY", category);
        other.command(Kind.SUBSCRIBE, channel, "BTC", "c-1");

        assertThat(other.accept()).isEmpty();
        assertThat(other.lines.of(Failure.class)).singleElement().satisfies(failure -> assertThat(failure.error())
                .contains("category " + category, channel));
    }

    @Test
    void theTopicEndsWithItsLastSymbol() {
        subscribe("adl", "AUSDT", "adlAlert.USDT");
        feed.command(Kind.SUBSCRIBE, "adl", "BUSDT", "c-2");
        feed.command(Kind.UNSUBSCRIBE, "adl", "AUSDT", "c-3");
        assertThat(feed.accept()).isEmpty();

        feed.receive(adl(adlRow("AUSDT", "1", "0"), adlRow("BUSDT", "1", "0")));
        feed.command(Kind.UNSUBSCRIBE, "adl", "BUSDT", "c-4");

        assertThat(feed.lines.of(AdlAlert.class)).extracting(AdlAlert::symbol).containsExactly("BUSDT");
        assertThat(feed.accept()).singleElement().asString().contains("unsubscribe", "adlAlert.USDT");
    }
}
