package dev.livefeed.connector.bybit.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountSettingsTest {

    @TempDir
    private Path folder;

    private AccountSettings read(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("bybit.json"), json);
        return AccountHarness.settings(Map.of(
                "BYBIT_CONNECTOR_CONFIG_FILE",
                file.toString(),
                "BYBIT_API_KEY",
                " " + AccountHarness.KEY + "\n",
                "BYBIT_API_SECRET",
                AccountHarness.SECRET));
    }

    @Test
    void neitherKeyNorSecretIsInItsText() throws Exception {
        AccountSettings settings = read("{}");

        assertThat(settings.toString())
                .startsWith("AccountSettings[credentials=***, keyFault=null,"
                        + " uri=wss://stream.bybit.com/v5/private, topics=[order, execution, "
                        + "position, wallet], retry=PT1H,")
                .doesNotContain(AccountHarness.KEY, AccountHarness.SECRET);
        assertThat(settings.usable()).isTrue();
    }

    @Test
    void otherTopicsAndAnotherHost() throws Exception {
        AccountSettings settings = read(
                """
                {"private_topics": ["execution.fast.linear", "execution.spot", "wallet"],
                 "private_ws_base_url": "wss://stream-demo.bybit.com", "private_retry_ms": 60000}""");

        assertThat(settings.topics())
                .extracting(PrivateTopic::text)
                .containsExactly("execution.fast.linear", "execution.spot", "wallet");
        assertThat(settings.uri()).hasToString("wss://stream-demo.bybit.com/v5/private");
        assertThat(settings.retry()).hasMinutes(1);
        assertThat(read("{\"private_topics\": []}").usable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"orders\"',contains \"orders\"",
        "'\"position.spot\"',contains \"position.spot\"",
        "'\"wallet.linear\"',contains \"wallet.linear\"",
        "'\"order\",\"order.linear\"','contains order and order.linear, which have the same rows'",
        "'\"execution\",\"execution.fast\"','contains execution and execution.fast, which have the same rows'"
    })
    void topicsThatCannotWorkAreNamed(String topics, String message) {
        assertThatThrownBy(() -> read("{\"private_topics\": [" + topics + "]}"))
                .hasMessageContaining("bybit.json:1:2")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api_key", "apiKey", "API-SECRET", "BYBIT_API_KEY", "bybit_api_secret", "secret"})
    void keysInAFileAreAFaultThatDoesNotShowThem(String key) {
        String variable =
                key.toLowerCase(java.util.Locale.ROOT).contains("secret") ? "BYBIT_API_SECRET" : "BYBIT_API_KEY";

        assertThatThrownBy(() -> read("{\"" + key + "\": \"hush-hush\"}"))
                .hasMessageEndingWith("bybit.json:1:2: \"" + key + "\" must not be in a file: remove it and set "
                        + variable + " in the environment, the only place for it");
    }

    @Test
    void aSecretWhoseQuotesWereForgottenIsNotShown() {
        assertThatThrownBy(() -> read("{\"api_secret\": hush}"))
                .hasMessageContaining("no JSON")
                .hasMessageContaining("bybit.json:1:")
                .message()
                .doesNotContain("hush");
    }
}
