package dev.livefeed.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void onlyATerminalHasColoursAndNotWithNoColor() {
        assertThat(Terminal.hasColours(true, Map.of())).isTrue();
        assertThat(Terminal.hasColours(false, Map.of())).isFalse();
        assertThat(Terminal.hasColours(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.hasColours(true, Map.of("NO_COLOR", ""))).isTrue();
    }
}
