package dev.livefeed.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field rules of the further types, each with the reason it is broken with. */
class TypedEventReaderTest {

    private static final Instant NOW = Instant.parse("2026-06-03T12:00:00Z");
    private static final long AT = NOW.toEpochMilli();
    private static final String LIQUIDATION =
            "{'type':'liquidation','timestamp':" + AT + ",'price':'71423.80','qty':0.001,'side':'sell'}";

    private static Event read(String line, String... symbols) throws InvalidEventException {
        return new EventReader(symbols.length == 0 ? List.of("BTCUSDT") : List.of(symbols), false, () -> AT * 1_000)
                .read(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static InvalidEventException refused(String line, String... symbols) {
        return catchThrowableOfType(InvalidEventException.class, () -> read(line, symbols));
    }

    @Test
    void aLiquidationWithTheRequiredFields() throws Exception {
        Liquidation read = (Liquidation) read(LIQUIDATION);

        assertThat(read)
                .isEqualTo(new Liquidation(
                        "BTCUSDT",
                        null,
                        AT * 1_000,
                        new BigDecimal("71423.80"),
                        new BigDecimal("0.001"),
                        Side.SELL,
                        AT * 1_000,
                        false));
        assertThat(read.position()).isEqualTo(Liquidation.Position.LONG).hasToString("long");
        assertThat(read.channel()).isEqualTo("liquidations");
        assertThat(read.timestamp()).isEqualTo(NOW);
    }

    @Test
    void aLiquidationWithAllFieldsInAnotherOrder() throws Exception {
        Liquidation read = (Liquidation) read("{'synthetic':true,'position':'short','received_at':" + AT * 1_000
                + ",'side':'buy','unknown':[{'a':1}],'category':'inverse','qty':5,'symbol':'ETHUSD','price':1e2,'timestamp':'"
                + NOW + "','type':'liquidation'}");

        assertThat(read)
                .isEqualTo(new Liquidation(
                        "ETHUSD",
                        "inverse",
                        AT * 1_000,
                        new BigDecimal("100"),
                        new BigDecimal("5"),
                        Side.BUY,
                        AT * 1_000,
                        true));
        assertThat(read)
                .hasToString("{\"type\":\"liquidation\",\"timestamp\":" + AT
                        + ",\"symbol\":\"ETHUSD\",\"category\":\"inverse\",\"price\":100,\"qty\":5,\"side\":\"buy\","
                        + "\"position\":\"short\",\"received_at\":" + AT * 1_000 + ",\"synthetic\":true}");
    }

    /** What replaces a field of a good line, the reason, and a part of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            'side':'sell'    | 'side':'hold'                     | bad-side        | must be buy or sell
            'side':'sell'    | 'side':'sell','position':'short'  | bad-side        | a long position is closed by selling
            'side':'sell'    | 'side':'sell','position':'flat'   | bad-field       | position is "flat", must be one of long, short
            'side':'sell'    | 'side':null                       | missing-field   | side is missing
            'side':'sell'    | 'side':'sell','side':'sell'       | duplicate-field | side stands in the line twice
            'side':'sell'    | 'side':'sell','type':'trade'      | duplicate-field | type stands in the line twice
            'side':'sell'    | 'side':'sell','symbol':'?'        | bad-symbol      | symbol is "?"
            'side':'sell'    | 'side':'sell','category':7        | bad-field       | category is 7
            'side':'sell'    | 'side':'sell','synthetic':'yes'   | bad-field       | must be true or false
            'side':'sell'    | 'side':'sell','received_at':12    | bad-timestamp   | received_at is 1970
            'qty':0.001      | 'qty':0                           | bad-qty         | qty is 0, must be a decimal > 0
            'price':'71423.80' | 'price':'-1'                    | bad-price       | price is "-1", must be a decimal > 0
            'price':'71423.80' | 'price':[1]                     | bad-price       | price is a JSON array
            'timestamp'      | 'time'                            | missing-field   | timestamp is missing
            'timestamp':     | 'timestamp':1,'x':                | bad-timestamp   | timestamp is 1970
            """)
    void aBrokenRuleIsNamed(String good, String bad, String reason, String message) {
        assertThat(LIQUIDATION).contains(good);

        InvalidEventException e = refused(LIQUIDATION.replace(good, bad));

        assertThat(e.reason()).hasToString(reason);
        assertThat(e).hasMessageContaining(message);
    }

    @Test
    void aSymbolMayBeMissingOnlyWhereThereIsOne() {
        assertThat(refused(LIQUIDATION, "BTCUSDT", "ETHUSDT").reason()).isEqualTo(InvalidReason.MISSING_FIELD);
    }

    @Test
    void textBehindTheObjectIsRefused() {
        assertThat(refused(LIQUIDATION + "{}").reason()).isEqualTo(InvalidReason.NOT_JSON);
    }

    @Test
    void aSyntheticSourceLabelsEachEvent() throws Exception {
        EventReader reader = new EventReader(List.of("BTCUSDT"), true, () -> AT * 1_000);

        Liquidation read =
                (Liquidation) reader.read(LIQUIDATION.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

        assertThat(read.synthetic()).isTrue();
    }
}
