package dev.livefeed.connector.bybit.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeAdviceTest {

    @ParameterizedTest
    @CsvSource({
        "400, BYBIT_WS_BASE_URL",
        "401, login",
        "403, BYBIT_SITE",
        "403, BYBIT_HEADERS",
        "404, no such stream",
        "404, demo",
        "407, BYBIT_PROXY",
        "302, redirects",
        "429, too many connections",
        "451, country",
        "500, maintenance",
        "503, maintenance"
    })
    void rejectedHandshakeNamesItsLikelyCause(int status, String cause) {
        assertThat(HandshakeAdvice.addTo("the WebSocket handshake was answered with " + status, status))
                .startsWith("the WebSocket handshake was answered with " + status + ": ")
                .contains(cause);
    }

    @ParameterizedTest
    @CsvSource({"1008, rules", "1011, an error of the venue", "1012, restarts", "1013, overloaded"})
    void closeCodeNamesItsLikelyCause(int code, String cause) {
        assertThat(HandshakeAdvice.addTo("closed by the other side with " + code + " bye", 0))
                .contains(cause);
    }

    @Test
    void otherEndsAreToldAsTheyAre() {
        assertThat(HandshakeAdvice.addTo("closed by the other side with 1000", 0))
                .isEqualTo("closed by the other side with 1000");
        assertThat(HandshakeAdvice.addTo("the connection was closed", 0)).isEqualTo("the connection was closed");
        assertThat(HandshakeAdvice.addTo("odd", 202)).isEqualTo("odd");
    }
}
