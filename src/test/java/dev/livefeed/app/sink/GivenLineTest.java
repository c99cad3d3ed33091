package dev.livefeed.app.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenLineTest {

    private static String of(String body) {
        return new String(GivenLine.of("trade", body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void aLineStaysAsItIs() {
        String line = "{\"type\":\"trade\",\"symbol\":\"币USDT\",\"price\":1.10,\"more\":[{\"type\":\"x\"}]}";

        assertThat(of(line)).isEqualTo(line);
        assertThat(of(" " + line + "\r\n")).isEqualTo(line);
    }

    @Test
    void aFormattedObjectIsOneLine() {
        assertThat(of("{\n  \"price\": 1.10,\r\n  \"type\": \"trade\"\n}\n"))
                .isEqualTo("{   \"price\": 1.10,    \"type\": \"trade\" }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a trade|is not a JSON object",
                "{\"type\":\"trade\"|is not a JSON object",
                "[{\"type\":\"trade\"}]|is not a JSON object",
                "``|is not a JSON object",
                "{\"type\":\"trade\"} {\"type\":\"trade\"}|has more than one JSON object",
                "{\"price\":1}|has no field type, and the header type is trade",
                "{\"type\":\"../depth\"}|has the type ../depth, and the header type is trade"
            })
    void whatIsNoLineIsRefused(String body, String why) {
        assertThatThrownBy(() -> of(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the body for buffer:sinks must be one line of the protocol, but " + why);
    }
}
