package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No option trade is lost unreported when the connector is killed, its connection is dropped, or it waits for the end
 * of a cool-down, compared with the exchange's own trades.
 */
@Tag("drill")
@ExtendWith(JarExtension.class)
class OptionRestartIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private ExchangeServer exchange;

    @BeforeEach
    void open() throws IOException {
        exchange = ExchangeServer.start(
                ExchangeConfig.builder().port(0).seed(11).speed(10).build());
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    /** What interrupts the feed. */
    private enum Loss {
        KILL(2_000),
        DROP(2_000),
        COOLDOWN(6_000);

        /** Trades of this time are compared. */
        private final long millis;

        Loss(long millis) {
            this.millis = millis;
        }
    }

    /** Two contracts of BTC, and all contracts of the base coin ETH. */
    @ParameterizedTest
    @EnumSource
    void contractsAndABaseCoin(Loss loss, Jar jar) throws Exception {
        Jar.soon()
                .until(() -> made(contracts("BTC").get(0)) > 3
                        && made(contracts("BTC").get(1)) > 3
                        && made(contracts("ETH").get(0)) > 3);
        List<String> symbols = new ArrayList<>(contracts("BTC").subList(0, 2));
        symbols.add("ETH");
        compareWithTheExchange(jar, loss, symbols);
    }

    private void interrupt(Jar jar, Loss loss) throws Exception {
        switch (loss) {
            case KILL -> jar.child().destroyForcibly();
            case DROP -> ask("/control/fault?kind=drop", "POST");
            case COOLDOWN -> {
                ProcessHandle first = jar.child();
                first.destroyForcibly();
                jar.awaitHealth("another process", h -> {
                    long pid = h.at("/connector/connector_health/pid").asLong();
                    return pid > 0 && pid != first.pid();
                });
                jar.child().destroyForcibly();
                jar.awaitLog("connector_reconnect_cooldown");
            }
        }
    }

    private void compareWithTheExchange(Jar jar, Loss loss, List<String> symbols) throws Exception {
        if (loss == Loss.COOLDOWN) {
            jar.with("CONNECTOR_RETRIES", "1")
                    .with("CONNECTOR_BACKOFF_INITIAL", "20ms")
                    .with("CONNECTOR_COOLDOWN", "2s");
        }
        jar.with("DATA_SOURCE", "bybit_connector")
                .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                .with("BYBIT_REST_BASE_URL", exchange.restUrl())
                .with("BYBIT_CATEGORY", "option")
                .with("CONNECTOR_CHANNELS", "trades")
                .with("SYMBOL", String.join(",", symbols))
                .start();
        StreamSocket stream = StreamSocket.open(jar, "");
        for (String coin : List.of("BTC", "ETH")) {
            stream.await(
                    "a trade of " + coin,
                    m -> m.path("type").asText().equals("trade")
                            && m.path("symbol").asText().startsWith(coin));
        }
        long from = System.currentTimeMillis();
        Jar.soon().until(() -> newest(stream) > from + 2_000);
        long killed = System.currentTimeMillis();
        interrupt(jar, loss);
        for (String symbol : symbols) {
            stream.await(
                    "the gap of " + symbol + " is closed",
                    m -> m.path("status").asText().equals("repaired")
                            && m.path("symbol").asText().equals(symbol));
        }
        Jar.soon().until(() -> newest(stream) > killed + loss.millis + 2_000);

        Set<String> delivered = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (JsonNode trade : stream.messages("trade")) {
            String id = trade.path("symbol").asText() + ' ' + trade.path("id").asText();
            if (!delivered.add(id)) {
                twice.add(id);
            }
        }
        List<String> missing = new ArrayList<>();
        Set<String> during = new HashSet<>();
        List<String> compared = new ArrayList<>(contracts("ETH"));
        compared.addAll(symbols.subList(0, 2));
        for (String contract : compared) {
            for (JsonNode row : tape(contract, from)) {
                long at = row.path("time").asLong();
                String id = contract + ' ' + row.path("execId").asText();
                if (at < killed + loss.millis) {
                    String subscribed = symbols.contains(contract) ? contract : "ETH";
                    if (at > killed) {
                        during.add(subscribed);
                    }
                    if (!delivered.contains(id) && !announced(stream, subscribed, at)) {
                        missing.add(id + " of " + at);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(twice).isEmpty();
        assertThat(during).as("trades of that time").contains("ETH").hasSizeGreaterThan(1);
        jar.stop();
    }

    /**
     * On a slow machine the restart may take longer than the exchange's list reaches back; a gap covers the trade then.
     */
    private static boolean announced(StreamSocket stream, String subscribed, long at) {
        return stream.messages("status").stream()
                .filter(m -> m.path("status").asText().equals("gap")
                        && m.path("symbol").asText().equals(subscribed))
                .anyMatch(gap -> millis(gap, "from") <= at && at <= millis(gap, "to"));
    }

    private static long millis(JsonNode status, String field) {
        return Instant.parse(status.path(field).asText()).toEpochMilli();
    }

    private static long newest(StreamSocket stream) {
        return stream.messages("trade").stream()
                .mapToLong(trade -> trade.path("timestamp").asLong())
                .max()
                .orElse(0);
    }

    /** The contracts of a base coin, most traded first. */
    private List<String> contracts(String coin) throws Exception {
        List<String> contracts = new ArrayList<>(ask("/v5/market/instruments-info?category=option&baseCoin=" + coin)
                .findValuesAsText("symbol"));
        contracts.sort(Comparator.comparing((String contract) -> -made(contract)));
        return contracts;
    }

    private int made(String contract) {
        return page(contract, 0, 0).path("made").asInt();
    }

    private List<JsonNode> tape(String contract, long since) {
        List<JsonNode> rows = new ArrayList<>();
        page(contract, since, 0).path("list").forEach(rows::add);
        return rows;
    }

    private JsonNode page(String contract, long since, long from) {
        try {
            return ask("/control/trades?category=option&symbol=" + contract + "&since=" + since + "&from=" + from);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode ask(String path) throws Exception {
        return ask(path, "GET");
    }

    private JsonNode ask(String path, String method) throws Exception {
        return Jar.parse(HTTP.send(
                        HttpRequest.newBuilder(URI.create(exchange.restUrl() + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
