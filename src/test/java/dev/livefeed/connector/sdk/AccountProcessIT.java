package dev.livefeed.connector.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Order;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Wallet;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Bybit connector as a separate process with API keys, against the local exchange. */
class AccountProcessIT {

    private static final String KEY = "k3y-0f-the-house";
    private static final String SECRET = "s3cret/of+the=house";

    private ExchangeServer exchange;

    @BeforeEach
    void startExchange() throws IOException {
        exchange = ExchangeServer.start(
                ExchangeConfig.builder().seed(5).speed(5).apiKey(KEY, SECRET).build());
    }

    @AfterEach
    void closeExchange() {
        exchange.close();
    }

    private Map<String, String> environment(String key, String secret) {
        return new HashMap<>(Map.of(
                "BYBIT_WS_BASE_URL",
                exchange.streamUrl(),
                "BYBIT_REST_BASE_URL",
                exchange.restUrl(),
                "BYBIT_API_KEY",
                key,
                "BYBIT_API_SECRET",
                secret));
    }

    private static boolean isAccountStatus(Event event, String status) {
        return event instanceof Status s && s.status().equals(status) && "account".equals(s.channel());
    }

    @Test
    void accountRowsAccompanyMarketDataAndKeysAreNeverShown() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(environment(KEY, SECRET), "bybit")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            bybit.awaitEvent(event -> isAccountStatus(event, Authenticated.STATUS));
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> !bybit.events(Order.class).isEmpty()
                            && !bybit.events(Execution.class).isEmpty()
                            && !bybit.events(Wallet.class).isEmpty()
                            && !bybit.events(Trade.class).isEmpty());
            bybit.awaitStatus(Heartbeat.STATUS);

            assertThat(bybit.events(Execution.class)).allMatch(e -> e.synthetic() && e.receivedAt() > 0);
            assertThat(bybit.invalid()).isEmpty();
            assertThat(bybit.failures()).isEmpty();
            assertThat(bybit.events().toString() + bybit.stderr() + commandLine(bybit))
                    .contains("ConnectorMain")
                    .doesNotContain(KEY, SECRET);
        }
    }

    @Test
    void rejectedKeysAreReportedAndMarketDataContinues() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(environment(KEY, "another/secret"), "bybit")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            bybit.awaitEvent(event -> isAccountStatus(event, Degraded.STATUS));
            int before = bybit.events(Trade.class).size();
            await().atMost(ConnectorChild.TIMEOUT)
                    .until(() -> bybit.events(Trade.class).size() > before + 5);

            assertThat(bybit.statuses(Degraded.STATUS)).singleElement().satisfies(status -> assertThat(status.details())
                    .containsEntry("code", "10004"));
            assertThat(bybit.statuses(ConnectionDown.STATUS)).isEmpty();
            assertThat(bybit.stderr().stream().filter(line -> line.contains("private_stream_keys_refused")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "BYBIT_API_SECRET");
            assertThat(bybit.events().toString() + bybit.stderr()).doesNotContain(KEY, "another/secret");
        }
    }

    @Test
    void keyWithoutSecretIsWarnedAboutAndMarketDataContinues() throws Exception {
        Map<String, String> environment = environment(KEY, SECRET);
        environment.remove("BYBIT_API_SECRET");
        try (ConnectorChild bybit = ConnectorChild.start(environment, "bybit")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            bybit.awaitEvent(Trade.class::isInstance);

            assertThat(bybit.statuses(Degraded.STATUS)).singleElement().satisfies(status -> assertThat(status.reason())
                    .isEqualTo("only BYBIT_API_KEY is set and BYBIT_API_SECRET is not"));
            assertThat(bybit.stderr()).anyMatch(line -> line.contains("WARN") && line.contains("BYBIT_API_SECRET"));
            assertThat(bybit.events().toString() + bybit.stderr()).doesNotContain(KEY);
        }
    }

    @Test
    void keysRevokedAtRunTimeAreReported() throws Exception {
        try (ConnectorChild bybit = ConnectorChild.start(environment(KEY, SECRET), "bybit")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            bybit.awaitEvent(event -> isAccountStatus(event, Authenticated.STATUS));
            bybit.awaitEvent(Trade.class::isInstance);

            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create(exchange.restUrl() + "/control/keys?refuse=33004&form=code"))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            bybit.awaitEvent(event -> isAccountStatus(event, Degraded.STATUS));
            assertThat(bybit.statuses(Degraded.STATUS).get(0).details()).containsEntry("code", "33004");
            assertThat(bybit.statuses(ConnectionDown.STATUS)).isEmpty();
        }
    }

    @Test
    void handshakeStatus401RejectsOnlyTheKeys() throws Exception {
        exchange.close();
        exchange = ExchangeServer.start(ExchangeConfig.builder()
                .apiKey(KEY, SECRET)
                .faults(List.of("handshake,topic=/v5/private,status=401,count=100"))
                .build());
        try (ConnectorChild bybit = ConnectorChild.start(environment(KEY, SECRET), "bybit")) {
            bybit.subscribe("trades", "BTCUSDT", "c-1");
            bybit.awaitEvent(event -> isAccountStatus(event, Degraded.STATUS));
            bybit.awaitEvent(Trade.class::isInstance);

            assertThat(bybit.statuses(Degraded.STATUS).get(0).details()).containsEntry("code", "401");
            assertThat(bybit.statuses(ConnectionDown.STATUS)).isEmpty();
        }
    }

    @Test
    void keysInTheConfigurationFileAreRejectedWithoutShowingThem(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("bybit.json"), "{\"api_key\": \"" + KEY + "\"}");
        try (ConnectorChild bybit =
                ConnectorChild.start(Map.of("BYBIT_CONNECTOR_CONFIG_FILE", file.toString()), "bybit")) {
            assertThat(bybit.awaitExit(ConnectorChild.TIMEOUT)).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(bybit.stderr())
                    .singleElement()
                    .asString()
                    .contains("\"api_key\" must not be in a file", "BYBIT_API_KEY")
                    .doesNotContain(KEY);
        }
    }

    private static String commandLine(ConnectorChild child) throws IOException {
        Path file = Path.of("/proc/" + child.process().pid() + "/cmdline");
        return Files.exists(file)
                ? Files.readString(file)
                : child.process().info().commandLine().orElse("ConnectorMain");
    }
}
