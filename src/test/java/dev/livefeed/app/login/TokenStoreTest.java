package dev.livefeed.app.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of tokens is read again; a bad one changes nothing. */
class TokenStoreTest {

    private static final String ANN = AccessToken.line("ann", TokenScope.TRADE, "a") + "\n";
    private static final String BOB = AccessToken.line("bob", TokenScope.READ, "b") + "\n";

    @TempDir
    private Path folder;

    private Path file;
    private TokenStore store;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("tokens"), ANN);
        store = new TokenStore(file, AccessTokens.NONE, TokenStore.read(file));
        store.reload();
    }

    @Test
    void aChangeIsTaken() throws IOException {
        Files.writeString(file, BOB);
        store.reload();

        assertThat(store.current().find("a")).isNull();
        assertThat(store.current().find("b")).isNotNull();
        assertThat(store.alarms()).isEmpty();
    }

    @Test
    void aBadFileKeepsTheTokensUntilItIsGoodAgain() throws IOException {
        for (String bad : new String[] {"", "# none\n", BOB + "what\n", "x".repeat(300_000)}) {
            Files.writeString(file, bad);
            store.reload();
            assertThat(store.current().find("a")).isNotNull();
            assertThat(store.current().find("b")).isNull();
            assertThat(store.alarms())
                    .singleElement()
                    .asString()
                    .startsWith("HTTP_TOKENS_FILE is not loaded, the earlier tokens stay valid: " + file);
        }
        Files.delete(file);
        store.reload();
        assertThat(store.alarms()).singleElement().asString().endsWith("it does not exist");
        Files.createDirectory(file);
        store.reload();
        assertThat(store.alarms()).singleElement().asString().contains("is not a regular file");
        Files.delete(file);
        Files.writeString(file, ANN);
        store.reload();
        assertThat(store.alarms()).isEmpty();
        assertThat(store.current().find("a")).isNotNull();
    }

    @Test
    void theTokensOfTheEnvironmentStay() throws IOException {
        AccessTokens fixed = AccessTokens.parse(BOB, "HTTP_TOKENS");
        TokenStore both = new TokenStore(file, fixed, fixed.and(TokenStore.read(file)));
        Files.writeString(file, AccessToken.line("cy", TokenScope.READ, "c"));
        both.reload();

        assertThat(both.current().find("a")).isNull();
        assertThat(both.current().find("b")).isNotNull();
        assertThat(both.current().find("c")).isNotNull();
    }

    @Test
    void aFileIsNeededForTheStart() {
        assertThatThrownBy(() -> TokenStore.read(folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("none") + " cannot be read: it does not exist");
    }
}
