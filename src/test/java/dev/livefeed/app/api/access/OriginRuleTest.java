package dev.livefeed.app.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginRuleTest {

    private final OriginRule rule = new OriginRule(
            List.of("https://all.example"),
            List.of("https://app.example", "http://localhost:3000"),
            new HostRule(List.of("feed.lan")));

    @Test
    void aProgramSendsNone() {
        assertThat(rule.refusal(null, "evil.example:8080")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://localhost:8080, localhost:8080",
        "http://localhost:8080, 127.0.0.1:8080",
        "http://[::1]:8080, [::1]:8080",
        "http://192.168.1.7:8080, 192.168.1.7:8080",
        "http://feed.lan:8080, feed.lan:8080",
        "HTTP://LOCALHOST:8080, LocalHost:8080",
        "http://localhost, localhost",
        "https://app.example, 127.0.0.1:8080",
        "https://all.example, 127.0.0.1:8080",
        "HTTPS://ALL.example:443, feed.lan:8080",
        "https://app.example:443, feed.lan:8080",
        "http://localhost:3000, 127.0.0.1:8080",
    })
    void pagesOfThisServerAndThoseListed(String origin, String host) {
        assertThat(rule.refusal(origin, host)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, 127.0.0.1:8080",
        "http://evil.example:8080, evil.example:8080",
        "http://localhost.evil.example:8080, localhost.evil.example:8080",
        "http://127.0.0.1.evil.example:8080, 127.0.0.1.evil.example:8080",
        "http://localhost:3001, localhost:8080",
        "http://192.168.1.7:8080, 192.168.1.8:8080",
        "http://app.example, 127.0.0.1:8080",
        "https://app.example.evil.example, 127.0.0.1:8080",
        "null, localhost:8080",
        "'', localhost:8080",
        "file://, localhost:8080",
        "http://localhost:8080/path, localhost:8080",
        "http://user@localhost:8080, localhost:8080",
        "http://feed.lan:8080, 127.0.0.1:8080",
        "chrome-extension://abc, localhost:8080",
        "http://localhost:8080, 'evil.example:8080'",
        "http://localhost:8080, ",
    })
    void othersAreRefused(String origin, String host) {
        assertThat(rule.refusal(origin, host)).startsWith("the Origin is \"").contains("STREAM_ORIGINS");
    }

    @ParameterizedTest
    @CsvSource({
        "https://all.example, true",
        "https://all.example:443, true",
        "HTTPS://All.Example, true",
        "http://all.example, false",
        "https://all.example:8443, false",
        "https://all.example.evil.example, false",
        "https://all.example/page, false",
        "https://app.example, false",
        "http://localhost:8080, false",
        "null, false",
        "*, false",
        "'', false",
    })
    void onlyListedOriginsMayReadResponses(String origin, boolean allowed) {
        assertThat(rule.allows(origin)).isEqualTo(allowed);
    }

    @Test
    void withoutAListNobodyMay() {
        OriginRule none = new OriginRule(List.of(), List.of("https://app.example"), new HostRule(List.of()));

        assertThat(none.crossOrigin()).isFalse();
        assertThat(none.allows("https://app.example")).isFalse();
        assertThat(rule.allows(null)).isFalse();
    }
}
