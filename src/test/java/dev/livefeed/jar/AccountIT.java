package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** API keys: account rows pass through the routes, and rejected keys do not affect market data. */
@ExtendWith(JarExtension.class)
class AccountIT {

    private static final String KEY = "local-key";
    private static final String SECRET = "local-secret";

    @Test
    void validKeysDeliverAccountRowsAndAreNeverShownAndBookingsAreNoExecutions(Jar jar) throws Exception {
        jar.ownRoutes();
        Path route = jar.route("account");
        Files.writeString(
                route,
                Files.readString(route)
                        .replace("loggingLevel: TRACE", "loggingLevel: INFO")
                        .replace(
                                "an execution of ${header.symbol}",
                                "seen: ${body.type} ${body.side} of ${body.symbol}, ${body.execType}.")
                        .replace(
                                "a ${body.kind} booking of ${header.symbol}",
                                "booking: ${header.type} ${body.kind} ${body.execType} of ${body.symbol}"));
        int exchange = Jar.freePort();
        jar.with("SIMULATOR_PORT", exchange)
                .with("BYBIT_API_KEY", KEY)
                .with("BYBIT_API_SECRET", SECRET)
                .start();

        JsonNode health = jar.awaitHealth(
                "an authenticated account",
                h -> h.at("/connector/account/state").asText().equals("authenticated"));
        assertThat(health.at("/connector/account/since").isTextual()).isTrue();
        jar.awaitLog("seen: execution (buy|sell) of BTCUSDT");
        jar.awaitLog("a position of BTCUSDT");
        jar.awaitLog("a wallet");
        jar.awaitState("synthetic");
        String metrics = jar.get("/observe/metrics").body();
        assertThat(count(metrics, "type=\"execution\"")).isPositive();
        assertThat(count(metrics, "type=\"order\"")).isPositive();
        assertThat(count(metrics, "type=\"wallet\"")).isPositive();
        assertThat(metrics)
                .containsPattern("livefeed_account\\{state=\"authenticated\"[^}]*} 1")
                .containsPattern("livefeed_account\\{state=\"degraded\"[^}]*} 0");
        assertThat(jar.health().at("/dead_letters/total").asLong()).isZero();
        assertThat(jar.json("/strategy/positions").toString()).doesNotContain("\"symbol\"");

        assertBookingsAreNoExecutions(jar, exchange);
        assertThat(shown(jar)).doesNotContain(KEY, SECRET).doesNotContain("execPnl", "order_id", "wallet_balance");
    }

    private static void assertBookingsAreNoExecutions(Jar jar, int exchange) throws Exception {
        for (String row :
                List.of("funding", "settlement", "delivery", "adl", "bust", "block", "untyped", "empty-coin")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + exchange + "/control/account?row=" + row))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        jar.awaitLog("booking: booking funding funding of BTCUSDT");
        jar.awaitLog("booking: booking settlement settle of BTCUSDT");
        jar.awaitLog("booking: booking delivery delivery of BTCUSDT");
        jar.awaitLog("booking: booking adl adl_trade of BTCUSDT");
        jar.awaitLog("booking: booking bust bust_trade of BTCUSDT");
        jar.awaitLog("booking: booking block block_trade of BTCUSDT");
        jar.awaitLog("booking: booking other  of BTCUSDT");
        jar.awaitLog("a coin of the wallet is left out: coin XYZ has no walletBalance");
        jar.awaitLog("a wallet");
        assertThat(jar.log("seen: execution"))
                .allSatisfy(line -> assertThat(line).endsWith(", trade."));
        assertThat(jar.health().at("/dead_letters/total").asLong()).isZero();
        assertThat(count(jar.get("/observe/metrics").body(), "type=\"booking\""))
                .isEqualTo(7);
    }

    @Test
    void rejectedKeysAreReportedAndLeavePublicData(Jar jar) throws Exception {
        jar.with("BYBIT_API_KEY", "nobody-knows-this-key")
                .with("BYBIT_API_SECRET", "nor-this-secret")
                .start();

        JsonNode health = jar.awaitHealth(
                "degraded", h -> h.at("/connector/account/state").asText().equals("degraded"));
        assertThat(health.at("/connector/account/code").asText()).isEqualTo("10003");
        assertThat(health.at("/connector/account/reason").asText()).isEqualTo("API key is invalid.");
        assertThat(health.at("/connector/account/advice").asText()).contains("BYBIT_API_KEY");
        long trades = Jar.trades(jar.health());
        jar.awaitTrades(trades + 5);
        health = jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
        assertThat(health.at("/connector/state").asText()).isEqualTo("synthetic");
        assertThat(health.at("/connector/connector_health/exchange_disconnects").asLong())
                .isZero();
        assertThat(jar.get("/ready").statusCode()).isEqualTo(200);
        assertThat(jar.get("/observe/metrics").body()).containsPattern("livefeed_account\\{state=\"degraded\"[^}]*} 1");
        assertThat(jar.log("WARN.*connector_degraded")).hasSize(1);
        assertThat(jar.log("private_stream_keys_refused")).hasSize(1);
        new Contract(jar).check("/ws/health");
        assertThat(shown(jar)).doesNotContain("nobody-knows-this-key", "nor-this-secret");
    }

    private static double count(String metrics, String tag) {
        Matcher line = Pattern.compile("livefeed_events_total\\{[^}]*" + Pattern.quote(tag) + "[^}]*} (\\S+)")
                .matcher(metrics);
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    /** Everything that is visible outside the processes. */
    private static String shown(Jar jar) throws Exception {
        StringBuilder shown = new StringBuilder();
        for (String path : List.of(
                "/ws/health", "/ws/metrics", "/ready", "/observe/health", "/observe/metrics", "/dead-letters")) {
            shown.append(path).append(' ').append(jar.get(path).body()).append('\n');
        }
        jar.child();
        for (ProcessHandle process : jar.living()) {
            Path file = Path.of("/proc/" + process.pid() + "/cmdline");
            shown.append(
                    Files.exists(file)
                            ? Files.readString(file)
                            : process.info().commandLine().orElse(""));
        }
        return shown.append(jar.text("err")).append(jar.text("out")).toString();
    }
}
