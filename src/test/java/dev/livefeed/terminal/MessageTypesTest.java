package dev.livefeed.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTypesTest {

    @Test
    void eachTypeHasItsChannel() {
        MessageTypes asked = MessageTypes.of(List.of("trade", "depth.50", "candle.1m", "kline.5m", "error", "fills"));
        assertThat(asked.channels()).containsExactly("trades", "depth.50", "candles.1m", "kline.5m", "status", "paper");
        assertThat(asked.types()).containsExactly("trade", "depth", "candle", "kline", "error", "fills");
        assertThat(asked.contains("kline")).isTrue();
        assertThat(asked.contains("price")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trades", "", "trade.5", "TRADE", ".x"})
    void othersAreRefusedByName(String name) {
        assertThatThrownBy(() -> MessageTypes.of(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\" is no type of message");
    }
}
