package dev.livefeed.app.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineAddressTest {

    private static LineAddress of(String line) throws IOException {
        return LineAddress.of(line.getBytes(StandardCharsets.UTF_8), "bybit");
    }

    @Test
    void anEventOfAnInstrumentHasItsTypeVenueCategoryAndSymbol() throws IOException {
        LineAddress depth = of("{\"type\":\"depth\",\"timestamp\":1,\"bids\":[[1,{\"symbol\":\"no\"}]],"
                + "\"symbol\":\"\\u5e01USDT\",\"category\":\"spot\",\"last_update_id\":1}");

        assertThat(depth.instrument()).isEqualTo("bybit:spot:币USDT");
        assertThat(depth.path('.', ".*>")).isEqualTo("depth.bybit.spot.币USDT");
    }

    @Test
    void whatALineDoesNotHaveIsAnUnderscore() throws IOException {
        assertThat(of("{\"type\":\"status\",\"status\":\"connected\",\"symbol\":null}")
                        .path('/', "/+#"))
                .isEqualTo("status/bybit/_/_");
        assertThat(of("{}").instrument()).isEqualTo("bybit:_:_");
    }

    @Test
    void specialCharactersAreWrittenAsBytes() throws IOException {
        LineAddress address = of("{\"type\":\"trade\",\"category\":\"a/+#\",\"symbol\":\"A.B*> %\"}");

        assertThat(address.path('/', "/+#")).isEqualTo("trade/bybit/a%2F%2B%23/A.B*>%20%25");
        assertThat(address.path('.', ".*>")).isEqualTo("trade.bybit.a/+#.A%2EB%2A%3E%20%25");
    }

    @Test
    void aStoredLineThatIsNotJsonIsRefusedByItself() throws IOException {
        LineBatch lines = MadeBatch.of("s", 1, "{\"type\":\"trade\"}", "BTC is up");

        assertThat(LineAddress.of(lines, 0, "bybit").type()).isEqualTo("trade");
        assertThatThrownBy(() -> LineAddress.of(lines, 1, "bybit"))
                .isInstanceOfSatisfying(LineRefused.class, refused -> assertThat(refused.index())
                        .isOne());
    }
}
