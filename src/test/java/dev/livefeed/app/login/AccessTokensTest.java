package dev.livefeed.app.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines by which the program knows tokens. */
class AccessTokensTest {

    /** SHA-256 of "abc" (FIPS 180-4, example 1). */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void aTokenIsKnownByTheHashOfItsText() {
        AccessTokens tokens = AccessTokens.parse("# who\n\nann trade sha256:" + ABC + "\r\n", "F");

        assertThat(tokens.find("abc")).isEqualTo(new AccessToken("ann", TokenScope.TRADE, ABC));
        assertThat(tokens.find("abd")).isNull();
        assertThat(tokens.find(ABC)).isNull();
        assertThat(AccessTokens.parse("ann read sha256:" + ABC.toUpperCase(), "F")
                        .find("abc"))
                .isNotNull();
    }

    @Test
    void aNewTokenIsRandomAndItsLineIsRead() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            texts.add(AccessToken.random());
        }
        assertThat(texts).hasSize(1_000).allMatch(text -> text.matches("[A-Za-z0-9_-]{43}"));
        String text = texts.iterator().next();
        String line = AccessToken.line("bot-1", TokenScope.READ, text);

        assertThat(AccessTokens.parse(line, "F").find(text)).hasToString("bot-1 read");
        assertThat(line).doesNotContain(text);
    }

    @ParameterizedTest
    @CsvSource({
        "ann trade, F:2: the line has 2 words",
        "ann trade x y, F:2: the line has 4 words",
        "-ann trade sha256:ABC, F:2: the name must be",
        "ann admin sha256:ABC, F:2: the scope of ann must be read, trade or control",
        "ann TRADE sha256:ABC, F:2: the scope of ann must be read, trade or control",
        "ann trade ABC, F:2: the third word is not sha256:",
        "ann trade sha256:abc, F:2: the third word is not sha256:",
        "old read sha256:ABC, F:2: the name or the hash is that of an earlier line",
    })
    void aBadLineIsAFaultThatShowsNothingSecret(String line, String fault) {
        String first = "old read sha256:" + "0".repeat(64) + "\n";

        assertThatThrownBy(() -> AccessTokens.parse(first + line.replace("ABC", ABC), "F"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(fault)
                .message()
                .doesNotContain(ABC, "sha256:abc");
    }

    @Test
    void moreThanAThousandAreRefused() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= 1_000; i++) {
            text.append("n")
                    .append(i)
                    .append(" read sha256:")
                    .append("%064x".formatted(i))
                    .append('\n');
        }
        assertThatThrownBy(() -> AccessTokens.parse(text.toString(), "F")).hasMessage("F has more than 1000 tokens");
    }

    @Test
    void twoSourcesNameATokenOnce() {
        AccessTokens one = AccessTokens.parse("ann read sha256:" + ABC, "F");
        AccessTokens other = AccessTokens.parse("bob read sha256:" + "0".repeat(64), "F");

        assertThat(one.and(other).size()).isEqualTo(2);
        assertThatThrownBy(() -> one.and(AccessTokens.parse("bob read sha256:" + ABC, "F")))
                .hasMessageStartingWith("there is a token bob already");
    }
}
