package dev.livefeed.protocol.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstrumentIdTest {

    private static final InstrumentId LINEAR = InstrumentId.of("bybit", "linear", "BTCUSDT");
    private static final InstrumentId SPOT = InstrumentId.of("bybit", "spot", "BTCUSDT");

    private final Instruments instruments = new Instruments("bybit", "linear", List.of(LINEAR, SPOT));

    @Test
    void spotAndLinearAreTwoInstruments() {
        assertThat(LINEAR).isNotEqualTo(SPOT).isEqualTo(InstrumentId.of("bybit", "linear", "BTCUSDT"));
        assertThat(LINEAR).hasToString("bybit:linear:BTCUSDT");
        assertThat(LINEAR.market()).isEqualTo("linear:BTCUSDT");
        assertThat(InstrumentId.of("bybit", null, "BTCUSDT").market()).isEqualTo("BTCUSDT");
    }

    @Test
    void theTextFormIsReadBack() {
        assertThat(InstrumentId.parse("bybit:spot:BTCUSDT")).contains(SPOT);
        assertThat(InstrumentId.parse("spot:BTCUSDT")).contains(InstrumentId.of(null, "spot", "BTCUSDT"));
        assertThat(InstrumentId.parse("BTC-27NOV26-70000-C"))
                .contains(InstrumentId.of(null, null, "BTC-27NOV26-70000-C"));
    }

    @Test
    void quantitiesOfInverseContractsAreInQuoteCoin() {
        assertThat(InstrumentId.of("bybit", "inverse", "BTCUSD").isInverse()).isTrue();
        assertThat(LINEAR.isInverse()).isFalse();
        assertThat(InstrumentId.of(null, null, "BTCUSD").isInverse()).isFalse();
    }

    @Test
    void otherTextsAreNone() {
        assertThat(Stream.of("", ":", ":BTCUSDT", "spot:", "a:b:c:BTCUSDT", "Spot:BTCUSDT", "spot BTCUSDT", "spot::X"))
                .allSatisfy(text -> assertThat(InstrumentId.parse(text)).isEmpty());
    }

    @Test
    void anEventIsOfTheConfiguredInstrument() {
        assertThat(instruments.of("BTCUSDT", "spot")).isSameAs(SPOT);
        assertThat(instruments.of("BTCUSDT", null)).isSameAs(LINEAR);
        assertThat(instruments.of("ETHUSDT", "inverse")).hasToString("bybit:inverse:ETHUSDT");
        assertThat(instruments.of("ETHUSDT", "inverse")).isSameAs(instruments.of("ETHUSDT", "inverse"));
    }

    @Test
    void withoutACategoryItIsTheOnlyConfiguredOneOfTheSymbol() {
        assertThat(new Instruments("bybit", "linear", List.of(SPOT)).of("BTCUSDT", null))
                .isSameAs(SPOT);
    }

    @Test
    void theKeyDoesNotDependOnOtherInstruments() {
        assertThat(instruments.key(LINEAR)).isEqualTo("BTCUSDT");
        assertThat(instruments.key(SPOT)).isEqualTo("spot:BTCUSDT");
        Instruments spotOnly = new Instruments("bybit", "linear", List.of(SPOT));
        assertThat(spotOnly.key(SPOT)).isEqualTo("BTCUSDT");
        assertThat(spotOnly.key(LINEAR)).isEqualTo("linear:BTCUSDT");
        assertThat(Instruments.NONE.key(InstrumentId.of(null, null, "BTCUSDT"))).isEqualTo("BTCUSDT");
    }

    @Test
    void aShortTextMeansAllThatMatch() {
        InstrumentId unconfigured = InstrumentId.of("bybit", "inverse", "BTCUSDT");

        assertThat(instruments.matching(InstrumentId.parse("BTCUSDT").orElseThrow(), List.of(LINEAR, unconfigured)))
                .containsExactly(unconfigured, LINEAR, SPOT);
        assertThat(instruments.matching(InstrumentId.parse("spot:BTCUSDT").orElseThrow(), List.of()))
                .containsExactly(SPOT);
        assertThat(instruments.matching(InstrumentId.parse("ETHUSDT").orElseThrow(), List.of()))
                .isEmpty();
    }
}
