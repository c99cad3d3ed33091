package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Position;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Account lines as any connector may write them. */
class AccountEventReaderTest {

    private static final long NOW = 1_780_488_000_000_000L;

    private final EventReader reader = new EventReader(List.of("BTCUSDT", "ETHUSDT"), false, () -> NOW);

    private Event read(String line) throws InvalidEventException {
        return reader.read(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void executionThatIsNoTradeIsABooking() throws Exception {
        Execution funding = (Execution)
                read(
                        """
                {"timestamp":"2026-06-03T12:00:00Z","type":"execution","symbol":"BTCUSDT","id":"e","kind":"funding",\
                "fee":1}""");
        Execution other = (Execution)
                read(
                        """
                {"timestamp":"2026-06-03T12:00:00Z","type":"execution","symbol":"BTCUSDT","id":"e","trade":false}""");

        assertThat(funding.type()).isEqualTo("booking");
        assertThat(funding.trade()).isFalse();
        assertThat(funding.fee()).isEqualByComparingTo("1");
        assertThat(funding.side()).isNull();
        assertThat(other.kind()).isEqualTo("other");
    }

    @Test
    void executionWithTheRequiredFields() throws Exception {
        Execution execution = (Execution)
                read(
                        """
                {"timestamp":"2026-06-03T12:00:00Z","type":"execution","symbol":"BTCUSDT","id":"e","order_id":"o",
                 "side":"sell","price":"50000.10","qty":1e-3,"unknown":{"a":[1]},"fee":null}""");

        assertThat(execution)
                .isEqualTo(new Execution(
                        "BTCUSDT",
                        null,
                        1_780_488_000_000_000L,
                        "e",
                        null,
                        "o",
                        null,
                        Side.SELL,
                        new BigDecimal("50000.10"),
                        new BigDecimal("0.001"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        Map.of(),
                        NOW,
                        false));
    }

    @Test
    void walletHasNoSymbolAndAnOrderHasOne() throws Exception {
        assertThat(
                        read("""
                                {"type":"wallet","timestamp":1780000000000,"account_type":"unified",
                                 "coins":[{"coin":"SHIB","wallet_balance":"1234567890123.123456789012345678",\
                                "raw":{"bonus":"0"}}]}""")
                                .symbol())
                .isNull();
        assertThatThrownBy(
                        () -> read(
                                """
                        {"type":"order","timestamp":1780000000000,"order_id":"o","side":"buy","status":"new",\
                        "qty":1}"""))
                .hasMessageContaining("symbol is missing");
    }

    @Test
    void unknownWordsAreKept() throws Exception {
        Position flat = (Position)
                read(
                        """
                {"type":"position","timestamp":1780000000000,"symbol":"BTCUSDT","size":0,"unrealised_pnl":-0.5,
                 "raw":{"tradeMode":0,"nested":{"a":[1,2.50]}}}""");

        assertThat(flat.side()).isNull();
        assertThat(flat.unrealisedPnl()).isEqualByComparingTo("-0.5");
        assertThat(flat.raw()).containsEntry("tradeMode", 0);
        assertThat(flat.raw().get("nested")).hasToString("{a=[1, 2.50]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"order\",\"timestamp\":1780000000000,\"symbol\":\"BTCUSDT\",\"order_id\":\"o\","
                        + "\"side\":\"buy\",\"status\":\"new\",\"qty\":1,\"raw\":{\"a\":1e90000000000}}",
                "{\"type\":\"status\",\"status\":\"x\",\"a\":1e90000000000}",
                "{\"a\":1e90000000000,\"type\":\"order\"}"
            })
    void hugeExponentIsRejected(String line) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("the line is not JSON")
                .hasMessageContaining("Too many nonzero exponent digits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order|\"order_id\":\"o\",\"side\":\"buy\",\"status\":\"new\"|qty is missing",
                "order|\"order_id\":\"o\",\"side\":\"hold\",\"status\":\"new\",\"qty\":1|side is \"hold\", "
                        + "must be buy or sell",
                "order|\"order_id\":\"o\",\"side\":\"buy\",\"status\":\"PartiallyFilled\",\"qty\":1|status "
                        + "is \"PartiallyFilled\", must be a word of 1 to 64 of a-z, 0-9 and _",
                "order|\"order_id\":\"\",\"side\":\"buy\",\"status\":\"new\",\"qty\":1|order_id is \"\", "
                        + "must be a text of 1 to 128 characters",
                "order|\"order_id\":\"o\",\"side\":\"buy\",\"status\":\"new\",\"qty\":-1|qty is -1, must be "
                        + "a decimal >= 0 of at most 40 characters",
                "order|\"order_id\":\"o\",\"side\":\"buy\",\"status\":\"new\",\"qty\":1,\"raw\":7|raw is 7, "
                        + "must be a JSON object",
                "order|\"order_id\":\"o\",\"side\":\"buy\",\"status\":\"new\",\"qty\":1,"
                        + "\"created\":5|created is 1970-01-01T00:00:00.005Z, must lie between 2009 and one "
                        + "day from now",
                "execution|\"id\":\"e\",\"order_id\":\"o\",\"side\":\"buy\",\"price\":\"x\",\"qty\":1|price "
                        + "is \"x\", must be a decimal >= 0 of at most 40 characters",
                "execution|\"id\":\"e\",\"side\":\"buy\",\"price\":1,\"qty\":1|order_id is missing",
                "execution|\"id\":\"e\",\"trade\":true,\"order_id\":\"o\",\"side\":\"buy\",\"qty\":1|price is missing",
                "execution|\"id\":\"e\",\"trade\":true,\"kind\":\"funding\"|kind is \"funding\", but trade is true; "
                        + "a trade has no kind",
                "execution|\"trade\":false,\"kind\":\"funding\"|id is missing",
                "execution|\"id\":\"e\",\"order_id\":\"o\",\"side\":\"buy\",\"price\":1,\"qty\":1,"
                        + "\"is_maker\":\"no\"|is_maker is \"no\", must be true or false",
                "position|\"size\":1|side is missing and size is 1, but only a position of size 0 has no side",
                "position|\"side\":\"buy\"|size is missing",
                "wallet|\"account_type\":\"unified\"|coins is missing",
                "wallet|\"account_type\":\"unified\",\"coins\":{}|coins is a JSON object, must be a list of "
                        + "objects with coin and wallet_balance",
                "wallet|\"account_type\":\"unified\",\"coins\":[7]|a coin in coins is 7, must be a list of "
                        + "objects with coin and wallet_balance",
                "wallet|\"account_type\":\"unified\",\"coins\":[{\"coin\":\"BTC\"}]|wallet_balance is missing in coins",
                "wallet|\"account_type\":\"unified\",\"coins\":[{\"coin\":\"BTC\","
                        + "\"wallet_balance\":\"x\"}]|wallet_balance in coins is \"x\", must be a decimal "
                        + "of at most 40 characters"
            })
    void brokenRuleIsRejectedWithAReason(String type, String fields, String reason) {
        String line = "{\"type\":\"" + type + "\",\"symbol\":\"BTCUSDT\",\"timestamp\":1780000000000," + fields + "}";

        assertThatThrownBy(() -> read(line))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage(reason);
    }
}
