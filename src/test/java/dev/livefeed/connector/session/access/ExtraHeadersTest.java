package dev.livefeed.connector.session.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraHeadersTest {

    @Test
    void severalHeadersAreSeparatedByBarsOrLines(@TempDir Path folder) throws Exception {
        assertThat(read("BYBIT_HEADERS", " x-site-id: ARG_BTL | Authorization:Bearer a:b;c \nCookie: s=1; t=2|")
                        .values())
                .containsExactly(
                        entry("x-site-id", "ARG_BTL"),
                        entry("Authorization", "Bearer a:b;c"),
                        entry("Cookie", "s=1; t=2"));

        Path file = Files.writeString(folder.resolve("c.json"), "{\"headers\": [\"x-a: 1|2\", \"x-b: 3\"]}");
        assertThat(read("FILE", file.toString()).values()).containsExactly(entry("x-a", "1|2"), entry("x-b", "3"));
        assertThat(read("X", "y")).isEqualTo(ExtraHeaders.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cret",
                "x-a s3cret",
                "x a: s3cret",
                "x-a:",
                ": s3cret",
                "x-a: s3crét",
                "x-a: s3\u0001cret",
                "Host: s3cret",
                "upgrade: s3cret",
                "Sec-WebSocket-Key: s3cret",
                "Proxy-Authorization: s3cret",
                "Transfer-Encoding: s3cret",
                "x-a: 1|X-A: s3cret"
            })
    void wrongHeaderIsOneLineWithoutItsValue(String value) {
        assertThatThrownBy(() -> read("BYBIT_HEADERS", value))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .singleElement()
                        .asString()
                        .startsWith("BYBIT_HEADERS cannot be used: ")
                        .doesNotContain("s3"));
    }

    @Test
    void textHoldsNoValue() throws Exception {
        assertThat(read("BYBIT_HEADERS", "x-token: s3cret")).hasToString("ExtraHeaders[x-token]");
    }

    private static ExtraHeaders read(String variable, String value) throws ConfigurationException {
        ConnectorSettings settings = new ConnectorSettings(Map.of(variable, value), "FILE");
        NetworkAccess access = NetworkAccess.read(settings, "BYBIT_PROXY", "BYBIT_HEADERS");
        settings.check();
        return access.headers();
    }
}
