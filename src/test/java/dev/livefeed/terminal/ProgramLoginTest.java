package dev.livefeed.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The login of tail and top comes from the environment. */
class ProgramLoginTest {

    @Test
    void aTokenComesBeforeALogin() {
        assertThat(ProgramLogin.of(Map.of()).authorization()).isNull();
        assertThat(ProgramLogin.of(Map.of("LIVEFEED_TOKEN", " ")).authorization())
                .isNull();
        assertThat(ProgramLogin.of(Map.of("LIVEFEED_TOKEN", "t-1\n", "LIVEFEED_USER", "me"))
                        .authorization())
                .isEqualTo("Bearer t-1");
        assertThat(ProgramLogin.of(Map.of("LIVEFEED_USER", "me", "LIVEFEED_PASSWORD", "pw"))
                        .authorization())
                .isEqualTo("Basic bWU6cHc=");
        assertThat(ProgramLogin.of(Map.of("LIVEFEED_TOKEN", "t-1"))).hasToString("a login");
    }

    @Test
    void whatIsNoTokenIsNotShown() {
        assertThatThrownBy(() -> ProgramLogin.of(Map.of("LIVEFEED_TOKEN", "Bearer secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LIVEFEED_TOKEN has characters")
                .message()
                .doesNotContain("secret");
    }
}
