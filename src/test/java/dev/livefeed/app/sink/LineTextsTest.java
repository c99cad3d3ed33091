package dev.livefeed.app.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields as texts, with their decimals and lists as they are written. */
class LineTextsTest {

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void valuesKeepTheirDigits() throws IOException {
        assertThat(LineTexts.of(bytes("{\"type\":\"depth\",\"symbol\":\"币A\\\"\\n\",\"price\":61234.50,\"seq\":null,"
                        + "\"bids\":[[0.000000010,1.500],[1,0]],\"late\":true,\"raw\":{\"a\":[\"}\"]} ,\"n\":-7}")))
                .containsExactly(
                        Map.entry("type", "depth"),
                        Map.entry("symbol", "币A\"\n"),
                        Map.entry("price", "61234.50"),
                        Map.entry("bids", "[[0.000000010,1.500],[1,0]]"),
                        Map.entry("late", "true"),
                        Map.entry("raw", "{\"a\":[\"}\"]}"),
                        Map.entry("n", "-7"));
    }

    @Test
    void someFieldsAreReadUpToTheLastOfThem() throws IOException {
        String line = "{\"a\":{\"symbol\":1},\"symbol\":\"S\",\"bids\":[[1,2]],\"category\":\"spot\",broken";
        assertThat(LineTexts.of(bytes(line), Set.of("symbol", "category")))
                .containsExactly(Map.entry("symbol", "S"), Map.entry("category", "spot"));
        assertThat(LineTexts.of(bytes("{\"symbol\":null,\"b\":1}"), Set.of("symbol")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "text", "{\"a\":", "{\"a\":[1,"})
    void whatIsNoObjectIsRefused(String line) {
        assertThatThrownBy(() -> LineTexts.of(bytes(line))).isInstanceOf(IOException.class);
    }
}
