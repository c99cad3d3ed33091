package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each connector of the jar keeps all rules of the protocol. The checks run side by side, since they mostly wait. */
@ExtendWith(JarExtension.class)
class ShippedConnectorsIT {

    /** More than the longest check reads at the recorded speed. */
    private static final Duration RECORDED = Duration.ofMinutes(2);

    @Test
    void eachPassesTheCheck(Jar jar) throws Exception {
        Map<String, Jar> checks = new LinkedHashMap<>();
        try (ExchangeServer exchange = ExchangeServer.start(ExchangeConfig.builder()
                .venues(Set.of(Venue.BYBIT, Venue.BINANCE))
                .levels(100)
                .build())) {
            for (String name : List.of("stub", "replay", "bybit", "binance")) {
                Jar check = new Jar(Files.createDirectories(jar.folder().resolve(name)));
                checks.put(name, check);
                settings(check, name, exchange);
                String command = "'" + Jar.JAVA + "' " + JvmOptions.connectorSetting() + " -jar '" + Jar.FILE
                        + "' connector " + name;
                check.launch("check", "--connector", command, "--watch", "7");
            }
            for (Map.Entry<String, Jar> check : checks.entrySet()) {
                int status = check.getValue().exit(Duration.ofSeconds(150));
                String table = check.getValue().text("out");
                assertThat(status)
                        .as("%s:%n%s%s", check.getKey(), table, check.getValue().text("err"))
                        .isZero();
                assertThat(table)
                        .as(check.getKey())
                        .contains("starts          ok", "subscribe       ok")
                        .doesNotContain("failed");
            }
        } finally {
            checks.values().forEach(Jar::close);
        }
    }

    private static void settings(Jar check, String name, ExchangeServer exchange) throws IOException {
        switch (name) {
            case "replay" ->
                check.with("DATA_SOURCE", "replay")
                        .with("REPLAY_FILE", check.write("day.ndjson", recording()))
                        .with("REPLAY_SPEED", "1");
            case "bybit" ->
                check.with("DATA_SOURCE", "bybit_connector")
                        .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                        .with("BYBIT_REST_BASE_URL", exchange.restUrl());
            case "binance" ->
                check.with("DATA_SOURCE", "binance_ws")
                        .with("BINANCE_WS_BASE_URL", exchange.streamUrl())
                        .with("BINANCE_REST_BASE_URL", exchange.restUrl());
            default -> {
                // The stub needs none.
            }
        }
    }

    /** Ten trades and updates of the book a second. */
    private static String recording() {
        StringBuilder lines = new StringBuilder();
        long begun = Instant.parse("2026-11-02T10:00:00Z").toEpochMilli();
        for (int i = 1; i < RECORDED.toSeconds() * 10; i++) {
            String head = ",\"symbol\":\"BTCUSDT\",\"category\":\"linear\",\"timestamp\":" + (begun + i * 100L)
                    + ",\"received_at\":" + (begun + i * 100L) * 1_000 + ",";
            String chain = i == 1 ? "\"snapshot\":true" : "\"snapshot\":false,\"prev_update_id\":" + (i - 1);
            lines.append("{\"type\":\"depth\"")
                    .append(head)
                    .append(chain)
                    .append(",\"last_update_id\":")
                    .append(i)
                    .append(",\"bids\":[[\"99\",\"")
                    .append(i)
                    .append("\"]],\"asks\":[[\"101\",\"1\"]]}\n");
            lines.append("{\"type\":\"trade\"")
                    .append(head)
                    .append("\"price\":\"100\",\"qty\":\"1\",\"side\":\"buy\",\"id\":\"")
                    .append(i)
                    .append("\"}\n");
        }
        return lines.toString();
    }
}
