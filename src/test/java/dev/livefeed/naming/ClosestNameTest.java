package dev.livefeed.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestNameTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "BTC,BTCUSDT",
                "btcusdt,BTCUSDT",
                "BTCUSTD,BTCUSDT",
                "BTC-USDT,BTCUSDT",
                "SOL,SOLUSDT",
                "ZZTOPXX,none",
                "X,none"
            })
    void symbols(String meant, String closest) {
        assertThat(ClosestName.of(meant, List.of("1000BTTUSDT", "SOLUSDT", "BTCUSDT", "BTCUSDT-25DEC26", "ETHUSDT"), 3))
                .isEqualTo(closest);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "kafak,kafka",
                "KAFKA,kafka",
                "timr,timer",
                "tim,timer",
                "scheduled,scheduler",
                "xy,none",
                "rabbit,none"
            })
    void names(String meant, String closest) {
        assertThat(ClosestName.of(meant, List.of("scheduler", "kafka", "timer", "sql")))
                .isEqualTo(closest);
    }

    @Test
    void ofEquallyCloseNamesTheShortestAndTheFirstInTheAlphabet() {
        assertThat(ClosestName.of("rate", List.of("crate", "dates", "gates", "date", "gate")))
                .isEqualTo("date");
    }

    @Test
    void anyNameIsBetterThanNoneIfOneIsWanted() {
        assertThat(ClosestName.any("rabbit", List.of("kafka", "timer"))).isNotNull();
        assertThat(ClosestName.any("rabbit", List.of())).isNull();
    }
}
