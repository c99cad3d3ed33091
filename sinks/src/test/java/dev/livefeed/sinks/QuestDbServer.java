package dev.livefeed.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** QuestDB in a process of its own. */
final class QuestDbServer implements SecureServer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final String USER = "feed";
    private static final String PASSWORD = "not:to@be/logged";
    private static final int PORTION = 10_000;

    private final int port = ServerProcess.freePort();
    private final boolean login;
    private final ServerProcess process;

    QuestDbServer(Path folder, boolean login) throws IOException {
        this.login = login;
        Files.createDirectories(folder.resolve("data"));
        String jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("questdb"))
                .findFirst()
                .orElseThrow();
        process = new ServerProcess(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-cp",
                        jar,
                        "io.questdb.ServerMain",
                        "-d",
                        folder.resolve("data").toString()),
                login(Map.of(
                        "QDB_HTTP_BIND_TO", "127.0.0.1:" + port,
                        "QDB_HTTP_MIN_ENABLED", "false",
                        "QDB_PG_ENABLED", "false",
                        "QDB_LINE_TCP_ENABLED", "false",
                        "QDB_TELEMETRY_ENABLED", "false",
                        "QDB_SHARED_WORKER_COUNT", "1")),
                () -> !rows("select 1").isEmpty());
    }

    private Map<String, String> login(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        if (login) {
            all.putAll(Map.of("QDB_HTTP_USER", USER, "QDB_HTTP_PASSWORD", PASSWORD));
        }
        return all;
    }

    void execute(String statement) throws IOException, InterruptedException {
        JsonNode answer = answer(statement);
        if (!answer.path("ddl").asText().equals("OK")) {
            throw new IOException(statement + ": " + answer);
        }
    }

    JsonNode rows(String query) throws IOException, InterruptedException {
        JsonNode answer = answer(query);
        if (!answer.has("dataset")) {
            throw new IOException(query + ": " + answer);
        }
        return answer.path("dataset");
    }

    private JsonNode answer(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + port + "/exec?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .timeout(Duration.ofSeconds(30))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
                .build();
        return JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public String sink() {
        return "questdb";
    }

    @Override
    public Map<String, String> settings() {
        String url = "http://127.0.0.1:" + port;
        return login
                ? Map.of("SINK_QUESTDB_URL", url, "SINK_QUESTDB_USER", USER, secret(), PASSWORD)
                : Map.of("SINK_QUESTDB_URL", url);
    }

    /** Its open version has none. */
    @Override
    public boolean hasTls() {
        return false;
    }

    @Override
    public String secret() {
        return "SINK_QUESTDB_PASSWORD";
    }

    @Override
    public String loginFailure() {
        return "QuestDB answers 40[13]: ";
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    private interface Row {

        void check(JsonNode row) throws Exception;
    }

    /** In portions by sequence: a portion by its place among the sorted rows would sort the whole table each time. */
    private void each(String columns, String table, Row row) throws Exception {
        for (JsonNode found : rows("select distinct run from " + table + " order by run")) {
            String ofRun = " from " + table + " where run = " + found.get(0).asLong();
            long last = rows("select max(sequence)" + ofRun).get(0).get(0).asLong();
            for (long from = 0; from <= last; from += PORTION) {
                String portion = " and sequence >= " + from + " and sequence < " + (from + PORTION);
                for (JsonNode one : rows("select " + columns + ofRun + portion + " order by sequence")) {
                    row.check(one);
                }
            }
        }
    }

    /** After all that was confirmed has been applied to the tables. */
    @Override
    public void read(DeliveryCheck check) throws Exception {
        Awaitility.await("applied rows")
                .atMost(Duration.ofSeconds(60))
                .until(() -> rows("select * from wal_tables() where sequencerTxn <> writerTxn")
                        .isEmpty());
        each("category, symbol, trade_id, price, size, side, exchange_time", "trades", row -> {
            long number = MadeEvent.number(row.get(2).asText());
            check.trade(
                    row.get(0).asText(),
                    row.get(1).asText(),
                    row.get(2).asText(),
                    sameScale(row.get(3).asText(), MadeEvent.price(number)),
                    sameScale(row.get(4).asText(), MadeEvent.size(number)),
                    row.get(5).asText(),
                    millis(row.get(6)));
        });
        each(
                "category, symbol, last_update_id, snapshot, bids, asks, exchange_time",
                "depth",
                row -> check.depth(
                        row.get(0).asText(),
                        row.get(1).asText(),
                        row.get(2).asLong(),
                        row.get(3).asBoolean(),
                        row.get(4).asText(),
                        row.get(5).asText(),
                        millis(row.get(6))));
        each("event", "events", row -> check.line(row.get(0).asText()));
    }

    /** The expected text if it is the same number: all decimals of a column have 18 places. */
    private static String sameScale(String decimal, String expected) {
        return new BigDecimal(decimal).compareTo(new BigDecimal(expected)) == 0 ? expected : decimal;
    }

    private static long millis(JsonNode time) {
        return Instant.parse(time.asText()).toEpochMilli();
    }

    @Override
    public void close() {
        process.close();
    }
}
