package dev.livefeed.protocol.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which instruments are wanted while they are added and removed, and what a line without a symbol means. */
class InstrumentsTest {

    private static final InstrumentId BTC = InstrumentId.of("bybit", "linear", "BTCUSDT");
    private static final InstrumentId ETH = InstrumentId.of("bybit", "linear", "ETHUSDT");
    private static final InstrumentId COIN = InstrumentId.of("bybit", "option", "BTC");
    private static final InstrumentId CONTRACT = InstrumentId.of("bybit", "option", "BTC-25DEC26-70000-C");

    private static Instruments wanted(InstrumentId... configured) {
        return new Instruments("bybit", "linear", List.of(configured)).closed();
    }

    @Test
    void addedOnesAreWantedAndRemovedOnesAreNot() {
        Instruments instruments = wanted(BTC, COIN);
        assertThat(instruments.wants(ETH)).isFalse();
        assertThat(instruments.wants(CONTRACT)).isTrue();
        int before = instruments.changes();

        instruments.add(ETH);
        instruments.remove(COIN);

        assertThat(instruments.wants(ETH)).isTrue();
        assertThat(instruments.wanted("ETHUSDT", null)).isEqualTo(ETH);
        assertThat(instruments.wants(CONTRACT)).isFalse();
        assertThat(instruments.wanted("BTC-25DEC26-70000-C", "option")).isNull();
        assertThat(instruments.changes()).as("so that caches notice").isNotEqualTo(before);
    }

    @Test
    void severalVenuesShareTheChangesOfEach() {
        Instruments bybit = wanted(BTC);
        Instruments binance =
                new Instruments("binance", "spot", List.of(InstrumentId.of("binance", "spot", "BTCUSDT"))).closed();
        Instruments both = Instruments.together(List.of(bybit, binance));
        int before = both.changes();

        bybit.add(ETH);

        assertThat(both.wants(ETH)).isTrue();
        assertThat(both.wants(InstrumentId.of("binance", "spot", "ETHUSDT"))).isFalse();
        assertThat(both.configured()).contains(ETH);
        assertThat(both.changes()).isNotEqualTo(before);
    }

    @Test
    void aLineWithoutASymbolNeverMeansAnotherInstrument() {
        Instruments instruments = wanted(BTC);
        assertThat(instruments.only()).isEqualTo(BTC);

        instruments.add(ETH);
        assertThat(instruments.only()).as("as before").isEqualTo(BTC);
        instruments.remove(BTC);

        assertThat(instruments.only()).as("not the one that is left").isNull();
    }
}
