package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "all, 3, 3, true",
        "all, 2, 3, false",
        "ALL, 0, 0, true",
        "any, 1, 300, true",
        "any, 0, 300, false",
        "80%, 4, 5, true",
        "80%, 3, 5, false",
        "80 %, 8, 10, true",
        "66.67%, 2, 3, false",
        "66.66%, 2, 3, true",
        "100%, 2, 3, false",
        "0.5%, 1, 200, true",
        "0.5%, 1, 201, false"
    })
    void satisfied(String policy, int ready, int wanted, boolean expected) {
        assertThat(ReadyPolicy.parse(policy).satisfied(ready, wanted)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "most", "0%", "0.00%", "101%", "80", "-5%", "80.123%", "0.8"})
    void othersAreRejected(String text) {
        assertThatThrownBy(() -> ReadyPolicy.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it must be all, any, or a share");
    }
}
