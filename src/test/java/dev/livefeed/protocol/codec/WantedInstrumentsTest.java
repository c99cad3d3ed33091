package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of instruments that nobody asked for are invalid, in each form of a line. */
class WantedInstrumentsTest {

    private static final long AT = 1_780_488_000_000L;

    private static final Instruments WANTED = new Instruments(
                    "bybit",
                    "linear",
                    List.of(
                            InstrumentId.of("bybit", "linear", "BTCUSDT"),
                            InstrumentId.of("bybit", "spot", "ETHUSDT"),
                            InstrumentId.of("bybit", "option", "BTC")))
            .closed();

    private static String trade(String symbol, String category) {
        return "{\"type\":\"trade\",\"timestamp\":" + AT + ",\"symbol\":\"" + symbol + '"'
                + (category == null ? "" : ",\"category\":\"" + category + '"')
                + ",\"price\":100,\"qty\":1,\"side\":\"buy\",\"is_buyer_maker\":false,\"id\":\"1\",\"received_at\":"
                + AT * 1_000 + "}";
    }

    private static EventReader reader(Instruments instruments) {
        return new EventReader(instruments, () -> false, () -> AT * 1_000);
    }

    private static Event read(Instruments instruments, String line) throws InvalidEventException {
        return reader(instruments).read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static InvalidEventException refused(String line) {
        return catchThrowableOfType(InvalidEventException.class, () -> read(WANTED, line));
    }

    @Test
    void configuredInstrumentsAndContractsOfABaseCoinAreWanted() throws Exception {
        assertThat(read(WANTED, trade("BTCUSDT", null)).category()).isEqualTo("linear");
        assertThat(read(WANTED, trade("BTCUSDT", "linear")).symbol()).isEqualTo("BTCUSDT");
        assertThat(read(WANTED, trade("ETHUSDT", null)).category()).isEqualTo("spot");
        assertThat(read(WANTED, trade("BTC-27NOV26-70000-C", "option")).symbol())
                .isEqualTo("BTC-27NOV26-70000-C");
    }

    @Test
    void othersAreUnknownSymbols() {
        for (String line : List.of(
                trade("EVILUSDT", null),
                trade("BTCUSDT", "spot"),
                trade("ETHUSDT", "linear"),
                trade("ETH-27NOV26-70000-C", "option"),
                trade("EVILUSDT", null).replace("\"type\"", " \"type\""),
                "{\"type\":\"depth\",\"timestamp\":" + AT + ",\"symbol\":\"EVILUSDT\",\"snapshot\":true,"
                        + "\"last_update_id\":1,\"bids\":[[1,1]],\"asks\":[[2,1]],\"received_at\":" + AT * 1_000 + "}",
                "{\"type\":\"ticker\",\"timestamp\":" + AT + ",\"symbol\":\"EVILUSDT\",\"last_price\":1}",
                "{\"type\":\"kline\",\"timestamp\":" + AT + ",\"symbol\":\"EVILUSDT\",\"interval\":\"1m\",\"start\":"
                        + (AT - 60_000) + ",\"end\":" + (AT - 1) + ",\"open\":1,\"high\":1,\"low\":1,\"close\":1,"
                        + "\"volume\":1,\"closed\":true,\"history\":true}")) {
            assertThat(refused(line)).as(line).satisfies(e -> {
                assertThat(e.reason()).hasToString("unknown-symbol");
                assertThat(e.getMessage()).contains("must be one of SYMBOL").contains("CONNECTOR_INSTRUMENTS=any");
            });
        }
    }

    @Test
    void anInvalidLineKeepsItsOwnReason() {
        assertThat(refused(trade("EVILUSDT", null).replace("\"price\":100", "\"price\":-1"))
                        .reason())
                .hasToString("bad-price");
    }

    @Test
    void rowsOfTheAccountMayHoldAnyInstrument() throws Exception {
        Event row =
                read(WANTED, "{\"type\":\"position\",\"timestamp\":" + AT + ",\"symbol\":\"DOGEUSDT\",\"size\":\"0\"}");

        assertThat(row.symbol()).isEqualTo("DOGEUSDT");
    }

    @Test
    void openInstrumentsWantAll() throws Exception {
        Instruments open = new Instruments("custom", "linear", WANTED.configured());

        assertThat(read(open, trade("EVILUSDT", null)).symbol()).isEqualTo("EVILUSDT");
    }

    @Test
    void eachVenueHasItsOwn() {
        Instruments other =
                new Instruments("binance", "linear", List.of(InstrumentId.of("binance", "linear", "SOLUSDT"))).closed();
        Instruments both = Instruments.together(List.of(WANTED, other));

        assertThat(both.wants(InstrumentId.of("binance", "linear", "SOLUSDT"))).isTrue();
        assertThat(both.wants(InstrumentId.of("bybit", "linear", "SOLUSDT"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "a/b", "", ".", "a b", "\u202Espot", "li\\u0000near"})
    void aCategoryIsAWord(String category) {
        assertThat(refused(trade("BTCUSDT", category)).getMessage()).startsWith("category is ");
        assertThat(refused("{\"type\":\"status\",\"status\":\"gap\",\"symbol\":\"BTCUSDT\",\"category\":\"" + category
                                + "\"}")
                        .reason())
                .hasToString("bad-field");
    }

    @Test
    void textsOfAStatusAreBounded() throws Exception {
        assertThat(refused("{\"type\":\"status\",\"status\":\"" + "x".repeat(65) + "\"}")
                        .getMessage())
                .isEqualTo("status has 65 characters, must have at most 64");

        Status read = (Status) read(
                WANTED,
                "{\"type\":\"status\",\"status\":\"disconnected\",\"connection\":\"" + "c".repeat(100_000)
                        + "\",\"reason\":\"" + "r".repeat(100_000) + "\"}");
        assertThat(read.reason()).hasSize(4_001).endsWith("…");
        assertThat(((ConnectionDown) read).connection().connection()).hasSize(4_001);
    }
}
