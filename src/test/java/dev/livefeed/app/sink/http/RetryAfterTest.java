package dev.livefeed.app.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a server may ask to be left alone. */
class RetryAfterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            7                             | 7
             30                           | 30
            0                             | 0
            86400                         | 300
            99999999999999999999          | 300
            Thu, 26 Nov 2026 12:00:09 GMT | 9
            Thu, 26 Nov 2026 11:00:00 GMT | 0
            Wed, 26 Nov 2036 12:00:00 GMT | 300
            -1                            | 0
            soon                          | 0
            """)
    void secondsOrADate(String value, long seconds) {
        assertThat(RetryAfter.parse(value, Instant.parse("2026-11-26T12:00:00Z"))
                        .toSeconds())
                .isEqualTo(seconds);
    }
}
